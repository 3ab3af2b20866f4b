import dns from 'node:dns/promises';
import { createRequire, syncBuiltinESMExports } from 'node:module';

/**
 * For a process of its own, before its main module: every `*.myshopify.com` is on this machine at SIMULATED_SHOPIFY_PORT.
 * Nothing in the app knows of it; certificates are checked as ever, against NODE_EXTRA_CA_CERTS.
 */
const isShop = (host: unknown): boolean => typeof host === 'string' && host.endsWith('.myshopify.com');

/** Any public address: the app refuses https to a private one. The connection below goes elsewhere. */
const publicAddress = '8.8.8.8';

const { lookup } = dns;
// A replacement of an overloaded function; only the form that the app uses reaches the first branch.
dns.lookup = (async (host: string, options: object) =>
  isShop(host) ? [{ address: publicAddress, family: 4 }] : lookup(host, options)) as typeof lookup;

/** The CommonJS module object, whose property undici reads at each connection. */
const tls: { connect: (options: Record<string, unknown>, ...rest: unknown[]) => unknown } = createRequire(
  import.meta.url,
)('node:tls');
const { connect } = tls;
tls.connect = (options, ...rest) => {
  if (!isShop(options.servername) && !isShop(options.host)) return connect(options, ...rest);
  const { lookup: _pinned, host: _name, ...others } = options;
  const port = Number(process.env.SIMULATED_SHOPIFY_PORT);
  return connect({ ...others, host: '127.0.0.1', port }, ...rest);
};
syncBuiltinESMExports();
