import type { Invoice, Money } from '@gatewright/payment-core';
import { type Html, html } from '../../html/html.ts';
import { fill, fillPlural } from '../../language/fill.ts';
import { plainAmount, showMoney } from '../../language/show-money.ts';
import { clockTime, minutesUntil } from '../../language/show-time.ts';
import { isDepositAddress } from '../../wallet/deposit-address.ts';
import { networkOf } from '../../wallet/network-name.ts';
import { qrSvg } from '../../wallet/qr.ts';
import { qrText, walletLink } from '../../wallet/wallet-link.ts';
import type { PageInput } from '../page-input.ts';

/** An address that can be shown: of a known network, with an amount, and nothing that only looks like one. */
export interface Deposit {
  readonly address: string;
  readonly money: Money;
  readonly network: string;
}

/**
 * Undefined where the shopper pays elsewhere. A gateway that values what arrives gives an address for something else
 * than coins, and coins sent there would be lost (NFT-11).
 */
export const depositOf = (
  { gatewayOf }: PageInput,
  invoice: Invoice,
  money: Money | null,
): Deposit | undefined => {
  const { address } = invoice;
  if (address === null || money?.network === undefined) return undefined;
  if (gatewayOf(invoice.gateway)?.capabilities.quoteAtPayment === true) return undefined;
  const network = networkOf(money);
  return network !== null && isDepositAddress(money.network, address)
    ? { address, money, network }
    : undefined;
};

const copyButton = (input: PageInput, key: 'copyAmount' | 'copyAddress', id: string): Html => {
  const { texts } = input.language;
  return html`<button type="button" class="copy" id="copy-${id}" data-copy="${id}" data-copied="${texts.copied}" aria-label="${texts[key]}" data-script hidden>${texts.copy}</button>`;
};

/** More digits than these are set smaller, so that they stay on one line of a phone. */
const longAmount = 12;

const amountField = (input: PageInput, { money }: Deposit): Html =>
  html`<div class="amount"><span class="label">${input.language.texts.sendAmount}</span><div class="copyable"><span class="value${plainAmount(money).length > longAmount && ' long'}"><bdi dir="ltr"><span id="amount">${plainAmount(money)}</span> ${money.currency}</bdi></span>${copyButton(input, 'copyAmount', 'amount')}</div></div>`;

const addressField = (input: PageInput, { address }: Deposit): Html =>
  html`<div><span class="label">${input.language.texts.sendAddress}</span><div class="copyable"><code class="value" dir="ltr" id="address">${address}</code>${copyButton(input, 'copyAddress', 'address')}</div></div>`;

const networkField = (input: PageInput, { network }: Deposit): Html =>
  html`<div><span class="label">${input.language.texts.sendNetwork}</span><bdi class="value">${network}</bdi></div>`;

const qrBlock = (input: PageInput, { address, money }: Deposit): Html => {
  const { texts } = input.language;
  const { text, withAmount } = qrText(address, money);
  return html`<div class="qr">${qrSvg(text, withAmount ? texts.sendQrAmount : texts.sendQr)}</div>`;
};

const walletButton = (input: PageInput, { address, money }: Deposit): Html | null => {
  const link = walletLink(address, money);
  return link === undefined
    ? null
    : html`<a class="button" id="wallet" href="${link}">${input.language.texts.openWallet}</a>`;
};

/** Amount, network and address to send to, in words, as a code and as a link. */
export const sendBlock = (input: PageInput, deposit: Deposit): Html => {
  const { language } = input;
  const amount = showMoney(language, deposit.money);
  const { network } = deposit;
  const asset = deposit.money.currency;
  return html`<div class="pay with-qr">${qrBlock(input, deposit)}<div class="fields">${amountField(input, deposit)}${networkField(input, deposit)}${addressField(input, deposit)}</div></div><p class="small quiet">${fill(language, 'sendQrHint', {})} ${fill(language, 'feesHint', { amount })}</p><p class="warning">${fill(language, 'wrongNetwork', { asset, network })}</p>${walletButton(input, deposit)}`;
};

/** How long this can still be paid. The script counts seconds; without it the page is as old as its last reload. */
export const timer = ({ language, now }: PageInput, { expiresAt }: Invoice): Html => {
  const minutes = minutesUntil(expiresAt, now);
  const left = fillPlural(language, 'minutesLeft', minutes, { count: minutes });
  return html`<p class="timer"><span>${fill(language, 'timeLeft', {})}: <time data-left="${expiresAt - now}">${left}</time></span><span class="quiet small">${fill(language, 'payBefore', { time: clockTime(language, expiresAt) })}</span></p>`;
};
