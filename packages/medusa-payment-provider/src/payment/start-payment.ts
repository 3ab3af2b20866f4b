import { payPatiently } from '@gatewright/pay-page';
import {
  type Account,
  type CheckoutResult,
  type Invoice,
  type Money,
  newPageId,
  orderKeySchema,
  type PageRow,
  type RefusalText,
  type RegisteredGateway,
  readPage,
  refusalText,
  seconds,
  usableFor,
} from '@gatewright/payment-core';
import type { MedusaEngine } from '../engine/engine.ts';
import type { SessionRow } from '../sessions/session-book.ts';
import type { SessionPlace } from './find-collection.ts';
import { hasHadItsInvoices } from './invoice-limit.ts';
import { dataOf, type SessionData } from './session-data.ts';
import { methodOf, openSessionPage, type ReturnUrls, returnUrls } from './session-page.ts';

export interface StartPayment {
  /** Medusa's `payses_…`. */
  readonly session: string;
  readonly place: SessionPlace;
  readonly amount: Money;
  /** Of the session; a shopper wrote it. */
  readonly data: SessionData | undefined;
}

interface Refused {
  readonly ok: false;
  readonly reason: 'return-url' | 'account-unknown' | 'not-available';
  /** For whoever builds the storefront, or for the shopper. */
  readonly message: string;
  /** For the owner's log; absent: the message says it all. */
  readonly owner?: string;
}

export type StartResult =
  | { readonly ok: true; readonly row: SessionRow; readonly data: Record<string, unknown> }
  | Refused;

/** A shopper waits for this answer; what takes longer is shown on the page when it comes. */
const patienceMs = seconds(10);

const giveUp = (engine: MedusaEngine, paying: Promise<CheckoutResult>): Promise<CheckoutResult> => {
  paying.catch(() => engine.log.error('Gatewright: a payment that was being started failed.'));
  return Promise.race([
    paying,
    engine.host.sleep(patienceMs).then((): CheckoutResult => ({ outcome: 'unavailable', reason: 'slow' })),
  ]);
};

const refused = ({ shopper, owner }: RefusalText): Refused => ({
  ok: false,
  reason: 'not-available',
  message: shopper,
  owner,
});

/** The attempt of this order that is worth showing: the one that holds the order, else the one under way. */
const currentInvoice = async (engine: MedusaEngine, page: PageRow): Promise<Invoice | undefined> => {
  const snapshot = await readPage(engine.ports, page.id);
  const claimed = snapshot?.attempts.find(({ id }) => id === snapshot.claim?.invoice);
  return claimed ?? snapshot?.attempts.findLast(({ status }) => status === 'processing');
};

interface Prepared {
  readonly account: Account;
  readonly gateway: RegisteredGateway;
  readonly urls: ReturnUrls;
}

/** What can be told before anything is written. */
const prepare = async (
  engine: MedusaEngine,
  { place, session, amount, data }: StartPayment,
): Promise<Prepared | Refused> => {
  const { ports, settings } = engine;
  const account = settings.accounts.find(({ id }) => id === place.provider);
  const gateway = account && ports.gateway(account.gateway);
  if (account === undefined || gateway === undefined) {
    const message = `The payment provider ${place.provider} is no provider entry of medusa-config.`;
    return { ok: false, reason: 'account-unknown', message };
  }
  const urls = returnUrls(engine, session, data);
  if (urls === undefined) {
    const message =
      "The return_url or cancel_url of the payment session is not below one of the plugin's storefrontUrls.";
    return { ok: false, reason: 'return-url', message };
  }
  const usable = await usableFor(ports, settings.store, account, amount);
  return usable.ok ? { account, gateway, urls } : refused(refusalText(usable.reason));
};

const sessionRow = (
  { ports, settings }: MedusaEngine,
  { session, place, amount }: StartPayment,
  account: Account,
  known: SessionRow | undefined,
): SessionRow => {
  const now = ports.clock.now();
  return {
    id: session,
    account: account.id,
    cart: place.cart,
    collection: place.collection,
    orderKey: orderKeySchema.parse(place.cart ?? place.collection),
    page: known?.page ?? newPageId(ports.random),
    amount,
    timing: settings.orderTiming,
    state: 'living',
    createdAt: known?.createdAt ?? now,
    updatedAt: now,
  };
};

const tooMany = ({ orderKey }: SessionRow): RefusalText => ({
  shopper: 'Payments for this cart were started too often. Please try again in an hour.',
  owner: `so many payments of ${orderKey} were started within an hour that no more invoices are made for it.`,
});

/**
 * Opens the session's page and starts its attempt. The same cart and amount find the same live invoice, whichever
 * session asks. A gateway that does not answer in time is no error: the page goes on asking. An order that is paid or
 * being paid gets no second invoice, and its page says so.
 */
export const startPayment = async (engine: MedusaEngine, start: StartPayment): Promise<StartResult> => {
  const prepared = await prepare(engine, start);
  if ('ok' in prepared) return prepared;
  const { account, gateway, urls } = prepared;
  const known = await engine.sessions.byId(start.session);
  const row = sessionRow(engine, start, account, known);
  const method = methodOf(gateway, account, start.data?.method);
  const parts = { ledger: engine.ledger, clock: engine.ports.clock };
  if (method !== undefined && (await hasHadItsInvoices(parts, row, method))) return refused(tooMany(row));
  // Before the page opens the order again: a session that goes at this moment ends an order that no other one wants.
  await engine.sessions.put(row);
  const page = await openSessionPage(engine, row, { ...urls, method: method ?? null }, start.data);
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
      // Medusa throws away a session that it could not make; one that it had stays.
      if (known === undefined) await engine.sessions.markGone(row.id, engine.ports.clock.now());
      return refused(result.text);
    default: {
      const never: never = result;
      return never;
    }
  }
};
