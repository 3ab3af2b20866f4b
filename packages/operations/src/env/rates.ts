import {
  type AccountId,
  accountIdSchema,
  type FixedTable,
  fixedTableSchema,
  type RatePointers,
  ratePointersSchema,
} from '@gatewright/payment-core';
import type * as z from 'zod';
import { fault, type Reading, type ReadText } from './reading.ts';

/** Where the service takes exchange rates from. */
export interface RateSettings {
  readonly rates: FixedTable;
  /** An endpoint for rates that are not in the table. It may hold a key, so it is shown nowhere. */
  readonly ratesUrl: string | null;
  /** Where the endpoint's rates stand in its answer; null: it answers in rows of our own shape. */
  readonly ratesPointers: RatePointers | null;
  /** A Crypto Pay account whose rates are asked last. */
  readonly ratesAccount: AccountId | null;
}

const readJson = <T>(
  name: string,
  code: string,
  text: string | undefined,
  schema: z.ZodType<T>,
  remedy: string,
): Reading<T | null> => {
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

const readTable = (text: string | undefined): Reading<FixedTable | null> => {
  const remedy =
    'Set GATEWRIGHT_RATES to a list such as [{"from":"TON","to":"EUR","value":"2.95"}], or leave it out.';
  return readJson('GATEWRIGHT_RATES', 'rates', text, fixedTableSchema, remedy);
};

const readUrl = (text: string | undefined, sandbox: boolean): Reading<string | null> => {
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

const readPointers = (text: string | undefined, url: string | undefined): Reading<RatePointers | null> => {
  const remedy =
    'Set GATEWRIGHT_RATES_POINTERS to pairs and places such as {"TON/USD":"/the-open-network/usd"} beside GATEWRIGHT_RATES_URL, or leave it out.';
  if (text !== undefined && url === undefined)
    return fault('rates-pointers-alone', 'GATEWRIGHT_RATES_POINTERS has no endpoint to point into.', remedy);
  return readJson('GATEWRIGHT_RATES_POINTERS', 'rates-pointers', text, ratePointersSchema, remedy);
};

const readAccount = (text: string | undefined): Reading<AccountId | null> => {
  if (text === undefined) return { ok: true, value: null };
  const id = accountIdSchema.safeParse(text);
  const remedy =
    'Set GATEWRIGHT_RATES_ACCOUNT to the id of a Crypto Pay account, as `gatewright account list` shows it, or leave it out.';
  return id.success
    ? { ok: true, value: id.data }
    : fault('rates-account-malformed', 'GATEWRIGHT_RATES_ACCOUNT is no account id.', remedy);
};

export interface RateReadings {
  readonly rates: Reading<FixedTable | null>;
  readonly ratesUrl: Reading<string | null>;
  readonly ratesPointers: Reading<RatePointers | null>;
  readonly ratesAccount: Reading<AccountId | null>;
}

/** GATEWRIGHT_RATES, _RATES_URL, _RATES_POINTERS and _RATES_ACCOUNT; all may be left out. */
export const readRates = (text: ReadText, sandbox: boolean): RateReadings => {
  const url = text('GATEWRIGHT_RATES_URL');
  return {
    rates: readTable(text('GATEWRIGHT_RATES')),
    ratesUrl: readUrl(url, sandbox),
    ratesPointers: readPointers(text('GATEWRIGHT_RATES_POINTERS'), url),
    ratesAccount: readAccount(text('GATEWRIGHT_RATES_ACCOUNT')),
  };
};
