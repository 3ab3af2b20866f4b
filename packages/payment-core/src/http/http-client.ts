/** The outgoing call as the core sees it. The socket is in `@gatewright/outbound-http`. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Absolute; https, except to a sandbox. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For one attempt, from connecting to the last byte; the client's own limit where absent. */
  readonly timeoutMs?: number;
  /** `safe`: may be sent again (a read, or a create under an idempotency key). `never`: sent at most once. */
  readonly retry: 'safe' | 'never';
}

/** Names in lower case; repeated lines joined with ", ". No prototype. */
export type HttpResponseHeaders = Readonly<Record<string, string>>;

/**
 * What is known after a call (invariant 11):
 * - `ok`: the server answered 2xx.
 * - `refused`: it answered 4xx or a redirect, so the request had no effect. Redirects are not followed.
 * - `ambiguous`: it may have had an effect.
 * - `unavailable`: it certainly had none. `retryAfterMs` where the server or our own limit says when.
 * No outcome carries the URL, request headers or an error text; the bodies are the gateway's own and stay inside
 * the adapter (invariant 12).
 */
export type HttpOutcome =
  | {
      readonly outcome: 'ok' | 'refused';
      readonly status: number;
      readonly headers: HttpResponseHeaders;
      readonly body: Uint8Array;
    }
  | {
      readonly outcome: 'ambiguous';
      readonly reason: AmbiguousReason;
      readonly status?: number;
      /** The `code` of a server error in JSON, one word; nothing else of its body is kept, it may repeat a credential. */
      readonly code?: string;
    }
  | { readonly outcome: 'unavailable'; readonly reason: UnavailableReason; readonly retryAfterMs?: number };

export type AmbiguousReason =
  /** No complete answer in time, and the request had begun to leave. */
  | 'timeout-after-send'
  /** The connection broke after the request had begun to leave, or the answer was no HTTP. */
  | 'reset'
  /** 5xx, with the status. */
  | 'server-error'
  /** A 2xx answer larger than the limit. */
  | 'too-large';

export type UnavailableReason =
  /** Connecting took too long or failed. */
  | 'not-sent'
  /** The TLS certificate does not prove the host. */
  | 'tls'
  /** The name has no address, or the look-up failed. */
  | 'dns'
  /** The URL is malformed, not https, or carries credentials. */
  | 'blocked-url'
  /** The host's address, or one of them, is not public. */
  | 'blocked-address'
  /** 429, or our own limit for the account. */
  | 'rate-limited';

export type HttpClient = (request: HttpRequest) => Promise<HttpOutcome>;
