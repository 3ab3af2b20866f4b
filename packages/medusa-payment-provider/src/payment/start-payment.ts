import { payPatiently } from '@gatewright/pay-page';
import {
  type Account,
  type CheckoutResult,
  type Invoice,
  type Money,
  newPageId,
  type OpenPageRequest,
  openPage,
  orderKeySchema,
  type PageRow,
  type RegisteredGateway,
  readPage,
  refusalText,
  seconds,
  usableFor,
} from '@gatewright/payment-core';
import type { MedusaEngine } from '../engine/engine.ts';
import type { SessionRow } from '../sessions/session-book.ts';
import { returnUrlOf } from '../settings/return-url.ts';
import type { SessionPlace } from './find-collection.ts';
import { dataOf, type SessionData } from './session-data.ts';

export interface StartPayment {
  /** Medusa's `payses_…`. */
  readonly session: string;
  readonly place: SessionPlace;
  readonly amount: Money;
  /** Of the session; a shopper wrote it. */
  readonly data: SessionData | undefined;
}

export type StartResult =
  | { readonly ok: true; readonly row: SessionRow; readonly data: Record<string, unknown> }
  | {
      readonly ok: false;
      readonly reason: 'return-url' | 'account-unknown' | 'not-available';
      /** For whoever builds the storefront, or for the shopper. */
      readonly message: string;
      /** For the owner's log; absent: the message says it all. */
      readonly owner?: string;
    };

/** A shopper waits for this answer; what takes longer is shown on the page when it comes. */
const patienceMs = seconds(10);

const returnUrls = (engine: MedusaEngine, { data, session }: StartPayment) => {
  const { settings } = engine;
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
const methodOf = (
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

const openSessionPage = (
  engine: MedusaEngine,
  { page, orderKey, account, amount }: SessionRow,
  wishes: Pick<OpenPageRequest, 'returnUrl' | 'cancelUrl' | 'locale' | 'method'>,
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
    customerEmail: null,
    account,
    orderDeadline: null,
  });
};

const giveUp = (engine: MedusaEngine, paying: Promise<CheckoutResult>): Promise<CheckoutResult> => {
  paying.catch(() => engine.log.error('Gatewright: a payment that was being started failed.'));
  return Promise.race([
    paying,
    engine.host.sleep(patienceMs).then((): CheckoutResult => ({ outcome: 'unavailable', reason: 'slow' })),
  ]);
};

const refused = (message: string, owner: string): StartResult => ({
  ok: false,
  reason: 'not-available',
  message,
  owner,
});

/** The attempt of this order that is worth showing: the one that holds the order, else the one under way. */
const currentInvoice = async (engine: MedusaEngine, page: PageRow): Promise<Invoice | undefined> => {
  const snapshot = await readPage(engine.ports, page.id);
  const claimed = snapshot?.attempts.find(({ id }) => id === snapshot.claim?.invoice);
  return claimed ?? snapshot?.attempts.findLast(({ status }) => status === 'processing');
};

/**
 * Opens the session's page and starts its attempt. The same cart and amount find the same live invoice, whichever
 * session asks. A gateway that does not answer in time is no error: the page goes on asking. An order that is paid or
 * being paid gets no second invoice, and its page says so.
 */
export const startPayment = async (engine: MedusaEngine, start: StartPayment): Promise<StartResult> => {
  const { ports, settings } = engine;
  const account = settings.accounts.find(({ id }) => id === start.place.provider);
  const gateway = account && ports.gateway(account.gateway);
  if (account === undefined || gateway === undefined)
    return {
      ok: false,
      reason: 'account-unknown',
      message: `The payment provider ${start.place.provider} is no provider entry of medusa-config.`,
    };
  const urls = returnUrls(engine, start);
  if (urls === undefined)
    return {
      ok: false,
      reason: 'return-url',
      message:
        "The return_url or cancel_url of the payment session is not below one of the plugin's storefrontUrls.",
    };
  const usable = await usableFor(ports, settings.store, account, start.amount);
  if (!usable.ok) {
    const text = refusalText(usable.reason);
    return refused(text.shopper, text.owner);
  }
  const method = methodOf(gateway, account, start.data?.method);
  const known = await engine.sessions.byId(start.session);
  const now = ports.clock.now();
  const row: SessionRow = {
    id: start.session,
    account: account.id,
    cart: start.place.cart,
    collection: start.place.collection,
    orderKey: orderKeySchema.parse(start.place.cart ?? start.place.collection),
    page: known?.page ?? newPageId(ports.random),
    amount: start.amount,
    timing: settings.orderTiming,
    state: 'living',
    createdAt: known?.createdAt ?? now,
    updatedAt: now,
  };
  // Before the page opens the order again: a session that goes at this moment ends an order that no other one wants.
  await engine.sessions.put(row);
  const wishes = { ...urls, locale: localeOf(start.data?.locale), method: method ?? null };
  const page = await openSessionPage(engine, row, wishes);
  const shown = (invoice: Invoice | undefined): StartResult => ({
    ok: true,
    row,
    data: dataOf(engine, row, gateway.id, invoice, start.data),
  });
  // The network is chosen on the page.
  if (method === undefined) return shown(undefined);
  const result = await giveUp(engine, payPatiently(engine.host, page, { account: account.id, method }));
  // An attempt that this one took the place of is cancelled at its gateway by a job.
  engine.kick();
  switch (result.outcome) {
    case 'ready':
      return shown(result.invoice);
    case 'conflict':
      return shown(await currentInvoice(engine, page));
    case 'busy':
    case 'unavailable':
      return shown(undefined);
    case 'refused':
      // Medusa throws its session away when we refuse.
      await engine.sessions.markGone(row.id, ports.clock.now());
      return refused(result.text.shopper, result.text.owner);
    default: {
      const never: never = result;
      return never;
    }
  }
};
