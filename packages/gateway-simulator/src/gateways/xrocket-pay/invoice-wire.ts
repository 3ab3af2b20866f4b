import { type Decimal, type JsonNumber, jsonNumber, multiplyDecimal } from '@gatewright/payment-core';
import { exact } from '../../kernel/exact.ts';
import { isoMillis } from '../../kernel/instant.ts';
import type { NativeObject } from '../../kernel/native-json.ts';
import { type Invoice, type Payment, statusOf } from './state.ts';

/** XR-1: as `JSON.stringify` writes a number: no trailing zeros, an exponent below 0.000001. */
export const javascriptNumber = (amount: Decimal): JsonNumber => {
  const plain = multiplyDecimal(amount, exact('1'));
  const [, zeros = '', first = '', rest = ''] = /^0\.(0{6,})([1-9])(\d*)$/.exec(plain) ?? [];
  if (first === '') return jsonNumber(plain);
  return jsonNumber(`${first}${rest === '' ? '' : `.${rest}`}e-${zeros.length + 1}`);
};

/** The link has the shape of the bot's own, on this simulator's host, and leads to the pay page. */
export const invoiceLink = (origin: string, { hash }: Invoice): string =>
  `${origin}/xrocket?start=inv_${hash}`;

export const paymentWire = (payment: Payment): NativeObject => ({
  userId: payment.userId,
  paymentNum: 1,
  paymentAmount: javascriptNumber(payment.amount),
  paymentAmountReceived: javascriptNumber(payment.received),
  comment: payment.comment,
  paid: isoMillis(payment.paidAt),
});

/** The object of create and list; `payments` or `payment` come on top of it (XR-4). */
export const invoiceWire = (origin: string, invoice: Invoice, now: number): NativeObject => {
  const status = statusOf(invoice, now);
  const last = invoice.payments.at(-1);
  return {
    id: Number(invoice.id),
    amount: javascriptNumber(invoice.amount),
    minPayment: javascriptNumber(invoice.minPayment),
    totalActivations: invoice.numPayments,
    activationsLeft: Math.max(0, invoice.numPayments - invoice.payments.length),
    description: invoice.description,
    hiddenMessage: invoice.hiddenMessage,
    payload: invoice.payload,
    callbackUrl: invoice.callbackUrl,
    commentsEnabled: invoice.commentsEnabled,
    currency: invoice.currency,
    created: isoMillis(invoice.createdAt),
    paid: status === 'paid' && last !== undefined ? isoMillis(last.paidAt) : undefined,
    status,
    expiredIn: invoice.expiredIn,
    link: invoiceLink(origin, invoice),
  };
};
