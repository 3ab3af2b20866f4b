import {
  fault,
  findingsOf,
  type RateSettings,
  type Reading,
  type ReadText,
  readKeys,
  readLogLevel,
  readPort,
  readPublicUrl,
  readRates,
  readSwitch,
  readTrustedProxies,
  textsOf,
  type Variables,
} from '@gatewright/operations';
import type { Finding } from '@gatewright/payment-core';
import type { KeyRing } from '@gatewright/payment-ledger';
import type { CertificatePaths } from './server/certificates.ts';

/** How Shopify's client certificate is checked: by ourselves, or by a TLS proxy that shows a secret. */
export type SessionGate =
  | { readonly kind: 'mtls'; readonly paths: CertificatePaths }
  | { readonly kind: 'proxy'; readonly secret: string };

/** The app's configuration, read (architecture.md, Configuration and time). */
export interface AppEnv extends RateSettings {
  readonly databaseUrl: string;
  readonly keys: KeyRing;
  /** Origin that buyers, merchants and gateways reach; null: the listener's own address, for a sandbox. */
  readonly publicUrl: string | null;
  /** 0 takes a free one. */
  readonly port: number;
  /** The session endpoints' own listener. */
  readonly sessionPort: number;
  /** Metrics and the review queue, on this machine only. */
  readonly operatorPort: number;
  readonly sessionGate: SessionGate;
  /** Client id and secret of the app in Shopify's dashboard. */
  readonly shopifyApiKey: string;
  readonly shopifyApiSecret: string;
  /** Permits http to this machine, nothing else; listens on loopback only. */
  readonly sandbox: boolean;
  readonly trustedProxies: readonly string[];
  readonly logLevel: string;
}

export type EnvResult =
  | { readonly ok: true; readonly env: AppEnv }
  | { readonly ok: false; readonly findings: readonly Finding[] };

const required = (name: string, text: string | undefined, code: string, remedy: string): Reading<string> =>
  text === undefined ? fault(code, `${name} is not set.`, remedy) : { ok: true, value: text };

const dashboard = "of the app's page in Shopify's dashboard";

const pathsRemedy =
  "Set SHOPIFY_CA to a PEM file, or a folder of them, with Shopify's root certificates, and SESSION_TLS_CERT and SESSION_TLS_KEY to this listener's own certificate and key.";

const shortestSecret = 32;

const readProxyGate = (secret: string | undefined): Reading<SessionGate> =>
  secret !== undefined && secret.length >= shortestSecret
    ? { ok: true, value: { kind: 'proxy', secret } }
    : fault(
        'session-proxy-secret',
        `SESSION_PROXY_SECRET has fewer than ${shortestSecret} characters, or is not set.`,
        'Set SESSION_PROXY_SECRET to a long random text and let the proxy send it in X-Gatewright-Proxy-Secret, or leave SESSION_BEHIND_PROXY out.',
      );

const readGate = (text: ReadText): Reading<SessionGate> => {
  const behindProxy = readSwitch('SESSION_BEHIND_PROXY', text('SESSION_BEHIND_PROXY'));
  if (!behindProxy.ok) return behindProxy;
  if (behindProxy.value) return readProxyGate(text('SESSION_PROXY_SECRET'));
  const [ca, cert, key] = [text('SHOPIFY_CA'), text('SESSION_TLS_CERT'), text('SESSION_TLS_KEY')];
  if (ca === undefined || cert === undefined || key === undefined)
    return fault(
      'session-certificates-missing',
      'The paths of the certificates are not all set.',
      pathsRemedy,
    );
  const leafAlone = readSwitch('SESSION_ACCEPT_LEAF_ALONE', text('SESSION_ACCEPT_LEAF_ALONE'));
  if (!leafAlone.ok) return leafAlone;
  return { ok: true, value: { kind: 'mtls', paths: { ca, cert, key, leafAlone: leafAlone.value } } };
};

/** @param variables as in `process.env`; an empty value counts as not set. Every fault is reported, not only the first. */
export const readEnv = (variables: Variables): EnvResult => {
  const text = textsOf(variables);
  const sandbox = readSwitch('GATEWRIGHT_SANDBOX', text('GATEWRIGHT_SANDBOX'));
  const inSandbox = sandbox.ok && sandbox.value;
  const keys = readKeys(text('GATEWRIGHT_KEYS'));
  const publicUrl = readPublicUrl(text('PUBLIC_URL'), inSandbox);
  const port = readPort('PORT', text('PORT'), 3_000);
  const sessionPort = readPort('SESSION_PORT', text('SESSION_PORT'), 3_443);
  const operatorPort = readPort('OPERATOR_PORT', text('OPERATOR_PORT'), 9_465);
  const gate = readGate(text);
  const apiKey = required(
    'SHOPIFY_API_KEY',
    text('SHOPIFY_API_KEY'),
    'api-key-missing',
    `Set SHOPIFY_API_KEY to the client id ${dashboard}.`,
  );
  const apiSecret = required(
    'SHOPIFY_API_SECRET',
    text('SHOPIFY_API_SECRET'),
    'api-secret-missing',
    `Set SHOPIFY_API_SECRET to the client secret ${dashboard}.`,
  );
  const trustedProxies = readTrustedProxies(text('TRUSTED_PROXIES'));
  const { rates, ratesUrl, ratesPointers, ratesAccount } = readRates(text, inSandbox);
  const logLevel = readLogLevel(text('LOG_LEVEL'));
  const ratesRead = rates.ok && ratesUrl.ok && ratesPointers.ok && ratesAccount.ok;
  const portsRead = port.ok && sessionPort.ok && operatorPort.ok;
  const reachRead = publicUrl.ok && portsRead && gate.ok && trustedProxies.ok;
  if (keys.ok && sandbox.ok && reachRead && apiKey.ok && apiSecret.ok && ratesRead && logLevel.ok) {
    return {
      ok: true,
      env: {
        databaseUrl: text('DATABASE_URL') ?? 'sqlite:./gatewright.db',
        keys: keys.value,
        publicUrl: publicUrl.value,
        port: port.value,
        sessionPort: sessionPort.value,
        operatorPort: operatorPort.value,
        sessionGate: gate.value,
        shopifyApiKey: apiKey.value,
        shopifyApiSecret: apiSecret.value,
        sandbox: sandbox.value,
        trustedProxies: trustedProxies.value,
        rates: rates.value ?? [],
        ratesUrl: ratesUrl.value,
        ratesPointers: ratesPointers.value,
        ratesAccount: ratesAccount.value,
        logLevel: logLevel.value,
      },
    };
  }
  const readings = [
    ...[keys, sandbox, publicUrl, port, sessionPort, operatorPort, gate, apiKey, apiSecret],
    ...[trustedProxies, rates, ratesUrl, ratesPointers, ratesAccount, logLevel],
  ];
  return { ok: false, findings: findingsOf(readings, 'The app does not start.') };
};

/** The environment of this process; the only place that looks at it. */
export const processEnv = (): EnvResult => readEnv(process.env);
