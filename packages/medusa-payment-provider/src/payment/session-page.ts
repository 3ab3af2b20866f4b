import {
  type Account,
  type OpenPageRequest,
  openPage,
  type PageRow,
  type RegisteredGateway,
} from '@gatewright/payment-core';
import type { MedusaEngine } from '../engine/engine.ts';
import type { SessionRow } from '../sessions/session-book.ts';
import { returnUrlOf } from '../settings/return-url.ts';
import type { SessionData } from './session-data.ts';

export interface ReturnUrls {
  readonly returnUrl: string;
  readonly cancelUrl: string;
}

/** Where the shopper belongs afterwards, with the session named; undefined: what the data asks for is not allowed. */
export const returnUrls = (
  { settings }: Pick<MedusaEngine, 'settings'>,
  session: string,
  data: SessionData | undefined,
): ReturnUrls | undefined => {
  const asked = returnUrlOf(settings, data?.return_url);
  const cancel = data?.cancel_url == null ? asked : returnUrlOf(settings, data.cancel_url);
  if (!asked.ok || !cancel.ok) return undefined;
  if (settings.storefrontUrls.length === 0 && data?.return_url == null) {
    const back = `${settings.publicUrl}/gatewright/return/${session}`;
    return { returnUrl: back, cancelUrl: back };
  }
  const named = (text: string): string => {
    const url = new URL(text);
    url.searchParams.set('gatewright_session', session);
    return url.href;
  };
  return { returnUrl: named(asked.url), cancelUrl: named(cancel.url) };
};

/** Null: the gateway has no choice. Undefined: the shopper has to choose on the page. */
export const methodOf = (
  gateway: RegisteredGateway,
  account: Account,
  asked: unknown,
): string | null | undefined => {
  const methods = gateway.methodsOf(account.config);
  if (methods.length <= 1) return methods[0] ?? null;
  return methods.find((method) => method === asked);
};

/** Ids of carts end in what is random in them. */
const orderNumberOf = (orderKey: string): string => orderKey.slice(-8).toUpperCase();

const localeOf = (asked: unknown): string | null =>
  typeof asked === 'string' && /^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}$/.test(asked)
    ? asked.replaceAll('_', '-')
    : null;

/** `data` may name a language; the rest of it is the shop's and the owner's. */
export const openSessionPage = (
  engine: MedusaEngine,
  { page, orderKey, account, amount }: SessionRow,
  wishes: ReturnUrls & Pick<OpenPageRequest, 'method'>,
  data: SessionData | undefined,
): Promise<PageRow> => {
  const number = orderNumberOf(orderKey);
  return openPage(engine.ports, {
    store: engine.settings.store.id,
    page,
    orderKey,
    orderNumber: number,
    amount,
    description: `Order ${number}`,
    ...wishes,
    locale: localeOf(data?.locale),
    customerEmail: null,
    account,
    orderDeadline: null,
  });
};
