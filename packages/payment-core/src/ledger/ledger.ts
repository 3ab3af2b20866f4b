import type { AccountId, InvoiceId, OrderKey, PageId, StoreId } from '../identity/identity.ts';
import type { Invoice } from '../invoice/invoice.ts';
import type { Job } from './job.ts';
import type {
  ClaimRow,
  HistoryRow,
  InboxRow,
  InstructionRow,
  OrderRow,
  PageRow,
  RefundRow,
  ReviewKind,
  ReviewRow,
} from './rows.ts';

/**
 * Invoices. `insert` answers false when this attempt (store, order, account, method, amount, n) already has a row.
 * Two invoices of an account never share a gateway payment id or a reference: a write that would do it throws,
 * because one payment could then settle two orders.
 */
export interface InvoiceTable {
  insert(invoice: Invoice): Promise<boolean>;
  /** Writes `next` with version + 1 where the stored version is `next.version`; false: somebody else was first. */
  update(next: Invoice): Promise<boolean>;
  byId(id: InvoiceId): Promise<Invoice | undefined>;
  byGatewayPaymentId(account: AccountId, gatewayPaymentId: string): Promise<Invoice | undefined>;
  byReference(account: AccountId, reference: string): Promise<Invoice | undefined>;
  /** All attempts of an order, oldest first. */
  ofOrder(store: StoreId, orderKey: OrderKey): Promise<readonly Invoice[]>;
  /**
   * Takes up to `limit` invoices of `account` whose `nextReadAt` has come and sets it to `leaseUntil`, so that one
   * poller has them; a poller that dies loses them when the lease ends. Longest due first; the version stays.
   */
  leaseDue(account: AccountId, now: number, leaseUntil: number, limit: number): Promise<readonly Invoice[]>;
  /** Accounts that have an invoice due for reading, longest due first. */
  accountsDue(now: number, limit: number): Promise<readonly AccountId[]>;
}

/** Like every `setState` but a claim's, this one throws for a row that is not there: a bug of the caller. */
export interface InboxTable {
  insert(row: InboxRow): Promise<void>;
  byId(id: string): Promise<InboxRow | undefined>;
  setState(id: string, state: InboxRow['state'], note: string | null): Promise<void>;
  /** Unmatched rows of an account that name this payment or reference, oldest first. */
  unmatched(
    account: AccountId,
    gatewayPaymentId: string | null,
    reference: string | null,
  ): Promise<readonly InboxRow[]>;
  /** The same of rows that wait to be applied. */
  pending(
    account: AccountId,
    gatewayPaymentId: string | null,
    reference: string | null,
  ): Promise<readonly InboxRow[]>;
}

export interface FactTable {
  /** Remembers that this fact was applied to this invoice; false: it was already. */
  remember(account: AccountId, eventKey: string, invoice: InvoiceId, at: number): Promise<boolean>;
}

export interface ClaimTable {
  /** The unique claim decides. Answers the row that holds: ours when we won, or whose row was there (a released one is taken over). */
  take(row: ClaimRow): Promise<ClaimRow>;
  byOrder(store: StoreId, orderKey: OrderKey): Promise<ClaimRow | undefined>;
  /** Changes nothing when another claim holds the order now. */
  setState(store: StoreId, orderKey: OrderKey, claim: string, state: ClaimRow['state']): Promise<void>;
}

export interface OrderTable {
  byKey(store: StoreId, orderKey: OrderKey): Promise<OrderRow | undefined>;
  put(row: OrderRow): Promise<void>;
}

export interface PageTable {
  insert(row: PageRow): Promise<void>;
  /** Throws for a page that is not there: a bug of the caller. */
  update(row: PageRow): Promise<void>;
  byId(id: PageId): Promise<PageRow | undefined>;
  /** Oldest first. */
  ofOrder(store: StoreId, orderKey: OrderKey): Promise<readonly PageRow[]>;
}

