import type {
  AmbiguousReason,
  HttpRequest,
  HttpResponseHeaders,
  UnavailableReason,
} from '../http/http-client.ts';
import { classifyAddress, literalAddress } from './address.ts';

/** All addresses of a host name, IPv4 and IPv6 as text. May throw or answer with none; has its own time limit. */
export type Resolver = (host: string) => Promise<readonly string[]>;

/** A request whose address has been decided: the transport connects to one of `addresses` and looks nothing up. */
export interface PinnedRequest {
  readonly method: HttpRequest['method'];
  /** Names the host for the Host header and for TLS. */
  readonly url: URL;
  readonly addresses: readonly [string, ...string[]];
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** From connecting to the last byte. */
  readonly timeoutMs: number;
  /** Body bytes after which the transport stops reading. */
  readonly maxBytes: number;
}

/** One HTTP answer of any status. Redirects are answers. */
export interface HttpAnswer {
  readonly outcome: 'answered';
  readonly status: number;
  readonly headers: HttpResponseHeaders;
  readonly body: Uint8Array;
}

export type TransportOutcome =
  | HttpAnswer
  /** The answer's body passed `maxBytes` and was dropped. */
  | { readonly outcome: 'too-large'; readonly status: number; readonly headers: HttpResponseHeaders }
  /** `status` where the answer had begun. */
  | {
      readonly outcome: 'ambiguous';
      readonly reason: Extract<AmbiguousReason, 'timeout-after-send' | 'reset'>;
      readonly status?: number;
    }
  | { readonly outcome: 'unavailable'; readonly reason: Extract<UnavailableReason, 'not-sent' | 'tls'> };

/** The socket: sends once, follows nothing, never throws for anything the other side does. */
export type Transport = (request: PinnedRequest) => Promise<TransportOutcome>;

export type EgressOutcome =
  | TransportOutcome
  | {
      readonly outcome: 'unavailable';
      readonly reason: Extract<UnavailableReason, 'dns' | 'blocked-url' | 'blocked-address'>;
    };

export interface EgressSettings {
  readonly resolve: Resolver;
  readonly connect: Transport;
  /** The operator's switch: loopback may be called, over http too. Nothing else that is private opens up. */
  readonly sandbox?: boolean;
  readonly maxBytes: number;
  readonly timeoutMs: number;
}

export type EgressRequest = Pick<HttpRequest, 'method' | 'url' | 'headers' | 'body' | 'timeoutMs'>;
export type Egress = (request: EgressRequest) => Promise<EgressOutcome>;

/**
 * The one way out (invariant 12). https only; no credentials in the URL; the host is resolved once, refused when
 * any of its addresses is not public, and the connection is pinned to what was checked, so that a name which
 * changes its answer afterwards changes nothing.
 */
export const createEgress =
  (settings: EgressSettings): Egress =>
  async (request) => {
    const url = allowedUrl(request.url, settings.sandbox === true);
    if (url === undefined) return { outcome: 'unavailable', reason: 'blocked-url' };
    const addresses = await addressesOf(url, settings.resolve);
    if (addresses === undefined) return { outcome: 'unavailable', reason: 'dns' };
    if (!mayConnect(url, addresses, settings.sandbox === true)) {
      return { outcome: 'unavailable', reason: 'blocked-address' };
    }
    return settings.connect({
      method: request.method,
      url,
      addresses,
      headers: request.headers,
      ...(request.body === undefined ? {} : { body: request.body }),
      timeoutMs: Math.min(request.timeoutMs ?? settings.timeoutMs, settings.timeoutMs),
      maxBytes: settings.maxBytes,
    });
  };

const allowedUrl = (text: string, sandbox: boolean): URL | undefined => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.username !== '' || url.password !== '') return undefined;
  return url.protocol === 'https:' || (sandbox && url.protocol === 'http:') ? url : undefined;
};

const addressesOf = async (url: URL, resolve: Resolver): Promise<PinnedRequest['addresses'] | undefined> => {
  const literal = literalAddress(url.hostname);
  if (literal !== undefined) return [literal];
  try {
    const [first, ...others] = await resolve(url.hostname);
    return first === undefined ? undefined : [first, ...others];
  } catch {
    return undefined;
  }
};

const mayConnect = (url: URL, addresses: readonly string[], sandbox: boolean): boolean => {
  const classes = new Set(addresses.map(classifyAddress));
  // A name with addresses of both kinds is a name under attack.
  if (classes.size !== 1) return false;
  return classes.has('public') ? url.protocol === 'https:' : sandbox && classes.has('loopback');
};
