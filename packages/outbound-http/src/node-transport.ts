import { isIP, type LookupFunction } from 'node:net';
import type {
  HttpResponseHeaders,
  PinnedRequest,
  Transport,
  TransportOutcome,
} from '@gatewright/payment-core';
import { Client, type Dispatcher } from 'undici';

export interface NodeTransportSettings {
  /** Trusted certificates in PEM instead of Node's own; for a gateway behind a private authority. */
  readonly ca?: string;
}

/**
 * Sends one request over a connection of its own. A kept connection that the server has just closed would turn
 * a POST into `ambiguous`, which costs a person's time; a handshake costs milliseconds.
 * The name in the URL stays in the Host header and in the TLS handshake; only the look-up is replaced.
 */
export const createNodeTransport =
  (settings: NodeTransportSettings = {}): Transport =>
  async (request) => {
    const client = new Client(request.url.origin, {
      allowH2: false,
      pipelining: 1,
      // The exchange keeps one deadline for everything; undici's separate timers are off.
      headersTimeout: 0,
      bodyTimeout: 0,
      autoSelectFamily: true,
      autoSelectFamilyAttemptTimeout: 1_000,
      connect: {
        lookup: pinnedLookup(request.addresses),
        timeout: request.timeoutMs,
        // Explicit, so that NODE_TLS_REJECT_UNAUTHORIZED=0 cannot switch the check off.
        rejectUnauthorized: true,
        maxCachedSessions: 0,
        ...(settings.ca === undefined ? {} : { ca: settings.ca }),
      },
    });
    try {
      return await exchange(client, request);
    } finally {
      // Not awaited: the outcome is known, and destroying an unconnected client may take a while.
      client.destroy().catch(() => undefined);
    }
  };

const pinnedLookup = (addresses: PinnedRequest['addresses']): LookupFunction => {
  const [first] = addresses;
  return (_hostname, options, callback) => {
    if (options.all === true) {
      callback(
        null,
        addresses.map((address) => ({ address, family: isIP(address) })),
      );
    } else callback(null, first, isIP(first));
  };
};

const exchange = (client: Client, request: PinnedRequest): Promise<TransportOutcome> =>
  new Promise((resolve) => {
    const answer = new AnswerReader(request.maxBytes);
    const finish = (outcome: TransportOutcome): void => {
      clearTimeout(deadline);
      resolve(outcome);
    };
    const deadline = setTimeout(() => finish(answer.cutShort('timeout-after-send')), request.timeoutMs);
    client.dispatch(
      {
        method: request.method,
        path: request.url.pathname + request.url.search,
        headers: outgoingHeaders(request.headers),
        body: request.body ?? null,
        // Asks the server to close: the connection is not used again.
        reset: true,
      },
      {
        onRequestStart: () => answer.started(),
        onResponseStart: (_controller, status, headers) => {
          const complete = answer.head(status, headers);
          if (complete !== undefined) finish(complete);
        },
        onResponseData: (_controller, chunk) => {
          const tooLarge = answer.data(chunk);
          if (tooLarge !== undefined) finish(tooLarge);
        },
        onResponseEnd: () => finish(answer.end()),
        onResponseError: (_controller, error) => finish(answer.failed(error)),
      },
    );
  });

const outgoingHeaders = (headers: PinnedRequest['headers']): Record<string, string> => {
  const lower = Object.entries(headers).map(([name, value]): [string, string] => [name.toLowerCase(), value]);
  return { 'user-agent': 'gatewright', ...Object.fromEntries(lower) };
};

/** What has been seen of one answer; decides what is known when the exchange ends at this point. */
class AnswerReader {
  readonly #maxBytes: number;
  readonly #chunks: Uint8Array[] = [];
  #size = 0;
  #phase: 'connecting' | 'sending' = 'connecting';
  #status: number | undefined;
  #headers: HttpResponseHeaders = {};

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** The connection stands and undici is about to write: from here on nobody can say that nothing was sent. */
  started(): void {
    this.#phase = 'sending';
  }

  head(status: number, headers: Dispatcher.ResponseData['headers']): TransportOutcome | undefined {
    if (status < 200) return undefined;
    this.#status = status;
    this.#headers = joined(headers);
    // A redirect is refused by its status alone; its body is of no use.
    if (status >= 300 && status < 400) return this.end();
    const { 'content-length': announced = '0' } = this.#headers;
    return Number(announced) > this.#maxBytes ? this.#tooLarge(status) : undefined;
  }

  data(chunk: Uint8Array): TransportOutcome | undefined {
    this.#size += chunk.length;
    if (this.#size > this.#maxBytes && this.#status !== undefined) return this.#tooLarge(this.#status);
    this.#chunks.push(chunk);
    return undefined;
  }

  end(): TransportOutcome {
    if (this.#status === undefined) return this.cutShort('reset');
    const body = new Uint8Array(Buffer.concat(this.#chunks));
    return { outcome: 'answered', status: this.#status, headers: this.#headers, body };
  }

  failed(error: Error): TransportOutcome {
    if (this.#phase === 'connecting' && isCertificateFault(error))
      return { outcome: 'unavailable', reason: 'tls' };
    return this.cutShort('reset');
  }

  cutShort(reason: 'timeout-after-send' | 'reset'): TransportOutcome {
    if (this.#phase === 'connecting') return { outcome: 'unavailable', reason: 'not-sent' };
    return this.#status === undefined
      ? { outcome: 'ambiguous', reason }
      : { outcome: 'ambiguous', reason, status: this.#status };
  }

  #tooLarge(status: number): TransportOutcome {
    return { outcome: 'too-large', status, headers: this.#headers };
  }
}

const joined = (headers: Dispatcher.ResponseData['headers']): HttpResponseHeaders => {
  const record: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) record[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return record;
};

/** OpenSSL's verification errors and Node's own, by code; a reset during the handshake is not one. */
const isCertificateFault = (error: Error): boolean =>
  'code' in error &&
  typeof error.code === 'string' &&
  /CERT|_TLS_|_SSL_|UNABLE_TO_|ISSUER|SIGNATURE/.test(error.code);
