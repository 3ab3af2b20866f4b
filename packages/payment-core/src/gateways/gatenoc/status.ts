import { parseCurrency } from '../../money/currency.ts';
import type { Decimal } from '../../money/decimal.ts';
import { type Money, money } from '../../money/money.ts';
import { type Authority, blankFact, type Fact } from '../fact.ts';
import type { RefundOutcome } from '../gateway.ts';
import type { GatenocPayment } from './contract.ts';

/** Dollars as quoted; whatever else stands there is carried and matches no invoice (GN-8). */
const moneyOf = (amount: Decimal, code: string | null | undefined): Money | null => {
  const currency = parseCurrency(code ?? 'USD');
  if (currency === undefined) return null;
  const result = money(amount, currency);
  return result.ok ? result.money : { amount, currency };
};

/**
 * One payment. Only `completed` is documented, every other word is unknown and never settles (GN-10).
 * GN-6: `amount` is compared with what was asked for, `total_amount` is what was received.
 * @param event of a webhook; another one than `payment.completed` is unknown whatever its status says
 */
export const gatenocFact = (
  payment: GatenocPayment,
  from: { readonly authority: Authority; readonly asOf: number; readonly event?: string },
): Fact => {
  const event = from.event ?? 'payment.completed';
  const quoted = moneyOf(payment.amount, payment.currency);
  // Without an amount that can be read nothing could be compared.
  const completed = event === 'payment.completed' && payment.status === 'completed' && quoted !== null;
  const total = payment.total_amount == null ? 'attested' : moneyOf(payment.total_amount, payment.currency);
  return {
    ...blankFact,
    authority: from.authority,
    reference: payment.note ?? null,
    paymentRecord: payment.payment_record_id,
    status: completed ? 'paid' : 'unknown',
    wireStatus: event === 'payment.completed' ? payment.status : `${event} ${payment.status}`,
    quoted,
    received: completed ? total : null,
    final: completed,
    transaction: payment.bybit_pay_id ?? payment.merchant_trade_no ?? null,
    paidAt: payment.paid_at ?? null,
    asOf: from.asOf,
  };
};

/** The words of a refund are not documented: it is done only under the one word the gateway uses for done. */
export const refundOutcome = (status: string, refundId: string | null): RefundOutcome => {
  switch (status) {
    case 'completed':
      return { outcome: 'done', refundId };
    case 'failed':
    case 'rejected':
    case 'declined':
    case 'cancelled':
    case 'canceled':
      return { outcome: 'refused', reason: `refund-${status}` };
    default:
      return { outcome: 'accepted', refundId };
  }
};
