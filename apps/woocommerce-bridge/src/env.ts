import {
  type AccountId,
  accountIdSchema,
  type Finding,
  type FixedTable,
  fixedTableSchema,
  type RatePointers,
  ratePointersSchema,
} from '@gatewright/payment-core';
import { type KeyRing, parseKeyRing } from '@gatewright/payment-ledger';
import * as z from 'zod';
import { trustedProxiesSchema } from './http/trusted-proxies.ts';

/** The bridge's configuration, read (architecture.md, Configuration and time). */
export interface BridgeEnv {
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
  readonly rates: FixedTable;
  /** An endpoint for rates that are not in the table. It may hold a key, so it is shown nowhere. */
  readonly ratesUrl: string | null;
  /** Where the endpoint's rates stand in its answer; null: it answers in rows of our own shape. */
  readonly ratesPointers: RatePointers | null;
  /** A Crypto Pay account whose rates are asked last. */
  readonly ratesAccount: AccountId | null;
  readonly logLevel: string;
}

export type EnvResult =
  | { readonly ok: true; readonly env: BridgeEnv }
  | { readonly ok: false; readonly findings: readonly Finding[] };

type Variables = Readonly<Record<string, string | undefined>>;

type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly finding: Finding };

const notStarted = 'The bridge does not start.';

const finding = (code: string, cause: string, remedy: string): Finding => ({
  code,
  severity: 'error',
  cause,
  effect: notStarted,
  remedy,
});

const fault = (code: string, cause: string, remedy: string): { ok: false; finding: Finding } => ({
  ok: false,
  finding: finding(code, cause, remedy),
});

const readKeys = (text: string | undefined): Read<KeyRing> => {
  const parsed = parseKeyRing(text);
  if (parsed.ok) return { ok: true, value: parsed.ring };
  const remedy =
    'Make a key with `gatewright keys new` (or `echo "k1:$(openssl rand -base64 32)"`), set GATEWRIGHT_KEYS to it and keep a copy: without it the ledger\'s secrets cannot be opened.';
  return fault(`keys-${parsed.reason}`, `GATEWRIGHT_KEYS: ${parsed.message}`, remedy);
};

const portSchema = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .pipe(z.number().max(65_535));

const readPort = (name: string, text: string | undefined, byDefault: number): Read<number> => {
  const port = portSchema.safeParse(text ?? String(byDefault));
  return port.success
    ? { ok: true, value: port.data }
    : fault(
        'port-malformed',
        `${name} is no port.`,
        `Set ${name} to a number from 0 to 65535, or leave it out.`,
      );
};

const switchSchema = z.enum(['', '0', '1', 'false', 'true']);

const readSwitch = (name: string, text: string | undefined): Read<boolean> => {
  const value = switchSchema.safeParse(text ?? '');
  return value.success
    ? { ok: true, value: value.data === '1' || value.data === 'true' }
    : fault('switch-malformed', `${name} is neither on nor off.`, `Set ${name} to 1 or leave it out.`);
};

const readPublicUrl = (text: string | undefined, sandbox: boolean): Read<string | null> => {
  if (text === undefined && sandbox) return { ok: true, value: null };
  const example = 'Set PUBLIC_URL to the address the bridge is reached at, such as https://pay.example.com.';
  if (text === undefined) return fault('public-url-missing', 'PUBLIC_URL is not set.', example);
  const url = URL.parse(text);
  const isOrigin =
    url !== null && url.username === '' && url.pathname === '/' && url.search === '' && url.hash === '';
  if (!isOrigin)
    return fault(
      'public-url-malformed',
      'PUBLIC_URL is not an address without a path.',
      `${example} The bridge needs a host name of its own, because signatures cover paths as they are sent.`,
    );
  if (url.protocol !== 'https:' && !(sandbox && url.protocol === 'http:'))
    return fault('public-url-not-https', 'PUBLIC_URL is not https.', `${example} Put a TLS proxy in front.`);
  return { ok: true, value: url.origin };
};

const readTrustedProxies = (text: string | undefined): Read<readonly string[]> => {
  if (text === undefined) return { ok: true, value: [] };
  const proxies = trustedProxiesSchema.safeParse(text);
  if (proxies.success) return { ok: true, value: proxies.data };
  const [position] = proxies.error.issues[0]?.path ?? [];
  const where = typeof position === 'number' ? ` (entry ${position + 1})` : '';
  return fault(
    'trusted-proxies-malformed',
    `TRUSTED_PROXIES holds what is neither an address nor a range of addresses${where}.`,
    'Set TRUSTED_PROXIES to addresses and ranges with commas between, such as 203.0.113.7,2001:db8::/32, as your CDN publishes them, or leave it out. A range of everybody would let everybody choose whom to be.',
  );
};

