import type { FastifyRequest } from 'fastify';
import { rawCall } from '../http/raw-call.ts';

/** A form as a browser sent it. */
export const sentForm = (request: FastifyRequest): URLSearchParams =>
  new URLSearchParams(Buffer.from(rawCall(request).body).toString('utf8'));

/** The last of each name, for a schema. */
export const formOf = (request: FastifyRequest): Readonly<Record<string, string>> =>
  Object.fromEntries(sentForm(request));
