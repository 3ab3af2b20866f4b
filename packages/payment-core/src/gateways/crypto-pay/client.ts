import type * as z from 'zod';
import type { HttpClient } from '../../http/http-client.ts';
import { type ExactJson, stringifyExactJson } from '../../money/exact-json.ts';
import { jsonNumber } from '../../money/json-number.ts';
import { type Answer, readAnswer } from '../json-answer.ts';
import {
  appSchema,
  balanceSchema,
  type CryptoPayConfig,
  cryptoPayInvoiceSchema,
  currenciesSchema,
  deletedSchema,
  envelopeSchema,
  exchangeRatesSchema,
  invoiceListSchema,
  statsSchema,
} from './contract.ts';

type Parameters = Readonly<Record<string, string>>;

const errorName = (status: number, body: unknown): string => {
  const envelope = envelopeSchema.safeParse(body);
  if (!envelope.success || envelope.data.ok) return `http-${status}`;
  const name = envelope.data.error?.name ?? envelope.data.error?.message ?? '';
  return /^[A-Z0-9_]{1,64}$/.test(name) ? name.toLowerCase().replaceAll('_', '-') : `http-${status}`;
};

/** A 200 that says `ok: false` is a refusal like a 4xx. */
const unwrap = <T>(answer: Answer<z.infer<typeof envelopeSchema>>, schema: z.ZodType<T>): Answer<T> => {
  if (answer.outcome !== 'ok') return answer;
  if (!answer.value.ok) return { outcome: 'refused', reason: errorName(200, answer.value) };
  const result = schema.safeParse(answer.value.result);
  return result.success
    ? { outcome: 'ok', value: result.data }
    : { outcome: 'ambiguous', reason: 'answer-not-understood' };
};

/**
 * The calls of the Crypto Pay API a shop or its owner can use (gateways.md 5.2). Payouts (`transfer`, checks) are
 * left out on purpose: they move the owner's money to whoever is named (CP-11).
 */
export const createCryptoPayClient = (config: CryptoPayConfig, http: HttpClient) => {
  const headers = { 'Crypto-Pay-API-Token': config.token, Accept: 'application/json' };

  const get = async <T>(
    method: string,
    schema: z.ZodType<T>,
    parameters: Parameters = {},
  ): Promise<Answer<T>> => {
    const query = new URLSearchParams(parameters).toString();
    const url = `${config.baseUrl}/${method}${query === '' ? '' : `?${query}`}`;
    return unwrap(
      readAnswer(await http({ method: 'GET', url, headers, retry: 'safe' }), envelopeSchema, errorName),
      schema,
    );
  };

  /** Neither write is idempotent (CP-9), so none is ever repeated blindly. Only a read says `safe`. */
  const post = async <T>(
    method: string,
    body: ExactJson,
    schema: z.ZodType<T>,
    retry: 'safe' | 'never' = 'never',
  ): Promise<Answer<T>> => {
    const outcome = await http({
      method: 'POST',
      url: `${config.baseUrl}/${method}`,
      headers: { ...headers, 'Content-Type': 'application/json' },
      body: stringifyExactJson(body),
      retry,
    });
    return unwrap(readAnswer(outcome, envelopeSchema, errorName), schema);
  };

  return {
    getMe: () => get('getMe', appSchema),
    createInvoice: (parameters: Parameters & { readonly amount: string }, expiresIn: number) =>
      post(
        'createInvoice',
        { ...parameters, expires_in: jsonNumber(String(expiresIn)) },
        cryptoPayInvoiceSchema,
      ),
    deleteInvoice: (invoiceId: string) =>
      post('deleteInvoice', { invoice_id: jsonNumber(invoiceId) }, deletedSchema),
    /**
     * `status` knows only `active` and `paid` (CP-7); `count` is always sent. A POST, because hundreds of ids are
     * longer than a URL may be.
     */
    getInvoices: (filter: {
      invoiceIds?: readonly string[];
      status?: 'active' | 'paid';
      offset?: number;
      count: number;
    }) =>
      post(
        'getInvoices',
        {
          ...(filter.invoiceIds ? { invoice_ids: filter.invoiceIds.join(',') } : {}),
          ...(filter.status ? { status: filter.status } : {}),
          offset: jsonNumber(String(filter.offset ?? 0)),
          count: jsonNumber(String(filter.count)),
        },
        invoiceListSchema,
        'safe',
      ),
    getBalance: () => get('getBalance', balanceSchema),
    /** Rows marked invalid are not rates. */
    getExchangeRates: () =>
      get(
        'getExchangeRates',
        exchangeRatesSchema.transform((rates) => rates.filter((rate) => rate.is_valid)),
      ),
    getCurrencies: () => get('getCurrencies', currenciesSchema),
    getStats: (startAt: string, endAt: string) =>
      get('getStats', statsSchema, { start_at: startAt, end_at: endAt }),
  };
};
export type CryptoPayClient = ReturnType<typeof createCryptoPayClient>;
