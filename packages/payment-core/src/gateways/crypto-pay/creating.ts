import { safeLink } from '../../egress/link.ts';
import { currencyKind } from '../../money/currency.ts';
import type { Money } from '../../money/money.ts';
import { hostOf } from '../base-url.ts';
import type { CreateInvoiceRequest, CreateOutcome } from '../gateway.ts';
import type { Connection } from './connection.ts';
import { type CryptoPayConfig, type CryptoPayInvoice, maxExpiresIn, maxPayloadBytes } from './contract.ts';

const maxDescription = 1_024;

const linkHosts = ['t.me', 'app.send.tg', 'send.tg', 'crypt.bot', 'crypto-pay.io'];

/** The browser link first: a shop's shopper is in a browser (CP-15). */
const payLink = (invoice: CryptoPayInvoice, config: CryptoPayConfig, sandbox: boolean): string | null => {
  const links = [
    invoice.web_app_invoice_url,
    invoice.mini_app_invoice_url,
    invoice.bot_invoice_url,
    invoice.pay_url,
  ];
  for (const link of links) {
    if (link == null) continue;
    const safe = safeLink(link, [...linkHosts, hostOf(config.baseUrl)], { sandbox });
    if (safe.ok) return safe.url;
  }
  return null;
};

export const created = (
  invoice: CryptoPayInvoice,
  config: CryptoPayConfig,
  sandbox: boolean,
): Extract<CreateOutcome, { outcome: 'created' }> => ({
  outcome: 'created',
  gatewayPaymentId: invoice.invoice_id,
  payUrl: payLink(invoice, config, sandbox),
  address: null,
  payable: null,
  expiresAt: invoice.expiration_date ?? null,
});

/** A half of a surrogate pair at the cut would be no text any more. */
const shortened = (text: string): string => text.slice(0, maxDescription).replace(/[\ud800-\udbff]$/, '');

/** A button inside Telegram needs a link that Telegram can open (CP-15). */
const mayBeLinked = (url: string, sandbox: boolean): boolean =>
  URL.canParse(url) && safeLink(url, [new URL(url).host], { sandbox }).ok;

const parameters = (
  request: CreateInvoiceRequest,
  amount: Money,
  config: CryptoPayConfig,
  sandbox: boolean,
) => {
  const asked =
    currencyKind(amount.currency) === 'fiat'
      ? {
          currency_type: 'fiat',
          fiat: amount.currency,
          ...(config.acceptedAssets?.length ? { accepted_assets: config.acceptedAssets.join(',') } : {}),
        }
      : { currency_type: 'crypto', asset: amount.currency };
  return {
    ...asked,
    amount: amount.amount,
    description: shortened(request.description),
    payload: request.reference,
    ...(mayBeLinked(request.returnUrl, sandbox)
      ? { paid_btn_name: 'callback', paid_btn_url: request.returnUrl }
      : {}),
  };
};

/** CP-8: out of range the call errs and may still create an invoice that never expires. */
const isExpiry = (seconds: number): boolean =>
  Number.isInteger(seconds) && seconds >= 1 && seconds <= maxExpiresIn;

export const createInvoice = async (
  { client, config, sandbox }: Connection,
  request: CreateInvoiceRequest,
): Promise<CreateOutcome> => {
  if (request.amount === null) return { outcome: 'refused', reason: 'amount-missing' };
  if (Buffer.byteLength(request.reference, 'utf8') > maxPayloadBytes)
    return { outcome: 'refused', reason: 'payload-too-long' };
  if (!isExpiry(request.expiresInSeconds)) return { outcome: 'refused', reason: 'expires-in-invalid' };
  const body = parameters(request, request.amount, config, sandbox);
  const answer = await client.createInvoice(body, request.expiresInSeconds);
  if (answer.outcome === 'refused' && answer.reason === 'expires-in-invalid') {
    return { outcome: 'ambiguous', reason: answer.reason };
  }
  if (answer.outcome !== 'ok') return answer;
  const outcome = created(answer.value, config, sandbox);
  return outcome.payUrl === null ? { outcome: 'refused', reason: 'no-way-to-pay' } : outcome;
};
