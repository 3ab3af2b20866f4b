import type { Fact } from '../gateways/fact.ts';
import { addDecimal } from '../money/decimal.ts';
import { formatMoney, type Money, sameCurrency } from '../money/money.ts';
import type { Reduction } from './decision.ts';
import { increaseOf, isDust } from './dust.ts';
import type { Invoice } from './invoice.ts';
import type { Policy } from './policy.ts';
import { assessReceipt, receiptText } from './receipt.ts';
import { learn, move, review, unchanged } from './reduction.ts';

const amountOf = ({ received }: Fact): Money | null => (received === 'attested' ? null : received);

/** The gateway counts up what came in, and the count rose after the settlement. */
export const isMoreThanBefore = ({ received: before }: Invoice, fact: Fact): boolean =>
  increaseOf(before, amountOf(fact)) !== undefined;

const plus = (a: Money, b: Money): Money => ({ ...a, amount: addDecimal(a.amount, b.amount) });

/** What the fact adds to what had come, whether the gateway counts up (null) or each payment by itself (GN-7). */
const addedBy = (invoice: Invoice, fact: Fact): Money | undefined => {
  const received = amountOf(fact);
  if (fact.paymentRecord === null || invoice.paymentRecords.includes(fact.paymentRecord))
    return increaseOf(invoice.received, received);
  return received ?? undefined;
};

/** Trifles that came since the settlement: several of them together may be none. */
const earlierDust = (invoice: Invoice, policy: Policy): Money | undefined => {
  const excess = increaseOf(invoice.payable ?? invoice.quoted, invoice.received);
  return excess && isDust(invoice, excess, policy) ? excess : undefined;
};

/** Invariant 10. Undefined: more than a trifle, or it cannot be told. */
const trifle = (invoice: Invoice, fact: Fact, policy: Policy): Reduction | undefined => {
  const added = addedBy(invoice, fact);
  if (!added) return undefined;
  const earlier = earlierDust(invoice, policy);
  const together = earlier && sameCurrency(earlier, added) ? plus(earlier, added) : added;
  if (!isDust(invoice, together, policy)) return undefined;
  const { received } = invoice;
  const total = received && sameCurrency(received, added) ? plus(received, added) : received;
  const note = `A trifle came after the order was paid (${formatMoney(added)}). Nothing was changed.`;
  return unchanged(
    { ...learn(invoice, fact), received: total, transaction: invoice.transaction },
    'a trifle after the settlement',
    [{ kind: 'note', note }],
  );
};

/** More came under the name of the same payment: the excess is the shopper's. */
const paidMore = (invoice: Invoice, fact: Fact, policy: Policy): Reduction => {
  const receipt = assessReceipt(invoice, fact, policy);
  const learned = learn(invoice, fact);
  if (receipt.kind !== 'over' || receipt.dust) {
    const note = `A little more came after the order was paid. ${receiptText(receipt)}`;
    return unchanged(learned, 'a little more came after the settlement', [{ kind: 'note', note }]);
  }
  const detail = `More money arrived after the order was paid: ${receiptText(receipt)} Refund the excess to the shopper.`;
  return {
    invoice: move(learned, 'settled', ['overpaid']),
    decisions: [{ kind: 'note', note: detail }, review('overpaid', learned, detail)],
    because: detail,
  };
};

const paidAgain = (invoice: Invoice, fact: Fact, record: string): Reduction => {
  const detail = `A second payment (${record}) arrived for an order that is paid already. Refund it to the shopper.`;
  return {
    invoice: move(learn(invoice, fact), 'settled', ['duplicate_payment']),
    decisions: [
      { kind: 'note', note: detail },
      {
        kind: 'review',
        review: 'duplicate_payment',
        key: `duplicate_payment:${invoice.id}:${record}`,
        detail,
      },
    ],
    because: detail,
  };
};

/** Money after settlement: another payment on the same invoice is a double payment (GN-7), the same one is a redelivery. */
export const afterSettlement = (invoice: Invoice, fact: Fact, policy: Policy): Reduction => {
  const record = fact.paymentRecord ?? fact.transaction;
  const { paymentRecords: known } = invoice;
  const isAnother = record !== null && known.length > 0 && !known.includes(record);
  if (!isAnother && !isMoreThanBefore(invoice, fact)) return unchanged(invoice, 'already settled');
  return (
    trifle(invoice, fact, policy) ??
    (isAnother ? paidAgain(invoice, fact, record) : paidMore(invoice, fact, policy))
  );
};

export const reorged = (invoice: Invoice): Reduction => ({
  invoice: move(invoice, 'settled', ['reorged']),
  decisions: [
    review(
      'reorged',
      invoice,
      'The gateway took back a payment that was final. The order stays paid: check the gateway before shipping.',
    ),
  ],
  because: 'reported unpaid after settlement; settled is never undone',
});
