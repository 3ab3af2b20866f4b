import type { StoreId } from '../identity/identity.ts';
import { type CurrencyCode, parseCurrency } from '../money/currency.ts';
import { isZero, parseDecimal } from '../money/decimal.ts';
import { type Money, money } from '../money/money.ts';
import {
  type DecidingPorts,
  type Resolution,
  type ResolveResult,
  type ReviewDecision,
  resolveReview,
} from './resolve-review.ts';

/** A decision as a person words it. `amount` is a decimal string; `currency` may be left out where an order names it. */
export interface WordedDecision {
  readonly kind: ReviewDecision['kind'];
  readonly amount?: string | undefined;
  readonly currency?: string | undefined;
}

export type AmountRefusal =
  | 'amount-missing'
  | 'amount-unwanted'
  | 'amount-malformed'
  | 'amount-zero'
  | 'amount-scale'
  | 'currency-missing'
  | 'currency-malformed'
  | 'currency-differs';

export type DecideRefusal = AmountRefusal | Extract<ResolveResult, { ok: false }>['reason'];

export type DecideResult =
  | { readonly ok: true; readonly decision: ReviewDecision }
  | { readonly ok: false; readonly reason: DecideRefusal };

type Read<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: AmountRefusal };

const refuse = (reason: AmountRefusal): { ok: false; reason: AmountRefusal } => ({ ok: false, reason });

/** The order's own currency goes before a given one, so that refunds of one payment always add up. */
const readCurrency = (given: string | undefined, known: CurrencyCode | undefined): Read<CurrencyCode> => {
  if (given === undefined) return known ? { ok: true, value: known } : refuse('currency-missing');
  const read = parseCurrency(given);
  if (!read) return refuse('currency-malformed');
  return known && read !== known ? refuse('currency-differs') : { ok: true, value: read };
};

const readAmount = ({ amount, currency }: WordedDecision, known: CurrencyCode | undefined): Read<Money> => {
  if (amount === undefined) return refuse('amount-missing');
  const digits = parseDecimal(amount);
  if (!digits) return refuse('amount-malformed');
  if (isZero(digits)) return refuse('amount-zero');
  const code = readCurrency(currency, known);
  if (!code.ok) return code;
  const made = money(digits, code.value);
  return made.ok ? { ok: true, value: made.money } : refuse('amount-scale');
};

const readDecision = (worded: WordedDecision, known: CurrencyCode | undefined): Read<ReviewDecision> => {
  const { kind } = worded;
  if (kind === 'ignore') {
    const unwanted = worded.amount !== undefined || worded.currency !== undefined;
    return unwanted ? refuse('amount-unwanted') : { ok: true, value: { kind } };
  }
  const amount = readAmount(worded, known);
  return amount.ok ? { ok: true, value: { kind, amount: amount.value } } : amount;
};

/** Undefined: no such item. Its `currency` is undefined where no order is known, as for somebody else's payment. */
const currencyOf = (
  { ledger }: DecidingPorts,
  store: StoreId,
  id: string,
): Promise<{ readonly currency: CurrencyCode | undefined } | undefined> =>
  ledger.transact(async (tx) => {
    const review = await tx.reviews.byId(store, id);
    if (!review) return undefined;
    const invoice = review.invoice ? await tx.invoices.byId(review.invoice) : undefined;
    const order = review.orderKey ? await tx.orders.byKey(store, review.orderKey) : undefined;
    return { currency: invoice?.order.currency ?? order?.total.currency };
  });

/**
 * Resolves a review item by a decision that came as text, from a command line or over HTTP. The amount is in the
 * currency of the item's order.
 * @example await decideReview(ports, { store, review, by: 'ann', reason: 'agreed by mail', decision: { kind: 'accept', amount: '50.00' } })
 */
export const decideReview = async (
  ports: DecidingPorts,
  asked: Omit<Resolution, 'decision'> & { readonly decision: WordedDecision },
): Promise<DecideResult> => {
  const item = await currencyOf(ports, asked.store, asked.review);
  if (!item) return { ok: false, reason: 'review-unknown' };
  const read = readDecision(asked.decision, item.currency);
  if (!read.ok) return read;
  const resolved = await resolveReview(ports, { ...asked, decision: read.value });
  return resolved.ok ? { ok: true, decision: read.value } : resolved;
};
