import type { Invoice } from '@gatewright/payment-core';
import { type Html, html } from '../../html/html.ts';
import { fill } from '../../language/fill.ts';
import { showMoney } from '../../language/show-money.ts';
import { dueOf } from '../../state/amounts.ts';
import type { PageInput } from '../page-input.ts';
import { outward, pageUrl, titleOf, type View, webLink } from './page-parts.ts';
import { type Deposit, depositOf, sendBlock, timer } from './send-view.ts';
import { otherWays, wayList } from './ways.ts';

const pulse = ({ language }: PageInput): Html =>
  html`<p class="pulse small"><span>${fill(language, 'waitingForPayment', {})} ${fill(language, 'refreshHint', {})}</span></p>`;

/** Closed at first: it is for those who have changed their mind, before they sent anything. */
const anotherWay = (input: PageInput, invoice: Invoice): Html | null => {
  const ways = otherWays(input, invoice);
  if (ways.length === 0) return null;
  const { texts } = input.language;
  return html`<details id="another-way"><summary id="another-way-summary">${texts.payAnotherWay}</summary><p class="small quiet">${texts.payAnotherWayHint}</p>${wayList(input, ways)}</details>`;
};

/** The page stays open behind the gateway's, because some of them lead nowhere back (NFT-12, CPC-9). */
const outsideLink = (input: PageInput, url: URL, label: Html, look: string): Html =>
  html`<a class="${look}" id="outside" href="${url.href}" target="_blank" rel="noopener noreferrer"><span>${label} <span class="sr">${input.language.texts.opensInNewTab}</span></span>${outward}</a>`;

const isTelegram = (url: URL): boolean => url.hostname === 't.me' || url.hostname === 'telegram.me';

const sendHere = (input: PageInput, invoice: Invoice, deposit: Deposit): View => {
  const { language, gatewayOf } = input;
  const url = webLink(invoice.payUrl);
  const gateway = titleOf(gatewayOf, invoice.gateway);
  const elsewhere =
    url && outsideLink(input, url, fill(language, 'gatewayPage', { gateway }), 'button plain out');
  return {
    tone: 'wait',
    sign: 'card',
    title: fill(language, 'sendTitle', { amount: showMoney(language, deposit.money) }),
    lead: fill(language, 'sendLead', {}),
    rest: html`${timer(input, invoice)}${sendBlock(input, deposit)}${elsewhere}${pulse(input)}${anotherWay(input, invoice)}`,
    way: 'give-up',
  };
};

const goThere = (input: PageInput, invoice: Invoice): View => {
  const { language, gatewayOf } = input;
  const gateway = titleOf(gatewayOf, invoice.gateway);
  const url = webLink(invoice.payUrl);
  const bot = url !== undefined && isTelegram(url);
  const label = bot ? fill(language, 'continueToBot', {}) : fill(language, 'continueToPage', { gateway });
  const valued = gatewayOf(invoice.gateway)?.capabilities.quoteAtPayment === true;
  return {
    tone: 'wait',
    sign: 'card',
    title: fill(language, 'waitingTitle', { gateway }),
    lead: fill(language, bot ? 'waitingBotLead' : 'waitingPageLead', {}),
    rest: html`${valued && html`<p class="warning">${fill(language, 'waitingNft', {})}</p>`}${url && outsideLink(input, url, label, 'button out')}${timer(input, invoice)}${pulse(input)}${anotherWay(input, invoice)}`,
    way: 'give-up',
  };
};

/** Test money has a page of ours instead of a gateway's; it leads back here by itself, so it needs no tab of its own. */
const playThere = (input: PageInput, invoice: Invoice): View => {
  const { language, gatewayOf } = input;
  const gateway = titleOf(gatewayOf, invoice.gateway);
  return {
    tone: 'wait',
    sign: 'card',
    title: fill(language, 'testTitle', {}),
    lead: fill(language, 'aboutTest', {}),
    rest: html`<a class="button" id="outside" href="${pageUrl(input, '/test')}">${fill(language, 'continueToPage', { gateway })}</a>${timer(input, invoice)}${pulse(input)}${anotherWay(input, invoice)}`,
    way: 'give-up',
  };
};

export const waitingView = (input: PageInput, invoice: Invoice): View => {
  if (invoice.gateway === 'test' && invoice.mode === 'test') return playThere(input, invoice);
  const deposit = depositOf(input, invoice, dueOf(invoice));
  return deposit === undefined ? goThere(input, invoice) : sendHere(input, invoice, deposit);
};
