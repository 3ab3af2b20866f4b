import {
  compareDecimal,
  type Decimal,
  decimalFromLexeme,
  isJsonNumber,
  isZero,
  type JsonNumber,
  roundDecimal,
} from '@gatewright/payment-core';
import * as z from 'zod';
import { exact } from '../../kernel/exact.ts';
import type { JsonFields } from '../../kernel/http/request.ts';
import { ALPHANUMERIC, type SeededRandom } from '../../kernel/random.ts';
import { leastInvoice } from './currencies.ts';
import type { App, Gateway, Invoice } from './state.ts';

const LARGEST = exact('1000000');
const DECIMALS = 9;

const number = z.custom<JsonNumber>(isJsonNumber, 'must be a number');

/** XR-1: a JSON number; what is finer than nine decimals is cut off, not refused. */
const amount = number
  .transform(({ lexeme }) => decimalFromLexeme(lexeme))
  .refine((value): value is Decimal => value !== undefined, {
    error: 'must not be less than 0',
    abort: true,
  })
  .refine((value) => compareDecimal(value, LARGEST) <= 0, 'must not be greater than 1000000')
  .transform((value) => roundDecimal(value, DECIMALS, 'down'));

const count = (most: number) =>
  number
    .refine(({ lexeme }) => /^(?:0|[1-9]\d{0,6})$/.test(lexeme), 'must be an integer')
    .transform(({ lexeme }) => Number(lexeme))
    .refine((value) => value <= most, `must not be greater than ${most}`);

const longest = (most: number) =>
  z.string('must be a string').max(most, `must be shorter than or equal to ${most} characters`);

const isHttpUrl = (url: string): boolean => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);

/** The limits are documented, the wording of the messages is not. */
const createInvoiceSchema = z
  .object({
    amount: amount.optional(),
    minPayment: amount.optional(),
    numPayments: count(1_000_000),
    currency: z
      .string('must be a string')
      .refine((code) => leastInvoice(code) !== undefined, 'is not available'),
    description: longest(1000).optional(),
    hiddenMessage: longest(2000).optional(),
    commentsEnabled: z.boolean('must be a boolean').default(false),
    callbackUrl: longest(500).refine(isHttpUrl, 'must be a URL').optional(),
    payload: longest(4000).optional(),
    // XR-5: a day at most; 0 is never.
    expiredIn: count(86_400).default(0),
    platformId: z.string('must be a string').optional(),
  })
  .superRefine((given, context) => {
    const least = leastInvoice(given.currency);
    if (given.amount === undefined || isZero(given.amount) || least === undefined) return;
    if (compareDecimal(given.amount, exact(least)) < 0)
      context.addIssue({ code: 'custom', path: ['amount'], message: `must not be less than ${least}` });
  });

export interface PropertyError {
  readonly property: string;
  readonly error: string;
}

export type Created =
  | { readonly ok: true; readonly invoice: Invoice }
  | { readonly ok: false; readonly errors: readonly PropertyError[] };

export const createInvoice = (
  { gateway, app, random, now }: { gateway: Gateway; app: App; random: SeededRandom; now: number },
  body: JsonFields,
): Created => {
  const parsed = createInvoiceSchema.safeParse(body);
  if (!parsed.success) {
    const errors = parsed.error.issues.map(({ path, message }) => ({
      property: String(path[0] ?? ''),
      error: message,
    }));
    return { ok: false, errors };
  }
  const given = parsed.data;
  const invoice: Invoice = {
    id: String(gateway.nextInvoiceId++),
    hash: random.text(12, ALPHANUMERIC),
    amount: given.amount ?? exact('0'),
    minPayment: given.minPayment ?? exact('0'),
    numPayments: given.numPayments,
    currency: given.currency,
    description: given.description,
    hiddenMessage: given.hiddenMessage,
    commentsEnabled: given.commentsEnabled,
    callbackUrl: given.callbackUrl,
    payload: given.payload,
    createdAt: now,
    expiredIn: given.expiredIn,
    payments: [],
  };
  app.invoices.set(invoice.id, invoice);
  return { ok: true, invoice };
};
