import type * as z from 'zod';
import { problemAnswer } from '../../api/admin/gatewright/shapes.ts';

/** Put in by the shop's admin build: where its server is, and how people are signed in there. */
declare const __BACKEND_URL__: string | undefined;
declare const __AUTH_TYPE__: string | undefined;
declare const __JWT_TOKEN_STORAGE_KEY__: string | undefined;

/** `message` is for the person in front of the screen. */
export type Answered<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly message: string };

const failed = (message: string): { ok: false; message: string } => ({ ok: false, message });

const unreachable = failed('The server of the shop cannot be reached. Try again in a moment.');
const otherVersion = failed(
  'The server answered in a form that this page does not know. Build the admin again with "medusa build", so that both are of one version.',
);

/** As Medusa's own client does it: a cookie, or a token that the sign-in page has kept. */
const credentials = (): Record<string, string> => {
  if (__AUTH_TYPE__ !== 'jwt') return {};
  const token = localStorage.getItem(__JWT_TOKEN_STORAGE_KEY__ || 'medusa_auth_token');
  return token ? { authorization: `Bearer ${token}` } : {};
};

const problemOf = (status: number, body: unknown): { ok: false; message: string } => {
  if (status === 401) return failed('You are signed out. Sign in again, then repeat this.');
  const told = problemAnswer.partial().safeParse(body).data?.message;
  return failed(told ?? `The server answered with an error (${status}). Its log says more.`);
};

const send = async (path: string, body: object | undefined): Promise<Response | undefined> => {
  const base = (__BACKEND_URL__ ?? '/').replace(/\/$/, '');
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const headers = { 'content-type': 'application/json', ...credentials() };
  try {
    return await fetch(`${base}${path}`, { ...init, headers, credentials: 'include' });
  } catch {
    return undefined;
  }
};

/** Asks the plugin's admin API. @param body makes it a POST */
export const askBackend = async <T>(
  shape: z.ZodType<T>,
  path: string,
  body?: object,
): Promise<Answered<T>> => {
  const response = await send(path, body);
  if (!response) return unreachable;
  const read: unknown = await response.json().catch(() => undefined);
  if (!response.ok) return problemOf(response.status, read);
  const parsed = shape.safeParse(read);
  return parsed.success ? { ok: true, value: parsed.data } : otherVersion;
};
