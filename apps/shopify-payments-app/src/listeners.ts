import { createServer, type Server } from 'node:http';
import { CannotStart } from '@gatewright/operations';
import type { App } from './app.ts';
import type { Assembly } from './assemble.ts';
import { readCertificates } from './server/certificates.ts';
import { behindProxy } from './server/proxied-sessions.ts';
import { createSessionListener } from './server/session-listener.ts';
import { type ListenerSettings, type WebHandler, webListener } from './server/web-listener.ts';

const requestTimeout = 30_000;

const settingsOf = ({ settings, life, metrics }: Assembly, origin: () => URL): ListenerSettings => ({
  log: settings.log,
  origin,
  trustedProxies: ['loopback', 'linklocal', 'uniquelocal', ...settings.env.trustedProxies],
  isClosing: () => life.closing,
  observe: metrics.http,
});

/** Nobody but this machine reaches the operator's listener. */
export const operatorHost = '127.0.0.1';

/** Sandboxes listen on this machine only. */
export const hostOf = ({ settings }: Assembly): string => (settings.env.sandbox ? '127.0.0.1' : '0.0.0.0');

export interface SessionServer {
  readonly server: Server;
  readonly reload: App['reloadCertificates'];
}

/** The name stands in no answer: Shopify is told the public address. */
const sessionOrigin = new URL('https://sessions.invalid');

/**
 * The session endpoints: Shopify's client certificate is checked here, or by a proxy in front.
 * @throws CannotStart when the certificates cannot be used
 */
export const sessionServer = async (assembly: Assembly, handler: WebHandler): Promise<SessionServer> => {
  const { sessionGate: gate } = assembly.settings.env;
  const settings = settingsOf(assembly, () => sessionOrigin);
  if (gate.kind === 'proxy') {
    const listener = webListener(settings, behindProxy(gate.secret, handler));
    return { server: createServer({ requestTimeout }, listener), reload: async () => undefined };
  }
  const read = await readCertificates(gate.paths);
  if (!read.ok) throw new CannotStart(read.reason, read.message);
  return createSessionListener(settings, gate.paths, read.certificates, handler, assembly.metrics);
};

/** What buyers, gateways and merchants reach; a TLS proxy stands in front of it. */
export const publicServer = (assembly: Assembly, handler: WebHandler): Server => {
  const settings = settingsOf(assembly, () => new URL(assembly.life.publicUrl));
  return createServer({ requestTimeout }, webListener(settings, handler));
};

/** The operator's: numbers and the review queue. */
export const operatorServer = (assembly: Assembly, handler: WebHandler): Server => {
  const settings = settingsOf(assembly, () => new URL(`http://${operatorHost}`));
  return createServer({ requestTimeout }, webListener(settings, handler));
};
