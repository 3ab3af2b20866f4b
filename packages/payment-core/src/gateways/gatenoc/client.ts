import type * as z from 'zod';
import type { HttpClient } from '../../http/http-client.ts';
import type { Decimal } from '../../money/decimal.ts';
import { type ExactJson, stringifyExactJson } from '../../money/exact-json.ts';
import { jsonNumber } from '../../money/json-number.ts';
import { sha256Hex } from '../../signature/hmac.ts';
import { type Answer, readAnswer, statusReason } from '../json-answer.ts';
import {
  balanceSchema,
  type GatenocConfig,
  listPageSize,
  listSchema,
  paymentAnswerSchema,
  refundSchema,
  sessionSchema,
} from './contract.ts';

/** Dates are not documented; a day alone is what every reading of `from` understands. */
const day = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

/** A header takes printable ASCII; a shop's own refund id may be anything. */
const idempotencyKey = (text: string): string =>
  /^[\x21-\x7e]{1,128}$/.test(text) ? text : sha256Hex(Buffer.from(text, 'utf8'));

/** All calls of the merchant API (gateways.md 7.1), under one authentication style (GN-12). */
export const createGatenocClient = (config: GatenocConfig, http: HttpClient) => {
  const headers = {
    merchant: config.merchantId,
    Authorization: `Bearer ${config.apiKey}`,
    Accept: 'application/json',
  };

  const read = async <T>(path: string, schema: z.ZodType<T>): Promise<Answer<T>> =>
    readAnswer(
      await http({ method: 'GET', url: `${config.baseUrl}${path}`, headers, retry: 'safe' }),
      schema,
      statusReason,
    );

  const write = async <T>(
    path: string,
    call: { readonly body: ExactJson; readonly key: string; readonly retry: 'safe' | 'never' },
    schema: z.ZodType<T>,
  ): Promise<Answer<T>> =>
    readAnswer(
      await http({
        method: 'POST',
        url: `${config.baseUrl}${path}`,
        headers: {
          ...headers,
          'Content-Type': 'application/json',
          'Idempotency-Key': idempotencyKey(call.key),
        },
        body: stringifyExactJson(call.body),
        retry: call.retry,
      }),
      schema,
      statusReason,
    );

  return {
    /** GN-11: the same key answers the same session for 24 hours, so the key names the amount too and may be repeated. */
    createSession: (session: {
      readonly amount: Decimal;
      readonly note: string;
      readonly notifyUrl: string;
      readonly successUrl: string | null;
    }) =>
      write(
        '/checkout-session',
        {
          body: {
            amount: jsonNumber(session.amount),
            note: session.note,
            notify_url: session.notifyUrl,
            ...(session.successUrl === null ? {} : { success_url: session.successUrl }),
          },
          key: `${session.note}-${session.amount}`,
          retry: 'safe',
        },
        sessionSchema,
      ),
    getPayment: (record: string) => read(`/payments/${encodeURIComponent(record)}`, paymentAnswerSchema),
    /** From the day of `since` on, UTC; page 1 first. */
    listPayments: (since: number, page: number) =>
      read(`/payments?from=${day(since)}&per_page=${listPageSize}&page=${page}`, listSchema),
    getBalance: () => read('/balance', balanceSchema),
    /** GN-5: sent once; that a key is honoured here is not promised. `amount` in US dollars. */
    refund: (
      record: string,
      refund: { readonly amount: Decimal; readonly reason: string; readonly key: string },
    ) =>
      write(
        `/payments/${encodeURIComponent(record)}/refund`,
        {
          body: { amount: jsonNumber(refund.amount), reason: refund.reason },
          key: refund.key,
          retry: 'never',
        },
        refundSchema,
      ),
  };
};
export type GatenocClient = ReturnType<typeof createGatenocClient>;
