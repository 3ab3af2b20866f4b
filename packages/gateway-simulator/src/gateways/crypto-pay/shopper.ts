import {
  type Decimal,
  equalDecimal,
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
import { type Currency, convert, exchangeRate, findAsset, findFiat, usdPrice } from './currencies.ts';
import { type App, credit, type Invoice, type Network, type Payment, type Swap, statusOf } from './state.ts';
import { sendInvoicePaid } from './webhook.ts';

const FEE_SHARE = exact('0.03');

export interface FoundInvoice {
  readonly network: Network;
  readonly app: App;
  readonly invoice: Invoice;
}

export type FindInvoice = (invoiceId: string) => FoundInvoice | undefined;

const payableAssets = (invoice: Invoice): readonly string[] =>
  invoice.currencyType === 'crypto' ? [invoice.currency] : invoice.acceptedAssets;

const swapOf = (
  context: GatewayContext,
  to: Currency | undefined,
  asset: Currency,
  net: Decimal,
): Swap | undefined => {
  if (to === undefined || to.code === asset.code) return undefined;
  const now = context.clock.now();
  const rate = exchangeRate(asset, to, now);
  const output = roundDecimal(multiplyDecimal(net, rate), to.decimals, 'down');
  const usdRate = usdPrice(to, now);
  return {
    uid: context.random.uuid(),
    to: to.code,
    rate,
    output,
    usdRate,
    usdAmount: roundDecimal(multiplyDecimal(output, usdRate), 8, 'half-even'),
  };
};

/** What the payment comes to; the rate of a fiat invoice is the one of this moment (CP-10). */
const paymentOf = (
  context: GatewayContext,
  { network, invoice }: FoundInvoice,
  asset: Currency,
  options: ActionOptions,
): Payment => {
  const now = context.clock.now();
  const fiat = invoice.currencyType === 'fiat' ? findFiat(invoice.currency) : undefined;
  const fiatRate = fiat === undefined ? undefined : exchangeRate(asset, fiat, now);
  const amount = fiatRate === undefined ? invoice.amount : convert(invoice.amount, fiatRate, asset.decimals);
  const fee = roundDecimal(multiplyDecimal(amount, FEE_SHARE), asset.decimals, 'up');
  const swapTo =
    invoice.swapTo === undefined || options.swap === false
      ? undefined
      : findAsset(invoice.swapTo, network.testnet);
  return {
    paidAt: now,
    asset: asset.code,
    amount,
    fiatRate,
    usdRate: usdPrice(asset, now),
    fee,
    comment: invoice.allowComments && typeof options.comment === 'string' ? options.comment : undefined,
    anonymous: invoice.allowAnonymous && options.anonymous === true,
    swap: swapOf(context, swapTo, asset, subtractDecimal(amount, fee) ?? exact('0')),
  };
};

const refusalOf = (invoice: Invoice, now: number): ShopperRefusal | undefined => {
  switch (statusOf(invoice, now)) {
    case 'paid':
      return 'already-paid';
    case 'expired':
      return 'expired';
    case 'active':
      return undefined;
  }
};

/**
 * The wallet takes exactly the invoice's amount, once, before its expiry: under- and overpaying, paying late and
 * cancelling do not exist here. Reads `asset` (which one, for a fiat invoice), `comment`, `anonymous` and
 * `swap: false` (the swap does not happen, CP-12).
 */
export const cryptoPayShopper = (context: GatewayContext, find: FindInvoice): Shopper => {
  const expire = async (id: string): Promise<ShopperOutcome> => {
    const found = find(id);
    if (found === undefined) return refused('unknown-payment');
    const { expiresAt, payment } = found.invoice;
    if (payment !== undefined) return refused('already-paid');
    if (expiresAt === undefined) return refused('never-expires');
    await context.clock.advance(Math.max(0, expiresAt - context.clock.now()));
    return done;
  };

  const pay = async (id: string, options: ActionOptions = {}): Promise<ShopperOutcome> => {
    const found = find(id);
    if (found === undefined) return refused('unknown-payment');
    if (options.late === true) {
      const waited = await expire(id);
      if (!waited.ok) return waited;
    }
    const { network, app, invoice } = found;
    const refusal = refusalOf(invoice, context.clock.now());
    if (refusal !== undefined) return refused(refusal);
    const amount = amountOf(options, invoice.amount);
    if (amount === undefined) return refused('amount-invalid');
    if (!equalDecimal(amount, invoice.amount)) return refused('not-supported');
    const code = typeof options.asset === 'string' ? options.asset : payableAssets(invoice)[0];
    const asset = findAsset(code ?? '', network.testnet);
    if (asset === undefined || !payableAssets(invoice).includes(asset.code))
      return refused('asset-not-accepted');
    const payment = paymentOf(context, found, asset, options);
    invoice.payment = payment;
    const net = subtractDecimal(payment.amount, payment.fee) ?? exact('0');
    credit(app, payment.swap?.to ?? payment.asset, payment.swap?.output ?? net);
    await sendInvoicePaid(context, network, app, invoice);
    return done;
  };

  return { pay, expire, underpay: notSupported, overpay: notSupported, cancel: notSupported };
};
