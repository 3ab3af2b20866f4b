/**
 * Medusa's store API, as a storefront reaches it. This folder runs in browsers and on servers, depends on nothing, and
 * knows no secret: a publishable key is public.
 */
export interface StoreApi {
  /** `https://medusa.example` */
  readonly backendUrl: string;
  readonly publishableKey: string;
  /** For signed-in customers: `{ authorization: 'Bearer …' }`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The platform's own where it is left out. */
  readonly fetch?: typeof fetch;
}

export type Answered<T> =
  | { readonly ok: true; readonly value: T }
  /** `unreachable` can be tried again. `message` is Medusa's, for the log; it is no text for shoppers. */
  | { readonly ok: false; readonly reason: 'unreachable' | 'unknown' | 'refused'; readonly message: string };

export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const textOf = (fields: Fields, name: string): string | undefined => {
  const value = fields[name];
  return typeof value === 'string' ? value : undefined;
};

const messageOf = (body: unknown, status: number): string =>
  (isFields(body) ? textOf(body, 'message') : undefined) ?? `Medusa answered ${status}.`;

/** One call. @param read undefined for an answer that is not what was asked for */
export const callStore = async <T>(
  { backendUrl, publishableKey, headers, fetch: ask = fetch }: StoreApi,
  path: string,
  read: (body: Fields) => T | undefined,
  { body, signal }: { readonly body?: object | undefined; readonly signal?: AbortSignal | undefined } = {},
): Promise<Answered<T>> => {
  try {
    const response = await ask(`${backendUrl.replace(/\/$/, '')}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'x-publishable-api-key': publishableKey },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
    const { ok, status } = response;
    const answer: unknown = await response.json().catch(() => undefined);
    const message = messageOf(answer, status);
    if (status >= 500 || status === 429) return { ok: false, reason: 'unreachable', message };
    if (!ok) return { ok: false, reason: status === 404 ? 'unknown' : 'refused', message };
    const value = isFields(answer) ? read(answer) : undefined;
    return value === undefined
      ? { ok: false, reason: 'refused', message: `The answer of ${path} cannot be read.` }
      : { ok: true, value };
  } catch (error) {
    return {
      ok: false,
      reason: 'unreachable',
      message: error instanceof Error ? error.message : 'no answer',
    };
  }
};
