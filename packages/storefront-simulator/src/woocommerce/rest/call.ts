import type { IncomingHttpHeaders } from 'node:http';
import type { ApiKey } from './api-key.ts';

/** One HTTP request, read to its end. */
export interface HttpCall {
  readonly method: string;
  /** Path and query exactly as sent. */
  readonly target: string;
  /** The path part of the target, still escaped. */
  readonly path: string;
  /** The query part of the target without `?`. */
  readonly search: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A request on its way through the REST API: who sent it, and the numbers and words of its path. */
export interface RestCall extends HttpCall {
  readonly key: ApiKey | undefined;
  readonly ids: Readonly<Record<string, string>>;
}

/** Reads a target; `undefined` for one that is no absolute path. */
export const splitTarget = (target: string): { path: string; search: string } | undefined => {
  if (!target.startsWith('/')) return undefined;
  const mark = target.indexOf('?');
  return mark < 0
    ? { path: target, search: '' }
    : { path: target.slice(0, mark), search: target.slice(mark + 1) };
};

export const header = (call: HttpCall, name: string): string => {
  const value = call.headers[name];
  return typeof value === 'string' ? value : '';
};

export const isForm = (call: HttpCall): boolean =>
  header(call, 'content-type').toLowerCase().startsWith('application/x-www-form-urlencoded');

export const isJson = (call: HttpCall): boolean =>
  /^application\/(?:json|.+\+json)\b/i.test(header(call, 'content-type'));
