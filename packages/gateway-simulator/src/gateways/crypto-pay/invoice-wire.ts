import { type Decimal, jsonNumber, multiplyDecimal, roundDecimal } from '@gatewright/payment-core';
import { isoMillis } from '../../kernel/instant.ts';
import type { NativeObject } from '../../kernel/native-json.ts';
import { type Invoice, type Network, type Payment, statusOf } from './state.ts';

/** Links of the shapes that the bot's own have, on this simulator's host. All of them lead to the pay page. */
export const invoiceLinks = ({ origin, botUsername }: Network, hash: string) => ({
  bot: `${origin}/${botUsername}?start=${hash}`,
  miniApp: `${origin}/${botUsername}/app?startapp=invoice-${hash}`,
  webApp: `${origin}/invoices/${hash}`,
});

const inUsd = (amount: Decimal, rate: Decimal): Decimal =>
  roundDecimal(multiplyDecimal(amount, rate), 8, 'half-even');

const paymentFields = (invoice: Invoice, payment: Payment): NativeObject => ({
  paid_at: isoMillis(payment.paidAt),
  paid_anonymously: payment.anonymous,
  comment: payment.comment,
  paid_usd_rate: payment.usdRate,
  usd_rate: payment.usdRate,
  fee_asset: payment.asset,
  fee_amount: payment.fee,
  fee: payment.fee,
  fee_in_usd: inUsd(payment.fee, payment.usdRate),
  // CP-6: these three only for a fiat invoice.
  ...(invoice.currencyType === 'fiat'
    ? { paid_asset: payment.asset, paid_amount: payment.amount, paid_fiat_rate: payment.fiatRate }
    : {}),
  ...(invoice.swapTo === undefined ? {} : { is_swapped: payment.swap !== undefined }),
  ...(payment.swap === undefined
    ? {}
    : {
        swapped_uid: payment.swap.uid,
        swapped_to: payment.swap.to,
        swapped_rate: payment.swap.rate,
        swapped_output: payment.swap.output,
        swapped_usd_rate: payment.swap.usdRate,
        swapped_usd_amount: payment.swap.usdAmount,
      }),
});

/** The Invoice object of the API and of the webhook. Amounts are strings, there is no payer id. */
export const invoiceWire = (network: Network, invoice: Invoice, now: number): NativeObject => {
  const links = invoiceLinks(network, invoice.hash);
  return {
    invoice_id: jsonNumber(invoice.id),
    hash: invoice.hash,
    currency_type: invoice.currencyType,
    [invoice.currencyType === 'crypto' ? 'asset' : 'fiat']: invoice.currency,
    amount: invoice.amount,
    accepted_assets: invoice.currencyType === 'fiat' ? invoice.acceptedAssets : undefined,
    pay_url: links.bot,
    bot_invoice_url: links.bot,
    mini_app_invoice_url: links.miniApp,
    web_app_invoice_url: links.webApp,
    description: invoice.description,
    status: statusOf(invoice, now),
    swap_to: invoice.swapTo,
    created_at: isoMillis(invoice.createdAt),
    allow_comments: invoice.allowComments,
    allow_anonymous: invoice.allowAnonymous,
    expiration_date: invoice.expiresAt === undefined ? undefined : isoMillis(invoice.expiresAt),
    hidden_message: invoice.hiddenMessage,
    payload: invoice.payload,
    paid_btn_name: invoice.paidButton?.name,
    paid_btn_url: invoice.paidButton?.url,
    ...(invoice.payment === undefined ? {} : paymentFields(invoice, invoice.payment)),
  };
};
