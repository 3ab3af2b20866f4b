import type { Invoice, Offer } from '@gatewright/payment-core';
import { type Html, html } from '../../html/html.ts';
import type { SimpleKey } from '../../language/fill.ts';
import { fill } from '../../language/fill.ts';
import { methodName } from '../../wallet/network-name.ts';
import type { PageInput } from '../page-input.ts';
import { onward, pageUrl } from './page-parts.ts';

/** One account on offer, with the methods that can still be picked; none: the gateway has nothing to choose. */
export interface Way {
  readonly offer: Offer;
  readonly methods: readonly string[];
}

/** What a gateway takes, in a shopper's words; a gateway that is new here shows its title alone. */
const aboutKey = (gateway: string): Extract<SimpleKey, `about${string}`> | undefined => {
  switch (gateway) {
    case 'teleport-pay':
      return 'aboutTeleportPay';
    case 'ton-nft':
      return 'aboutTonNft';
    case 'crypto-pay':
      return 'aboutCryptoPay';
    case 'cryptopayment-center':
      return 'aboutCryptoPaymentCenter';
    case 'gatenoc':
      return 'aboutGatenoc';
    case 'xrocket-pay':
      return 'aboutXRocketPay';
    case 'test':
      return 'aboutTest';
    default:
      return undefined;
  }
};

/** The ways that are open to this shopper: the shop's own choice of account or method narrows them. */
export const waysOf = ({ offers, snapshot }: PageInput): readonly Way[] => {
  const { account, method } = snapshot.page;
  return offers
    .filter((offer) => offer.available && (account === null || offer.account === account))
    .map((offer) => ({
      offer,
      methods:
        account !== null && method !== null ? offer.methods.filter((name) => name === method) : offer.methods,
    }));
};

/** Without the one that is under way. */
export const otherWays = (input: PageInput, current: Invoice): readonly Way[] =>
  waysOf(input).flatMap(({ offer, methods }) => {
    if (offer.account !== current.account) return [{ offer, methods }];
    const others = methods.filter((method) => method !== current.method);
    return others.length === 0 ? [] : [{ offer, methods: others }];
  });

/** More names than these say no more to a shopper. */
const mostNames = 6;

/** The assets of a gateway that takes several; where it takes one, its own line says so. */
const accepted = ({ language }: PageInput, { offer }: Way): Html | null => {
  if (offer.accepts.length < 2) return null;
  const names = offer.accepts.slice(0, mostNames);
  const list = new Intl.ListFormat(language.tag, { type: 'unit', style: 'short' }).format(names);
  return html` <bdi>(${list}${offer.accepts.length > mostNames && '…'})</bdi>`;
};

const about = (input: PageInput, way: Way): Html | null => {
  const key = aboutKey(way.offer.gateway);
  const line = html`${key !== undefined && fill(input.language, key, {})}${accepted(input, way)}`;
  return html`<span class="small quiet">${line}</span>`;
};

const form = (input: PageInput, { offer }: Way, fields: Html): Html =>
  html`<form method="post" action="${pageUrl(input, '/choose')}"><input type="hidden" name="account" value="${offer.account}">${fields}</form>`;

const methodButton = (method: string): Html => {
  const { asset, network } = methodName(method);
  const small = network === '' ? null : html`<span class="small quiet">${network}</span>`;
  return html`<button class="way" name="method" value="${method}"><strong dir="auto">${asset}</strong>${small}${onward}</button>`;
};

const single = (input: PageInput, way: Way): Html => {
  const [method] = way.methods;
  const field = method === undefined ? null : html`<input type="hidden" name="method" value="${method}">`;
  return form(
    input,
    way,
    html`${field}<button class="way"><strong dir="auto">${way.offer.title}</strong>${about(input, way)}${onward}</button>`,
  );
};

const group = (input: PageInput, way: Way): Html =>
  form(
    input,
    way,
    html`<div class="group" role="group" aria-label="${way.offer.title}: ${input.language.texts.chooseNetwork}"><p><strong dir="auto">${way.offer.title}</strong><br><span class="small quiet">${fill(input.language, 'chooseNetwork', {})}</span></p><div class="networks">${way.methods.map(methodButton)}</div></div>`,
  );

/** One form per account, one click per way. */
export const wayList = (input: PageInput, ways: readonly Way[]): Html =>
  html`<ul class="ways">${ways.map((way) => html`<li>${way.methods.length > 1 ? group(input, way) : single(input, way)}</li>`)}</ul>`;

/** A single way needs no list: one button says what it does. */
export const onlyWay = (input: PageInput, way: Way, label: Html): Html => {
  const [method] = way.methods;
  const field = method === undefined ? null : html`<input type="hidden" name="method" value="${method}">`;
  return form(input, way, html`${field}<button class="button">${label}</button>`);
};