const readJson = <T>(
  name: string,
  code: string,
  text: string | undefined,
  schema: z.ZodType<T>,
  remedy: string,
): Read<T | null> => {
  if (text === undefined) return { ok: true, value: null };
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return fault(`${code}-not-json`, `${name} is not JSON.`, remedy);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { ok: true, value: parsed.data };
  const issue = parsed.error.issues[0];
  const where = issue && issue.path.length > 0 ? ` at ${issue.path.join('.')}` : '';
  return fault(`${code}-malformed`, `${name} cannot be read${where}: ${issue?.message}.`, remedy);
};

const readRates = (text: string | undefined): Read<FixedTable | null> => {
  const remedy =
    'Set GATEWRIGHT_RATES to a list such as [{"from":"TON","to":"EUR","value":"2.95"}], or leave it out.';
  return readJson('GATEWRIGHT_RATES', 'rates', text, fixedTableSchema, remedy);
};

const readRatesUrl = (text: string | undefined, sandbox: boolean): Read<string | null> => {
  if (text === undefined) return { ok: true, value: null };
  const url = URL.parse(text);
  const isWeb = url?.protocol === 'https:' || (sandbox && url?.protocol === 'http:');
  if (url && isWeb && url.username === '' && url.password === '') return { ok: true, value: url.href };
  return fault(
    'rates-url-malformed',
    'GATEWRIGHT_RATES_URL is no https address without a name and password in it.',
    'Set GATEWRIGHT_RATES_URL to the whole address of the endpoint, such as https://rates.example.com/latest, or leave it out.',
  );
};

const readPointers = (text: string | undefined, url: string | undefined): Read<RatePointers | null> => {
  const remedy =
    'Set GATEWRIGHT_RATES_POINTERS to pairs and places such as {"TON/USD":"/the-open-network/usd"} beside GATEWRIGHT_RATES_URL, or leave it out.';
  if (text !== undefined && url === undefined)
    return fault('rates-pointers-alone', 'GATEWRIGHT_RATES_POINTERS has no endpoint to point into.', remedy);
  return readJson('GATEWRIGHT_RATES_POINTERS', 'rates-pointers', text, ratePointersSchema, remedy);
};

const readRatesAccount = (text: string | undefined): Read<AccountId | null> => {
  if (text === undefined) return { ok: true, value: null };
  const id = accountIdSchema.safeParse(text);
  const remedy =
    'Set GATEWRIGHT_RATES_ACCOUNT to the id of a Crypto Pay account, as `gatewright account list` shows it, or leave it out.';
  return id.success
    ? { ok: true, value: id.data }
    : fault('rates-account-malformed', 'GATEWRIGHT_RATES_ACCOUNT is no account id.', remedy);
};

const levelSchema = z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']);

const readLogLevel = (text: string | undefined): Read<string> => {
  const level = levelSchema.safeParse(text ?? 'info');
  return level.success
    ? { ok: true, value: level.data }
    : fault(
        'log-level-unknown',
        'LOG_LEVEL is not known.',
        `Set LOG_LEVEL to one of ${levelSchema.options.join(', ')}.`,
      );
};

/** @param variables as in `process.env`; an empty value counts as not set. Every fault is reported, not only the first. */
export const readEnv = (variables: Variables): EnvResult => {
  const text = (name: string): string | undefined => variables[name]?.trim() || undefined;
  const sandbox = readSwitch('GATEWRIGHT_SANDBOX', text('GATEWRIGHT_SANDBOX'));
  const inSandbox = sandbox.ok && sandbox.value;
  const ratesUrlText = text('GATEWRIGHT_RATES_URL');
  const keys = readKeys(text('GATEWRIGHT_KEYS'));
  const publicUrl = readPublicUrl(text('PUBLIC_URL'), inSandbox);
  const port = readPort('PORT', text('PORT'), 3_000);
  const operatorPort = readPort('OPERATOR_PORT', text('OPERATOR_PORT'), 9_464);
  const trustedProxies = readTrustedProxies(text('TRUSTED_PROXIES'));
  const rates = readRates(text('GATEWRIGHT_RATES'));
  const ratesUrl = readRatesUrl(ratesUrlText, inSandbox);
  const ratesPointers = readPointers(text('GATEWRIGHT_RATES_POINTERS'), ratesUrlText);
  const ratesAccount = readRatesAccount(text('GATEWRIGHT_RATES_ACCOUNT'));
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
  const reads = [
    ...[keys, sandbox, publicUrl, port, operatorPort, trustedProxies],
    ...[rates, ratesUrl, ratesPointers, ratesAccount, logLevel],
  ];
  return { ok: false, findings: reads.flatMap((read) => (read.ok ? [] : [read.finding])) };
};

/** The environment of this process; the only place that looks at it. */
export const processEnv = (): EnvResult => readEnv(process.env);
