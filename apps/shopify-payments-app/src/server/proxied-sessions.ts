import { timingSafeEqual } from 'node:crypto';
import type { WebHandler } from './web-listener.ts';

/** What a TLS proxy says of the client's certificate: nginx writes `$ssl_client_verify` into it. */
const verifiedHeader = 'x-gatewright-client-verify';
/** Shows that the call came through that proxy and not past it. */
const proxySecretHeader = 'x-gatewright-proxy-secret';

const isSecret = (sent: string | null, secret: string): boolean => {
  const [ours, theirs] = [Buffer.from(secret), Buffer.from(sent ?? '')];
  return theirs.length === ours.length && timingSafeEqual(theirs, ours);
};

/**
 * Sessions behind a proxy that checks the client certificate (contract 2.8): only with the proxy's own secret, and never
 * unless the operator switched it on.
 */
export const behindProxy =
  (secret: string, handler: WebHandler): WebHandler =>
  (request, caller) => {
    if (!isSecret(request.headers.get(proxySecretHeader), secret))
      return Response.json({ reason: 'not-from-the-proxy' }, { status: 401 });
    if (request.headers.get(verifiedHeader) !== 'SUCCESS')
      return Response.json({ reason: 'client-certificate-missing' }, { status: 401 });
    return handler(request, caller);
  };
