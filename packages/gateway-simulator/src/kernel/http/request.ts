import type { IncomingHttpHeaders } from 'node:http';
import { type ExactJson, isJsonNumber, parseExactJson } from '@gatewright/payment-core';

export interface SimulatorRequest {
  readonly method: string;
  readonly path: string;
  /** The `:name` parts of the route's path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Uint8Array;
}

export type JsonFields = Readonly<Record<string, ExactJson>>;

/** For a value that came out of `parseExactJson`. */
export const isJsonObject = (value: unknown): value is JsonFields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isJsonNumber(value);

/** One header line as text; undefined when it is missing. */
export const headerOf = (request: SimulatorRequest, name: string): string | undefined => {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
};

/** The media type without its parameters, lower case; empty when there is none. */
export const mediaTypeOf = (request: SimulatorRequest): string =>
  (headerOf(request, 'content-type') ?? '').split(';', 1).join('').trim().toLowerCase();

/** The body as a JSON object; an empty body is an empty object. Undefined for anything else. */
export const jsonBody = (request: SimulatorRequest): JsonFields | undefined => {
  if (request.body.length === 0) return {};
  const parsed = parseExactJson(request.body);
  return parsed.ok && isJsonObject(parsed.value) ? parsed.value : undefined;
};

const formFields = async (request: SimulatorRequest): Promise<JsonFields | undefined> => {
  const contentType = headerOf(request, 'content-type') ?? '';
  try {
    const form = await new Response(new Uint8Array(request.body), {
      headers: { 'content-type': contentType },
    }).formData();
    return Object.fromEntries(
      [...form].flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
    );
  } catch {
    return undefined;
  }
};

/**
 * Parameters of a body in any of the three usual forms: JSON object, x-www-form-urlencoded, multipart.
 * Undefined for a body that is none of them.
 */
export const bodyFields = async (request: SimulatorRequest): Promise<JsonFields | undefined> => {
  if (request.body.length === 0) return {};
  switch (mediaTypeOf(request)) {
    case 'application/x-www-form-urlencoded':
      return Object.fromEntries(new URLSearchParams(Buffer.from(request.body).toString('utf8')));
    case 'multipart/form-data':
      return await formFields(request);
    default:
      return jsonBody(request);
  }
};