export interface InstructionTable {
  insert(row: InstructionRow): Promise<void>;
  byId(id: string): Promise<InstructionRow | undefined>;
  ofOrder(store: StoreId, orderKey: OrderKey): Promise<readonly InstructionRow[]>;
  setState(
    id: string,
    state: InstructionRow['state'],
    answer: string | null,
    at: number | null,
  ): Promise<void>;
}

/** Which page of a store's items: those after `after`, which may have been resolved meanwhile. */
export interface ReviewPage {
  readonly state: 'open' | 'resolved' | 'all';
  /** At most so many. */
  readonly limit: number;
  /** The last item of the page before; null, another store's or none: from the first. */
  readonly after?: string | null;
  /** Oldest first where nothing is said: what is opened while pages are read comes on a later one. */
  readonly newestFirst?: boolean;
  /** Only those of one kind. */
  readonly kind?: ReviewKind;
  /** Only those of one order. */
  readonly orderKey?: OrderKey;
  /** Only those of one key: one open item at most. */
  readonly key?: string;
}

export interface ReviewTable {
  /** False: an open item with this (store, key) is there already. */
  open(row: ReviewRow): Promise<boolean>;
  page(store: StoreId, page: ReviewPage): Promise<readonly ReviewRow[]>;
  /** @param olderThan an item of this store, open or resolved; none: all of them */
  count(store: StoreId, state: 'open' | 'resolved', olderThan?: string): Promise<number>;
  byId(store: StoreId, id: string): Promise<ReviewRow | undefined>;
  resolve(store: StoreId, id: string, resolution: NonNullable<ReviewRow['resolution']>): Promise<boolean>;
  /** Whether an item with this (store, key) was ever opened, resolved or not. */
  isKnown(store: StoreId, key: string): Promise<boolean>;
  /** Items that wait for a person, over all stores. */
  countOpen(): Promise<number>;
}

export interface HistoryTable {
  append(row: HistoryRow): Promise<void>;
  ofInvoice(invoice: InvoiceId): Promise<readonly HistoryRow[]>;
}

export interface RefundTable {
  /** False: this (invoice, refund id) exists, or another refund of the invoice is unresolved. */
  insert(row: RefundRow): Promise<boolean>;
  byId(invoice: InvoiceId, refundId: string): Promise<RefundRow | undefined>;
  ofInvoice(invoice: InvoiceId): Promise<readonly RefundRow[]>;
  setState(
    invoice: InvoiceId,
    refundId: string,
    change: Pick<RefundRow, 'state' | 'gatewayRefundId' | 'answer'>,
  ): Promise<void>;
}

export interface JobTable {
  /** Joins the transaction. While an unfinished job has the same key, only the earlier `runAt` is kept. */
  enqueue(job: Job, runAt: number): Promise<void>;
}

/** Everything one transaction can read and write. Look-ups by account or store are the scope (invariant 6). */
export interface LedgerTransaction {
  readonly invoices: InvoiceTable;
  readonly inbox: InboxTable;
  readonly facts: FactTable;
  readonly claims: ClaimTable;
  readonly orders: OrderTable;
  readonly pages: PageTable;
  readonly instructions: InstructionTable;
  readonly reviews: ReviewTable;
  readonly history: HistoryTable;
  readonly refunds: RefundTable;
  readonly jobs: JobTable;
}

/**
 * The ledger: what is written in one `transact` is there whole or not at all, and is durable before the promise
 * resolves. Work inside must be short and make no outgoing call; a thrown error rolls this transaction back and
 * no other one. Transactions behave as if they ran one after another.
 */
export interface Ledger {
  transact<T>(work: (tx: LedgerTransaction) => Promise<T>): Promise<T>;
}

/** Lets a process that shows pages see what changed, whoever changed it. */
export interface PageChanges {
  /**
   * One query for all of them: a value per page that differs once anything the page shows may have changed (its own
   * row, the order, its attempts, the claim, refunds). A page that is not there has none.
   */
  stampsOf(pages: readonly PageId[]): Promise<ReadonlyMap<PageId, string>>;
}
