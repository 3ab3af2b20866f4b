import {
  findingsOf,
  type RateSettings,
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

/** The bridge's configuration, read (architecture.md, Configuration and time). */
export interface BridgeEnv extends RateSettings {
  readonly databaseUrl: string;
  readonly keys: KeyRing;
  /** Origin that shoppers, shops and gateways reach; null: the listener's own address, for a sandbox. */
  readonly publicUrl: string | null;
  /** 0 takes a free one. */
  readonly port: number;
  readonly operatorPort: number;
  /** Permits http to this machine, nothing else; listens on loopback only. */
  readonly sandbox: boolean;
  /** Proxies outside our own network, such as a CDN's: addresses and CIDR ranges whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  readonly logLevel: string;
}

export type EnvResult =
  | { readonly ok: true; readonly env: BridgeEnv }
  | { readonly ok: false; readonly findings: readonly Finding[] };

/** @param variables as in `process.env`; an empty value counts as not set. Every fault is reported, not only the first. */
export const readEnv = (variables: Variables): EnvResult => {
  const text = textsOf(variables);
  const sandbox = readSwitch('GATEWRIGHT_SANDBOX', text('GATEWRIGHT_SANDBOX'));
  const inSandbox = sandbox.ok && sandbox.value;
  const keys = readKeys(text('GATEWRIGHT_KEYS'));
  const publicUrl = readPublicUrl(text('PUBLIC_URL'), inSandbox);
  const port = readPort('PORT', text('PORT'), 3_000);
  const operatorPort = readPort('OPERATOR_PORT', text('OPERATOR_PORT'), 9_464);
  const trustedProxies = readTrustedProxies(text('TRUSTED_PROXIES'));
  const { rates, ratesUrl, ratesPointers, ratesAccount } = readRates(text, inSandbox);
  const logLevel = readLogLevel(text('LOG_LEVEL'));
  const ratesRead = rates.ok && ratesUrl.ok && ratesPointers.ok && ratesAccount.ok;
  const reachRead = publicUrl.ok && port.ok && operatorPort.ok && trustedProxies.ok;
  if (keys.ok && sandbox.ok && reachRead && ratesRead && logLevel.ok) {
    return {
      ok: true,
      env: {
        databaseUrl: text('DATABASE_URL') ?? 'sqlite:./gatewright.db',
        keys: keys.value,
        publicUrl: publicUrl.value,
        port: port.value,
        operatorPort: operatorPort.value,
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
    ...[keys, sandbox, publicUrl, port, operatorPort, trustedProxies],
    ...[rates, ratesUrl, ratesPointers, ratesAccount, logLevel],
  ];
  return { ok: false, findings: findingsOf(readings, 'The bridge does not start.') };
};

/** The environment of this process; the only place that looks at it. */
export const processEnv = (): EnvResult => readEnv(process.env);
