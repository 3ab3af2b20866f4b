import type { Fact } from '../gateways/fact.ts';
import { afterSettlement } from './after-settlement.ts';
import type { Decision, Reduction } from './decision.ts';
import { withoutExceptions } from './exception.ts';
import { hold } from './hold.ts';
import type { Invoice } from './invoice.ts';
import type { Policy } from './policy.ts';
import { assessReceipt, type Receipt, receiptText } from './receipt.ts';
import { close, learn, move, review } from './reduction.ts';

/**
 * Invariant 10: the earlier of the gateway's own paid time and the moment money was first seen; where there is neither,
 * our receipt time, of a message before that of a read. Some gateways only give the time of their report.
 */
const isLate = (invoice: Invoice, fact: Fact): boolean => {
  const known = [fact.paidAt, invoice.firstReceiptAt].filter((at) => at !== null);
  return (known.length === 0 ? (fact.heardAt ?? fact.asOf) : Math.min(...known)) > invoice.expiresAt;
};

/**
 * What a person was asked and needs to answer no more: the rest came, or the gateway has said when the money came, or how
 * much. Of several payments one may still be another's, so when and how much stay asked there.
 */
const answered = (invoice: Invoice, late: boolean): readonly ('underpaid' | 'late' | 'review')[] => {
  const alone = invoice.paymentRecords.length <= 1;
  const can = { underpaid: true, late: alone && !late, review: alone };
  return (['underpaid', 'late', 'review'] as const).filter(
    (asked) => can[asked] && invoice.exceptions.includes(asked),
  );
};

const settle = (invoice: Invoice, receipt: Receipt, late: boolean, now: number): Reduction => {
  const over = receipt.kind === 'over' && !receipt.dust;
  const settled: Invoice = {
    ...move(invoice, 'settled', [
      ...(over ? (['overpaid'] as const) : []),
      ...(late ? (['late'] as const) : []),
    ]),
    settledAt: now,
    nextReadAt: null,
  };
  const note =
    receipt.kind === 'exact'
      ? ''
      : ` ${receiptText(receipt)}${over ? ' The excess can be refunded by hand.' : ''}`;
  const moot = answered(invoice, late);
  const closes = moot.map(
    (asked): Decision => close(asked, invoice, 'the gateway has said what came and when'),
  );
  return {
    invoice: {
      ...settled,
      exceptions: withoutExceptions(settled.exceptions, ['underpaid', 'review', ...moot]),
    },
    decisions: [{ kind: 'settle', note: `Payment received.${note}` }, ...closes],
    because: `paid in full${late ? ', late and accepted by policy' : ''}.${note}`,
  };
};

export const onPaid = (before: Invoice, fact: Fact, policy: Policy, now: number): Reduction => {
  if (before.status === 'settled') return afterSettlement(before, fact, policy);
  const late = isLate(before, fact);
  const invoice = learn(before, fact);
  const receipt = assessReceipt(invoice, fact, policy);
  switch (receipt.kind) {
    case 'wrong-asset':
      return hold(before, invoice, ['wrong_asset'], receiptText(receipt), policy);
    case 'no-valuation':
      return hold(before, invoice, ['review'], receiptText(receipt), policy);
    case 'under':
      return hold(
        before,
        invoice,
        ['underpaid', ...(late ? (['late'] as const) : [])],
        `Underpaid: ${receiptText(receipt)}`,
        policy,
      );
    case 'exact':
    case 'over':
    case 'tolerated':
      break;
    default: {
      const never: never = receipt;
      return never;
    }
  }
  if (late && (policy.latePayment === 'hold' || fact.paidAt === null)) {
    return hold(
      before,
      invoice,
      ['late'],
      'The payment arrived after the invoice had expired. Accept it or refund it.',
      policy,
    );
  }
  const settled = settle(invoice, receipt, late, now);
  if (before.status !== 'failed') return settled;
  const detail =
    'The gateway had called this payment failed before it said paid. The order is paid: check the gateway before shipping.';
  return { ...settled, decisions: [...settled.decisions, review('contradiction', invoice, detail)] };
};
