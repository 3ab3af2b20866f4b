import { type IncomingMessage, request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import type { KeyAndCertificate } from '../tls/certificate-authority.ts';

export interface OutgoingRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** PEM of whom to trust; the machine's own list is not used. */
  readonly ca: string;
  readonly credentials?: KeyAndCertificate | undefined;
  /** Goes to this loopback port instead of the host, which still names the server. */
  readonly loopbackPort?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

export type Sent =
  | {
      readonly ok: true;
      readonly status: number;
      /** Name and value by turns. */
      readonly rawHeaders: readonly string[];
      readonly body: Buffer;
    }
  | {
      readonly ok: false;
      readonly reason: 'no-connection' | 'timeout';
      readonly code: string;
      readonly cause: unknown;
    };

const readAll = async (response: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = [];
  // Without an encoding a response only yields buffers.
  for await (const part of response) parts.push(part as Buffer);
  return Buffer.concat(parts);
};

const connectionOf = ({ url, ca, credentials, loopbackPort }: OutgoingRequest) => ({
  // A connection of its own for each request: a kept one would hide a new certificate.
  agent: false as const,
  host: loopbackPort === undefined ? url.hostname.replace(/^\[|\]$/g, '') : '127.0.0.1',
  port: loopbackPort ?? (url.port || (url.protocol === 'https:' ? 443 : 80)),
  ...(loopbackPort === undefined ? {} : { servername: url.hostname }),
  ca,
  ...(credentials === undefined ? {} : { key: credentials.key, cert: credentials.certificate }),
});

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown';

/** One request over a connection of its own, to a loopback server; http or https. It follows no redirect. */
export const sendRequest = async (outgoing: OutgoingRequest): Promise<Sent> => {
  const { url, method, headers, body, signal } = outgoing;
  const start = url.protocol === 'https:' ? overHttps : overHttp;
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const request = start({
        ...connectionOf(outgoing),
        method,
        path: `${url.pathname}${url.search}`,
        headers: { host: url.host, ...headers, 'content-length': Buffer.byteLength(body ?? '') },
        ...(signal === undefined ? {} : { signal }),
      });
      request.once('response', resolve);
      request.once('error', reject);
      request.end(body);
    });
    return {
      ok: true,
      status: response.statusCode ?? 0,
      rawHeaders: response.rawHeaders,
      body: await readAll(response),
    };
  } catch (cause) {
    const reason = signal?.aborted === true ? 'timeout' : 'no-connection';
    return { ok: false, reason, code: codeOf(cause), cause };
  }
};

export const headersOf = (rawHeaders: readonly string[]): Headers => {
  const headers = new Headers();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2)
    headers.append(rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '');
  return headers;
};
