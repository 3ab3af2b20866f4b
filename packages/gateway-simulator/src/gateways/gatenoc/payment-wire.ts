import { type Decimal, withScale } from '@gatewright/payment-core';
import { isoOffset } from '../../kernel/instant.ts';
import type { NativeObject } from '../../kernel/native-json.ts';
import { type Payment, paymentStatus, refundedOf } from './state.ts';

/** Amounts are texts with two digits. */
export const dollars = (amount: Decimal): string => withScale(amount, 2) ?? amount;

/** What webhook and API both say of a payment. */
export const paymentFacts = (payment: Payment): NativeObject => ({
  merchant_id: payment.session.merchant.id,
  amount: dollars(payment.session.amount),
  total_amount: dollars(payment.total),
  currency: 'USD',
  bybit_pay_id: payment.bybitPayId,
  merchant_trade_no: payment.merchantTradeNo,
  note: payment.session.note ?? null,
});

/** The object of `GET /payments` and `/payments/{id}` is not documented: assumed close to the webhook's. */
export const paymentWire = (payment: Payment): NativeObject => ({
  id: payment.recordId,
  status: paymentStatus(payment),
  ...paymentFacts(payment),
  refunded_amount: dollars(refundedOf(payment)),
  paid_at: isoOffset(payment.paidAt),
  created_at: isoOffset(payment.session.createdAt),
});
