import {
  type Decimal,
  decimalSchema,
  divideDecimal,
  type Invoice,
  multiplyDecimal,
  roundDecimal,
  significantScale,
} from '@gatewright/payment-core';
import type { BenchPayment } from '../gateway/bench.ts';
import type { GatewaySubject } from '../gateway/subject.ts';

/** What the stories' orders cost. */
export const orderOf = ({
  order,
  gateway,
}: GatewaySubject): { readonly total: string; readonly currency: string } => {
  if (order) return order;
  const [first] = gateway.currencies === 'any' ? [] : gateway.currencies;
  const takesUsd = first === undefined || gateway.currencies.includes('USD' as typeof first);
  return { total: '50.00', currency: takesUsd ? 'USD' : first };
};

/** One unit of what a gateway settles in, where it quotes at payment, in the currency of the orders. */
export const usualRate = '2.50';

/** Where the gateway asks for nothing, what the order is worth at the stage's own rate. */
export const amountToSend = (payment: BenchPayment, invoice: Invoice, rate: string): Decimal => {
  if (payment.amount !== null) return decimalSchema.parse(payment.amount);
  const amount = divideDecimal(invoice.order.amount, decimalSchema.parse(rate), 9, 'up');
  if (amount === undefined) throw new Error('a rate of zero');
  return amount;
};

/** Two digits more than the amount has, so that half a per cent of whole cents can be told. */
export const shareOf = (amount: Decimal, factor: string): Decimal => {
  const share = decimalSchema.parse(factor);
  const digits = Math.max(significantScale(amount), 2);
  return roundDecimal(multiplyDecimal(amount, share), digits, 'down');
};
