import {
  addDecimal,
  compareDecimal,
  type Decimal,
  equalDecimal,
  isZero,
  multiplyDecimal,
  roundDecimal,
  subtractDecimal,
} from '@gatewright/payment-core';
import { exact } from '../../kernel/exact.ts';
import type { GatewayContext } from '../../kernel/gateway.ts';
import {
  type ActionOptions,
  amountOf,
  done,
  notSupported,
  refused,
  type Shopper,
  type ShopperOutcome,
  type ShopperRefusal,
} from '../../kernel/shopper.ts';
import { type App, expiresAt, type Invoice, type Payment, statusOf } from './state.ts';
import { sendInvoicePay } from './webhook.ts';

/** The document has the field, not the number. */
export const FEE_PERCENTS = '1.5';
const FEE_SHARE = exact('0.015');

export interface FoundInvoice {
  readonly app: App;
  readonly invoice: Invoice;
}

const refusalOf = (invoice: Invoice, amount: Decimal, now: number): ShopperRefusal | undefined => {
  const status = statusOf(invoice, now);
  if (status === 'paid') return 'already-paid';
  if (status === 'expired') return 'expired';
  if (!isZero(invoice.amount)) return equalDecimal(amount, invoice.amount) ? undefined : 'not-supported';
  return compareDecimal(amount, invoice.minPayment) < 0 || isZero(amount) ? 'amount-invalid' : undefined;
};

const paymentOf = ({ random, clock }: GatewayContext, amount: Decimal, options: ActionOptions): Payment => ({
  userId: 1_000_000_000 + random.below(900_000_000),
  amount,
  received: subtractDecimal(amount, roundDecimal(multiplyDecimal(amount, FEE_SHARE), 9, 'up')) ?? exact('0'),
  comment: typeof options.comment === 'string' ? options.comment : '',
  paidAt: clock.now(),
});

/**
 * The wallet takes exactly the invoice's amount before its expiry, once unless the invoice is for several payments:
 * under- and overpaying, paying late and cancelling do not exist here. Reads `comment`, and `amount` where the
 * invoice names none.
 */
export const xRocketPayShopper = (
  context: GatewayContext,
  origin: string,
  find: (id: string) => FoundInvoice | undefined,
): Shopper => {
  const expire = async (id: string): Promise<ShopperOutcome> => {
    const found = find(id);
    if (found === undefined) return refused('unknown-payment');
    if (statusOf(found.invoice, context.clock.now()) === 'paid') return refused('already-paid');
    const end = expiresAt(found.invoice);
    if (end === undefined) return refused('never-expires');
    await context.clock.advance(Math.max(0, end - context.clock.now()));
    return done;
  };

  const pay = async (id: string, options: ActionOptions = {}): Promise<ShopperOutcome> => {
    const found = find(id);
    if (found === undefined) return refused('unknown-payment');
    if (options.late === true) {
      const waited = await expire(id);
      if (!waited.ok) return waited;
    }
    const { app, invoice } = found;
    const amount = amountOf(options, invoice.amount);
    if (amount === undefined) return refused('amount-invalid');
    const refusal = refusalOf(invoice, amount, context.clock.now());
    if (refusal !== undefined) return refused(refusal);
    const payment = paymentOf(context, amount, invoice.commentsEnabled ? options : {});
    invoice.payments.push(payment);
    app.balances.set(
      invoice.currency,
      addDecimal(app.balances.get(invoice.currency) ?? exact('0'), payment.received),
    );
    await sendInvoicePay(context, { origin, app, invoice, payment });
    return done;
  };

  return { pay, expire, underpay: notSupported, overpay: notSupported, cancel: notSupported };
};
