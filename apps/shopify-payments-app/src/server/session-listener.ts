import { createServer, type Server } from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { Logger } from 'pino';
import type { AppMetrics } from '../operator/app-metrics.ts';
import {
  type CertificatePaths,
  type Certificates,
  type CertificatesResult,
  readCertificates,
} from './certificates.ts';
import { type ListenerSettings, type WebHandler, webListener } from './web-listener.ts';

const secureContext = ({ ca, cert, key }: Certificates) => ({ ca: [...ca], cert, key });

/** Not the leaf: Shopify changes it. Issuer and end tell an operator in time that a new authority is coming. */
const logPeer =
  (log: Logger) =>
  (socket: TLSSocket): void => {
    const peer = socket.getPeerX509Certificate();
    if (peer !== undefined) log.debug({ issuer: peer.issuer, notAfter: peer.validTo }, 'client certificate');
  };

/** Said when it is new: an operator who counts on them should know. */
const logIgnored = (log: Logger, ignored: number): void => {
  if (ignored > 0)
    log.warn(
      { ignored },
      'intermediates at SHOPIFY_CA are not believed: Shopify sends its own with its certificate; SESSION_ACCEPT_LEAF_ALONE=1 believes them',
    );
};

/** The mTLS listener of the session endpoints: no certificate of a known authority, no connection (contract 2.8). */
export interface SessionListener {
  readonly server: Server;
  /** Reads the certificates again; new connections use them at once. What cannot be used changes nothing. */
  reload(): Promise<CertificatesResult>;
}

export const createSessionListener = (
  settings: ListenerSettings,
  paths: CertificatePaths,
  certificates: Certificates,
  handler: WebHandler,
  metrics: Pick<AppMetrics, 'sessionClientRefused'>,
): SessionListener => {
  const { log } = settings;
  let { ignored } = certificates;
  logIgnored(log, ignored);
  const server = createServer(
    {
      ...secureContext(certificates),
      requestCert: true,
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
      requestTimeout: 30_000,
    },
    webListener(settings, handler),
  );
  server.on('secureConnection', logPeer(log));
  // A stranger without a certificate is no error of ours.
  server.on('tlsClientError', (error) => {
    metrics.sessionClientRefused('code' in error ? String(error.code) : '');
    log.info({ reason: error.message }, 'client refused');
  });
  return {
    server,
    reload: async () => {
      const read = await readCertificates(paths);
      if (read.ok) {
        server.setSecureContext(secureContext(read.certificates));
        if (read.certificates.ignored !== ignored) logIgnored(log, read.certificates.ignored);
        ignored = read.certificates.ignored;
        // A kept connection was let in by the old list.
        server.closeIdleConnections();
      } else log.error({ reason: read.reason }, read.message);
      return read;
    },
  };
};
