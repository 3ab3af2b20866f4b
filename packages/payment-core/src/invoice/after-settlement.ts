import type { Fact } from '../gateways/fact.ts';
import { compareMoney } from '../money/money.ts';
import type { Reduction } from './decision.ts';
import type { Invoice } from './invoice.ts';
import type { Policy } from './policy.ts';
import { assessReceipt, receiptText } from './receipt.ts';
import { learn, move, review, unchanged } from './reduction.ts';

/** The gateway counts up what came in, and the count rose after the settlement. */
export const isMoreThanBefore = ({ received: before }: Invoice, { received }: Fact): boolean => {
  if (before === null || received === null || received === 'attested') return false;
  const compared = compareMoney(received, before);
  return compared.ok && compared.order > 0;
};

/** More came under the name of the same payment: the excess is the shopper's. */
const paidMore = (invoice: Invoice, fact: Fact, policy: Policy): Reduction => {
  const receipt = assessReceipt(invoice, fact, policy);
  const learned = learn(invoice, fact);
  if (receipt.kind !== 'over' || receipt.dust)
    return { invoice: learned, decisions: [], because: 'a little more came after the settlement' };
  const detail = `More money arrived after the order was paid: ${receiptText(receipt)} Refund the excess to the shopper.`;
  return {
    invoice: move(learned, 'settled', ['overpaid']),
    decisions: [{ kind: 'note', note: detail }, review('overpaid', learned, detail)],
    because: detail,
  };
};

/** Money after settlement: another payment on the same invoice is a double payment (GN-7), the same one is a redelivery. */
export const afterSettlement = (invoice: Invoice, fact: Fact, policy: Policy): Reduction => {
  const record = fact.paymentRecord ?? fact.transaction;
  if (record === null || invoice.paymentRecords.includes(record) || invoice.paymentRecords.length === 0) {
    return isMoreThanBefore(invoice, fact)
      ? paidMore(invoice, fact, policy)
      : unchanged(invoice, 'already settled');
  }
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
