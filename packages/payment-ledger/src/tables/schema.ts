import type {
  AccountId,
  ClaimRow,
  InboxRow,
  InstructionRow,
  Invoice,
  InvoiceId,
  JobKind,
  Mode,
  OrderKey,
  OrderRow,
  PageId,
  RefundRow,
  ReviewRow,
  StoreId,
} from '@gatewright/payment-core';
import type { Generated } from 'kysely';
import type { VaultSchema } from '../vault/schema.ts';

/**
 * The tables as queries see them. Money is text (money-text.ts), instants are integers (ms), flags are 0 or 1,
 * lists and records are JSON text. `seq` is the order of writing.
 */
export interface LedgerSchema extends VaultSchema {
  invoices: InvoicesTable;
  inbox: InboxesTable;
  facts: FactsTable;
  claims: ClaimsTable;
  orders: OrdersTable;
  pages: PagesTable;
  instructions: InstructionsTable;
  reviews: ReviewsTable;
  history: HistoriesTable;
  refunds: RefundsTable;
  /** SQLite only. */
  jobs: JobsTable;
  /** PostgreSQL only: its jobs are pg-boss's. */
  job_leases: JobLeasesTable;
  leases: LeasesTable;
}

export interface InvoicesTable {
  seq: Generated<number>;
  id: InvoiceId;
  attempt_key: string;
  store: StoreId;
  order_key: OrderKey;
  account: AccountId;
  gateway: string;
  mode: Mode;
  method: string | null;
  n: number;
  reference: string;
  status: Invoice['status'];
  exceptions: string;
  order_money: string;
  quoted: string | null;
  payable: string | null;
  rate: string | null;
  valuation: string | null;
  received: string | null;
  payment_records: string;
  transaction_ref: string | null;
  confirmations: string | null;
  gateway_payment_id: string | null;
  pay_url: string | null;
  address: string | null;
  ambiguous: number;
  superseded: number;
  created_at: number;
  expires_at: number;
  monitor_until: number;
  first_receipt_at: number | null;
  settled_at: number | null;
  last_read_at: number | null;
  next_read_at: number | null;
  version: number;
}

export interface InboxesTable {
  seq: Generated<number>;
  id: string;
  account: AccountId;
  gateway: string;
  headers: string;
  body: Uint8Array;
  received_at: number;
  dedupe_key: string;
  gateway_payment_id: string | null;
  reference: string | null;
  facts: string;
  state: InboxRow['state'];
  note: string | null;
}

export interface FactsTable {
  account: AccountId;
  event_key: string;
  invoice: InvoiceId;
  at: number;
}

export interface ClaimsTable {
  store: StoreId;
  order_key: OrderKey;
  claim: string;
  invoice: InvoiceId;
  at: number;
  state: ClaimRow['state'];
}

export interface OrdersTable {
  store: StoreId;
  order_key: OrderKey;
  mode: Mode;
  total: string;
  deadline: number;
  state: OrderRow['state'];
}

export interface PagesTable {
  seq: Generated<number>;
  id: PageId;
  store: StoreId;
  order_key: OrderKey;
  order_number: string;
  amount: string;
  description: string;
  return_url: string;
  cancel_url: string;
  customer_email: string | null;
  locale: string | null;
  account: AccountId | null;
  method: string | null;
  order_deadline: number | null;
  created_at: number;
  updated_at: number;
  /** How often the row was written: two updates may have the same instant. */
  revision: number;
}

export interface InstructionsTable {
  seq: Generated<number>;
  id: string;
  store: StoreId;
  order_key: OrderKey;
  invoice: InvoiceId | null;
  kind: InstructionRow['kind'];
  claim: string | null;
  transaction_ref: string | null;
  expected: string | null;
  note: string;
  state: InstructionRow['state'];
  answer: string | null;
  created_at: number;
  done_at: number | null;
}

export interface ReviewsTable {
  seq: Generated<number>;
  id: string;
  store: StoreId;
  account: AccountId | null;
  invoice: InvoiceId | null;
  order_key: OrderKey | null;
  kind: ReviewRow['kind'];
  key: string;
  detail: string;
  opened_at: number;
  resolved_by: string | null;
  resolved_reason: string | null;
  decision: string | null;
  resolved_at: number | null;
}

export interface HistoriesTable {
  seq: Generated<number>;
  invoice: InvoiceId;
  at: number;
  event: string;
  detail: string;
}

export interface RefundsTable {
  seq: Generated<number>;
  store: StoreId;
  invoice: InvoiceId;
  refund_id: string;
  order_amount: string;
  gateway_amount: string;
  reason: string;
  state: RefundRow['state'];
  gateway_refund_id: string | null;
  answer: string | null;
  created_at: number;
}

export interface JobLeasesTable {
  /** Never given twice. */
  lease: Generated<number>;
  /** pg-boss's id of the job. */
  job: string;
  until: number;
  again_at: number | null;
}

/** Whose turn it is (leases/lease-table.ts); nothing of an order. */
export interface LeasesTable {
  name: string;
  holder: string;
  ends_at: number;
}

export interface JobsTable {
  /** Never used again after a job was removed: a lease is named by it. */
  n: Generated<number>;
  kind: JobKind;
  key: string;
  body: string;
  /** When it may run; while it is leased, when the lease ends. */
  due_at: number;
  leased: number;
  lease: number;
  again_at: number | null;
  attempts: number;
  note: string | null;
  dead_reason: string | null;
}
