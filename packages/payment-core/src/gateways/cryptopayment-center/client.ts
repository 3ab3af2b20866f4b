import * as z from 'zod';
import type { HttpClient } from '../../http/http-client.ts';
import type { Clock } from '../../identity/clock.ts';
import type { Decimal } from '../../money/decimal.ts';
import { stringifyExactJson } from '../../money/exact-json.ts';
import { jsonNumber } from '../../money/json-number.ts';
import { type Answer, readAnswer, statusReason } from '../json-answer.ts';
import { createAgeCheck } from '../newest-first.ts';
import {
  balancesSchema,
  type CryptoPaymentCenterConfig,
  type CryptoPaymentCenterInvoice,
  failureSchema,
  invoiceAnswerSchema,
  listPageSize,
  listSchema,
} from './contract.ts';

/** A 200 that says `success: false` is a refusal like a 4xx. */
const unwrap = <T>(outcome: Awaited<ReturnType<HttpClient>>, schema: z.ZodType<T>): Answer<T> => {
  const either = z.union([
    failureSchema.transform(() => ({ failed: true }) as const),
    schema.transform((value) => ({ failed: false, value }) as const),
  ]);
  const answer = readAnswer(outcome, either, statusReason);
  if (answer.outcome !== 'ok') return answer;
  return answer.value.failed
    ? { outcome: 'refused', reason: 'gateway-refused' }
    : { outcome: 'ok', value: answer.value.value };
};

/**
 * The calls of CryptoPayment.center that a shop or its owner can use (gateways.md 6.1). Withdrawals are left out on
 * purpose: they pay the owner's money to any address (CPC-13).
 */
export const createCryptoPaymentCenterClient = (config: CryptoPaymentCenterConfig, http: HttpClient) => {
  const headers = {
    Authorization: `Bearer ${config.apiKey}:${config.apiSecret}`,
    Accept: 'application/json',
  };

  const read = async <T>(path: string, schema: z.ZodType<T>): Promise<Answer<T>> =>
    unwrap(await http({ method: 'GET', url: `${config.baseUrl}${path}`, headers, retry: 'safe' }), schema);

  return {
    /** CPC-14: not idempotent, so it is sent once. `amount` in US dollars. */
    createInvoice: async (order: {
      readonly network: string;
      readonly amount: Decimal;
      readonly orderId: string;
    }) =>
      unwrap(
        await http({
          method: 'POST',
          url: `${config.baseUrl}/invoices`,
          headers: { ...headers, 'Content-Type': 'application/json' },
          body: stringifyExactJson({
            network: order.network,
            amount_usd: jsonNumber(order.amount),
            order_id: order.orderId,
          }),
          retry: 'never',
        }),
        invoiceAnswerSchema,
      ),
    getInvoice: (id: string) => read(`/invoices/${encodeURIComponent(id)}`, invoiceAnswerSchema),
    /** 20 invoices, page 1 first. */
    listInvoices: (page: number) => read(`/invoices?page=${page}`, listSchema),
    getBalances: () => read('/balances', balancesSchema),
  };
};
export type CryptoPaymentCenterClient = ReturnType<typeof createCryptoPaymentCenterClient>;

/**
 * `complete`: the list ended, or reached what is older than `since`. `stopped`: by the visitor. `cut`: by `maxPages`.
 * `failed`: at `page`, after `had` pages.
 */
export type Walk =
  | { readonly outcome: 'complete' | 'stopped' | 'cut' }
  | {
      readonly outcome: 'failed';
      readonly failure: Exclude<Answer<never>, { outcome: 'ok' }>;
      readonly page: number;
      readonly had: number;
    };

/**
 * Goes through the list page by page, from `from` to the end and then from page 1 to `from`. An invoice created
 * meanwhile moves the others to later pages, so one may be seen twice, none is missed.
 * @param visit gets each invoice and when the call that brought it began; `true` ends the walk
 */
export const walkInvoices = async (
  client: CryptoPaymentCenterClient,
  clock: Clock,
  limits: { readonly since: number; readonly maxPages: number; readonly from?: number },
  visit: (invoice: CryptoPaymentCenterInvoice, asOf: number) => boolean,
): Promise<Walk> => {
  const from = limits.from ?? 1;
  let isTooOld = createAgeCheck(limits.since);
  let around = false;
  let page = from;
  for (let had = 0; had < limits.maxPages; had += 1) {
    if (around && page >= from) return { outcome: 'complete' };
    const asOf = clock.now();
    const answer = await client.listInvoices(page);
    if (answer.outcome !== 'ok') return { outcome: 'failed', failure: answer, page, had };
    let tooOld = false;
    for (const invoice of answer.value.invoices) {
      if (visit(invoice, asOf)) return { outcome: 'stopped' };
      tooOld = isTooOld(invoice.created_at ?? null);
    }
    page += 1;
    if (!tooOld && answer.value.size === listPageSize) continue;
    if (around || from === 1) return { outcome: 'complete' };
    around = true;
    page = 1;
    isTooOld = createAgeCheck(limits.since);
  }
  return { outcome: 'cut' };
};
