import type { Store } from '../account/account.ts';
import { type AccountId, newPageId, type OrderKey, type PageId, type StoreId } from '../identity/identity.ts';
import type { Invoice } from '../invoice/invoice.ts';
import type { LedgerTransaction } from '../ledger/ledger.ts';
import type { ClaimRow, OrderRow, PageRow, RefundRow } from '../ledger/rows.ts';
import type { Money } from '../money/money.ts';
import type { Ports } from '../ports.ts';
import { type CheckoutResult, startCheckout } from './start-checkout.ts';

/** What a storefront's checkout asks a page for. URLs have been checked by the wrapper against the store's host. */
export interface OpenPageRequest {
  readonly store: StoreId;
  /** Shopify makes several pages of one order, each under an id of its own; null: the order has one page. */
  readonly page: PageId | null;
  readonly orderKey: OrderKey;
  readonly orderNumber: string;
  readonly amount: Money;
  readonly description: string;
  readonly returnUrl: string;
  readonly cancelUrl: string;
  readonly customerEmail: string | null;
  readonly locale: string | null;
  readonly account: AccountId | null;
  readonly method: string | null;
  readonly orderDeadline: number | null;
}

/** The storefront asks for money again, so an order that had ended or ran out of time can be paid again. */
const reopenOrder = async (
  tx: LedgerTransaction,
  { policy }: Store,
  { store, orderKey, orderDeadline }: OpenPageRequest,
  now: number,
): Promise<void> => {
  const order = await tx.orders.byKey(store, orderKey);
  if (!order || (order.state === 'open' && now < order.deadline)) return;
  const claim = await tx.claims.byOrder(store, orderKey);
  const deadline = orderDeadline ?? now + policy.orderDeadlineMs;
  if ((claim && claim.state !== 'released') || deadline <= now) return;
  await tx.orders.put({ ...order, state: 'open', deadline });
  await tx.jobs.enqueue({ kind: 'end-order', store, orderKey }, deadline);
};

const knownPage = async (
  tx: LedgerTransaction,
  { store, orderKey, page }: OpenPageRequest,
): Promise<PageRow | undefined> => {
  if (page === null) return (await tx.pages.ofOrder(store, orderKey))[0];
  const known = await tx.pages.byId(page);
  if (known && (known.store !== store || known.orderKey !== orderKey))
    throw new Error('a page was asked for under the id of another order');
  return known;
};

/**
 * Finds the order's page and brings it up to date, or makes one.
 * @throws Error for an unknown store, or the id of another order's page: bugs of the wrapper
 */
export const openPage = async (ports: Ports, request: OpenPageRequest): Promise<PageRow> => {
  const store = await ports.directory.store(request.store);
  if (!store) throw new Error('a page was asked for by a store that is not there');
  return ports.ledger.transact(async (tx) => {
    const now = ports.clock.now();
    const known = await knownPage(tx, request);
    await reopenOrder(tx, store, request, now);
    const { page, ...asked } = request;
    const id = known?.id ?? page ?? newPageId(ports.random);
    const row: PageRow = { ...asked, id, createdAt: known?.createdAt ?? now, updatedAt: now };
    await (known ? tx.pages.update(row) : tx.pages.insert(row));
    return row;
  });
};

/** Everything that a shopper's page shows, as it was at one moment. */
export interface PageSnapshot {
  readonly page: PageRow;
  readonly store: Store;
  /** Undefined before the first attempt. */
  readonly order: OrderRow | undefined;
  /** A released one fulfils nothing and is left out. */
  readonly claim: ClaimRow | undefined;
  /** Oldest first. */
  readonly attempts: readonly Invoice[];
  readonly refunds: readonly RefundRow[];
}

const readRows = async (
  tx: LedgerTransaction,
  id: PageId,
): Promise<Omit<PageSnapshot, 'store'> | undefined> => {
  const page = await tx.pages.byId(id);
  if (!page) return undefined;
  const { store, orderKey } = page;
  const claim = await tx.claims.byOrder(store, orderKey);
  const attempts = await tx.invoices.ofOrder(store, orderKey);
  const refunds: RefundRow[] = [];
  for (const attempt of attempts) refunds.push(...(await tx.refunds.ofInvoice(attempt.id)));
  return {
    page,
    order: await tx.orders.byKey(store, orderKey),
    claim: claim?.state === 'released' ? undefined : claim,
    attempts,
    refunds,
  };
};

/** One transaction. undefined: unknown, or past its retention. */
export const readPage = async (ports: Ports, id: PageId): Promise<PageSnapshot | undefined> => {
  const rows = await ports.ledger.transact((tx) => readRows(tx, id));
  const store = rows && (await ports.directory.store(rows.page.store));
  if (!rows || !store) return undefined;
  const kept = ports.clock.now() <= rows.page.updatedAt + store.policy.pageRetentionMs;
  return kept ? { ...rows, store } : undefined;
};

/** What a shopper chose among the accounts on offer. */
export interface PageChoice {
  readonly account: AccountId;
  readonly method: string | null;
}

const chosen = (page: PageRow, choice: PageChoice): PageChoice => {
  if (page.account === null) return choice;
  // A method of another gateway means nothing to the one that the shop chose.
  const method = page.method ?? (choice.account === page.account ? choice.method : null);
  return { account: page.account, method };
};

/**
 * Starts, or finds again, the attempt the shopper chose; the page's own account and method win over the choice. An
 * order that has ended or ran out of time stays so: only the storefront opens it again (`openPage`).
 * @param urls our own page's address, where the gateway sends the shopper; it leads back to the shop
 */
export const payOnPage = (
  ports: Ports,
  page: PageRow,
  choice: PageChoice,
  urls: { readonly returnUrl: string; readonly cancelUrl: string },
): Promise<CheckoutResult> =>
  startCheckout(
    ports,
    {
      store: page.store,
      orderKey: page.orderKey,
      orderNumber: page.orderNumber,
      amount: page.amount,
      description: page.description,
      customerEmail: page.customerEmail,
      orderDeadline: page.orderDeadline,
      ...chosen(page, choice),
      ...urls,
    },
    'shopper',
  );
