import type { Fact } from '../gateways/fact.ts';
import { addDecimal, compareDecimal, type Decimal, isZero, subtractDecimal } from '../money/decimal.ts';
import { type Money, sameCurrency } from '../money/money.ts';
import { percentOf } from '../money/percent.ts';
import type { Invoice } from './invoice.ts';
import type { Policy } from './policy.ts';
import { valued } from './valuation.ts';

interface Measured {
  readonly got: Decimal;
  readonly whole: Decimal;
}

/** A coin is worth the same on every network. What nothing on the invoice can measure may be worth anything. */
const measure = (invoice: Invoice, received: Money): Measured | undefined => {
  const frozen = [invoice.payable, invoice.quoted, invoice.order].find(
    (asked) => asked?.currency === received.currency,
  );
  if (frozen) return { got: received.amount, whole: frozen.amount };
  const value = valued(received, invoice);
  return value && { got: value.amount, whole: invoice.order.amount };
};

/** Invariant 10: under the policy's share of what is due. Nothing at all is not dust: a gateway that says so is wrong. */
export const isDust = (invoice: Invoice, received: Money, policy: Policy): boolean => {
  if (isZero(received.amount)) return false;
  const measured = measure(invoice, received);
  return (
    measured !== undefined && compareDecimal(measured.got, percentOf(measured.whole, policy.dustPercent)) < 0
  );
};

export const isDustFact = (invoice: Invoice, { status, received }: Fact, policy: Policy): boolean =>
  (status === 'paid' || status === 'processing') &&
  received !== null &&
  received !== 'attested' &&
  isDust(invoice, received, policy);

/** How much more the second is; undefined where it is not more, or not the same currency. */
export const increaseOf = (before: Money | null, now: Money | null): Money | undefined => {
  if (before === null || now === null || !sameCurrency(before, now)) return undefined;
  const amount = subtractDecimal(now.amount, before.amount);
  return amount === undefined || isZero(amount) ? undefined : { ...now, amount };
};

/**
 * Where each payment has an amount of its own (GN-7), the trifles that came before any other money are added to it.
 * Where the gateway counts up what came in, they are part of its count.
 */
export const withEarlierDust = (invoice: Invoice, fact: Fact): Fact => {
  const { paymentRecord: record, received } = fact;
  const { received: before, firstReceiptAt } = invoice;
  if (record === null || before === null || firstReceiptAt !== null) return fact;
  if (received === null || received === 'attested' || !sameCurrency(before, received)) return fact;
  if (!invoice.paymentRecords.includes(record))
    return { ...fact, received: { ...received, amount: addDecimal(before.amount, received.amount) } };
  return compareDecimal(before.amount, received.amount) > 0 ? { ...fact, received: before } : fact;
};
