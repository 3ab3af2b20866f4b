import { type PageHost, pageAddress } from '@gatewright/pay-page';
import { newPageId, openPage, type Ports, readPage } from '@gatewright/payment-core';
import type { ShopBook, ShopRow } from '../shops/shop-book.ts';
import { paymentName } from '../words/payment-name.ts';
import { type PaymentSession, paymentSessionSchema } from './payment-session.ts';
import { readSessionRequest } from './read-session-request.ts';
import { conflict, shopUnknown } from './session-answers.ts';
import { begun, type SessionBook, type SessionRow } from './session-book.ts';
import type { ShopDomain } from './session-headers.ts';

export interface SessionDeps {
  readonly ports: Ports;
  readonly host: PageHost;
  readonly shops: ShopBook;
  readonly sessions: SessionBook;
  /** Gives a shop's test store something to pay with. */
  readonly testWay: (shop: ShopRow) => Promise<void>;
}

const rowOf = (
  { ports, host }: SessionDeps,
  shop: ShopDomain,
  store: SessionRow['store'],
  session: PaymentSession,
): SessionRow => {
  const page = newPageId(ports.random);
  const { id, gid, group, kind, amount, cancelUrl, merchantLocale } = session;
  return {
    ...{ shop, store, id, gid, group, kind, amount, cancelUrl, merchantLocale, page },
    redirectUrl: pageAddress(host, { id: page }),
    ...begun,
    createdAt: ports.clock.now(),
  };
};

/** The same id is the same request (contract 2.2); Shopify would never send it with another amount. */
const isSame = (row: SessionRow, session: PaymentSession, store: SessionRow['store']): boolean =>
  row.store === store &&
  row.group === session.group &&
  row.amount.amount === session.amount.amount &&
  row.amount.currency === session.amount.currency;

/** Written after the session, so a process that died between has left a session whose page is made by the repeat. */
const makePage = async (
  { ports, host }: SessionDeps,
  row: SessionRow,
  { locale }: PaymentSession,
): Promise<void> => {
  if (await readPage(ports, row.page)) return;
  await openPage(ports, {
    store: row.store,
    page: row.page,
    orderKey: row.group,
    orderNumber: row.id,
    amount: row.amount,
    description: paymentName(row.id, locale),
    returnUrl: `${host.origin()}/return/${row.page}`,
    cancelUrl: row.cancelUrl,
    customerEmail: null,
    locale,
    account: null,
    method: null,
    orderDeadline: null,
  });
};

/**
 * Starts a payment session: one row and one page per id, the same answer for ever (contract 2.7). No gateway is asked:
 * that happens when the buyer goes on, so Shopify's reply never waits for one, and is out before any mutation.
 */
export const startPayment =
  (deps: SessionDeps) =>
  async (request: Request): Promise<Response> => {
    const asked = await readSessionRequest(request, paymentSessionSchema);
    if (!asked.ok) return asked.response;
    const { headers, body: session } = asked;
    const shop = await deps.shops.byDomain(headers.shop);
    if (!shop || shop.uninstalledAt !== null) return shopUnknown();
    // Shown on the merchant's health page; it changes with a deployment only.
    if (shop.extensionVersion !== headers.apiVersion)
      await deps.shops.setExtensionVersion(shop.domain, headers.apiVersion);
    const store = session.test ? shop.test : shop.live;
    const row = await deps.sessions.begin(rowOf(deps, shop.domain, store, session));
    if (!isSame(row, session, store)) return conflict();
    if (session.test) await deps.testWay(shop);
    await makePage(deps, row, session);
    return Response.json({ redirect_url: row.redirectUrl });
  };
