import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import type { StoreSettings } from '../store/settings.ts';

export type PostResult =
  | { readonly ok: true; readonly status: number }
  | { readonly ok: false; readonly reason: 'url-not-allowed' | 'unreachable' };

const PORTS = new Set(['', '80', '443', '8080']);
const PRIVATE_V4 = /^(?:0\.|10\.|127\.|169\.254\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)/;

/** What wp_safe_remote_request lets through: public hosts on three ports (woocommerce.md 4.2). */
const isPublicTarget = (url: URL): boolean => {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (host === 'localhost' || isIP(host) === 6 || PRIVATE_V4.test(host)) return false;
  return PORTS.has(url.port);
};

/** WordPress waits a minute for an answer (woocommerce.md 4.2). */
const TIMEOUT_MS = 60_000;

/** Posts as WordPress does: the given headers in the given case and order, one connection, no redirect followed. */
export const httpPost = (
  target: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  settings: StoreSettings,
): Promise<PostResult> =>
  new Promise((resolve) => {
    const url = URL.parse(target);
    if (url === null || (settings.deliveryTargets === 'public-only' && !isPublicTarget(url))) {
      resolve({ ok: false, reason: 'url-not-allowed' });
      return;
    }
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const unreachable = (): void => resolve({ ok: false, reason: 'unreachable' });
    const request = send(
      url,
      { method: 'POST', agent: false, headers, signal: AbortSignal.timeout(TIMEOUT_MS) },
      (response) => {
        response.resume();
        response.on('end', () => resolve({ ok: true, status: response.statusCode ?? 0 }));
        response.on('error', unreachable);
      },
    );
    request.on('error', unreachable);
    request.end(body);
  });
