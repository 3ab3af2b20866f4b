import type { Fact } from '../gateways/fact.ts';
import { formatMoney } from '../money/money.ts';
import type { Decision, Reduction } from './decision.ts';
import type { Invoice } from './invoice.ts';
import { onOpen } from './on-unpaid.ts';
import { learn, move, unchanged } from './reduction.ts';

/** A trifle is no receipt: it stops no clock, freezes no rate, and is not the order's transaction. */
const learnTrifle = (before: Invoice, fact: Fact): Invoice => ({
  ...learn(before, fact),
  transaction: before.transaction,
  confirmations: before.confirmations,
  firstReceiptAt: before.firstReceiptAt,
  valuation: before.firstReceiptAt === null ? null : before.valuation,
});

const noteOf = ({ received }: Fact): Decision => {
  const amount = received === null || received === 'attested' ? '' : ` (${formatMoney(received)})`;
  return {
    kind: 'note',
    note: `A trifle came in${amount}, too little to be the payment. Nothing was changed.`,
  };
};

/** The gateway counts up what came in, or has told of no other payment. */
const isAllThatCame = ({ paymentRecords }: Invoice, { paymentRecord }: Fact): boolean =>
  paymentRecord === null || paymentRecords.every((known) => known === paymentRecord);

/** Money was seen before: this is either a trifle beside it, or what the money turns out to be. */
const besideMoney = (before: Invoice, fact: Fact, learned: Invoice): Reduction => {
  if (!isAllThatCame(before, fact)) {
    const isNew = learned.paymentRecords.length > before.paymentRecords.length;
    const invoice = { ...learned, received: before.received };
    return unchanged(invoice, 'a trifle beside other money', isNew ? [noteOf(fact)] : []);
  }
  const isNewer =
    fact.authority === 'api' ? fact.asOf > (before.firstReceiptAt ?? 0) : before.received === null;
  if (!isNewer) return unchanged(before, 'an older answer');
  return {
    invoice: { ...move(learned, 'open'), firstReceiptAt: null, valuation: null },
    decisions: [noteOf(fact)],
    because: 'what was seen is only a trifle',
  };
};

/**
 * Dust on an invoice that is not settled (invariant 10): a note, never a hold or a review. The invoice goes on as if
 * nothing had come, so it expires as any other.
 */
export const onDust = (before: Invoice, fact: Fact): Reduction => {
  const learned = learnTrifle(before, fact);
  if (before.status === 'processing') return besideMoney(before, fact, learned);
  const isNew =
    before.received?.amount !== learned.received?.amount ||
    before.received?.currency !== learned.received?.currency ||
    before.paymentRecords.length !== learned.paymentRecords.length;
  const unpaid = onOpen(learned, fact);
  return {
    ...unpaid,
    decisions: [...unpaid.decisions, ...(isNew ? [noteOf(fact)] : [])],
    because: `a trifle; ${unpaid.because}`,
  };
};
