import {
  type ClaimRow,
  connectAccount,
  type InstructionRow,
  type Invoice,
  isLive,
  type MedusaSessionStatus,
  type Money,
  type OrderRow,
  readInvoices,
  seconds,
  toMedusa,
} from '@gatewright/payment-core';
import type { MedusaEngine } from '../engine/engine.ts';
import { sameMoney } from '../fulfilment/judge-settling.ts';
import type { SessionRow } from '../sessions/session-book.ts';

/** How the payment of a session stands. */
export interface Standing {
  readonly status: MedusaSessionStatus;
  /** The attempt that this says; undefined before there is one. */
  readonly invoice: Invoice | undefined;
}

interface Rows {
  readonly order: OrderRow | undefined;
  readonly attempts: readonly Invoice[];
  /** What holds the order: the payment, and how much of the order it stands for. */
  readonly paid: { readonly invoice: Invoice; readonly amount: Money } | undefined;
}

/**
 * The amount that the settlement was told with: the invoice's, or what a person accepted the money for (a changed
 * total, gateways.md 11.7).
 */
const paidBy = (
  claim: ClaimRow | undefined,
  attempts: readonly Invoice[],
  told: readonly InstructionRow[],
): Rows['paid'] => {
  const invoice = attempts.find(({ id }) => id === claim?.invoice);
  if (claim === undefined || claim.state === 'released' || invoice?.status !== 'settled') return undefined;
  const settle = told.findLast((row) => row.kind === 'settle' && row.claim === claim.claim);
  return { invoice, amount: settle?.expected ?? invoice.order };
};

const readRows = (engine: MedusaEngine, { orderKey }: SessionRow): Promise<Rows> => {
  const store = engine.settings.store.id;
  return engine.ledger.transact(async (tx) => {
    const attempts = await tx.invoices.ofOrder(store, orderKey);
    const claim = await tx.claims.byOrder(store, orderKey);
    const told = await tx.instructions.ofOrder(store, orderKey);
    return {
      order: await tx.orders.byKey(store, orderKey),
      attempts,
      paid: paidBy(claim, attempts, told),
    };
  });
};

/** `captured` only for this very account and amount (contract 4.3): Medusa books the session's whole amount then. */
const isPaid = (row: SessionRow, { paid }: Rows): boolean =>
  paid !== undefined && paid.invoice.account === row.account && sameMoney(paid.amount, row.amount);

const attemptOf = (row: SessionRow, rows: Rows): Invoice | undefined => {
  if (isPaid(row, rows)) return rows.paid?.invoice;
  const own = rows.attempts.filter(
    ({ account, order }) => account === row.account && sameMoney(order, row.amount),
  );
  return own.findLast(({ status }) => isLive(status)) ?? own.at(-1);
};

/** While the order is open the shopper can pay on its page, whatever became of the last attempt. */
const canBePaid = ({ order }: Rows, now: number): boolean =>
  order === undefined || (order.state === 'open' && now < order.deadline);

const waiting = ({ timing }: SessionRow): MedusaSessionStatus =>
  timing === 'before_payment' ? 'pending_authorization' : 'requires_more';

/** Less money than asked is never enough; more is noted with the invoice. */
const judge = (
  row: SessionRow,
  rows: Rows,
  invoice: Invoice | undefined,
  now: number,
): MedusaSessionStatus => {
  if (isPaid(row, rows)) return 'captured';
  if (invoice === undefined) return canBePaid(rows, now) ? waiting(row) : 'canceled';
  switch (invoice.status) {
    case 'settled':
      return 'requires_more';
    case 'creating':
    case 'open':
    case 'expired':
    case 'canceled':
    case 'failed':
      return canBePaid(rows, now) ? waiting(row) : 'canceled';
    case 'processing': {
      const { session } = toMedusa(invoice.status, invoice.exceptions, row.timing);
      return session === 'pending' ? waiting(row) : session;
    }
    default: {
      const never: never = invoice.status;
      return never;
    }
  }
};

/** What was read a moment ago is not asked for again: a return page asks every few seconds. */
const freshMs = seconds(10);
/** A shopper waits for the answer. */
const patienceMs = seconds(8);

const isStale = ({ status, lastReadAt }: Invoice, now: number): boolean =>
  (status === 'open' || status === 'processing') && now >= (lastReadAt ?? 0) + freshMs;

/** The webhook may have been lost, so the gateway is asked; its answer is applied by the same code as a webhook. */
const readAgain = async (engine: MedusaEngine, invoice: Invoice): Promise<void> => {
  const connection = await connectAccount(engine.ports, invoice.account);
  if (!connection.ok) return;
  const reading = readInvoices(engine.ports, connection.connected, [invoice]).catch(() => {
    engine.log.warn(`Gatewright: the invoice ${invoice.id} could not be read.`);
  });
  await Promise.race([reading, engine.host.sleep(patienceMs)]);
  engine.kick();
};

/** From the ledger, and from the gateway where the last look is old. Never from what a webhook or a shopper says. */
export const standingOf = async (engine: MedusaEngine, row: SessionRow): Promise<Standing> => {
  const { clock } = engine.ports;
  const before = await readRows(engine, row);
  const known = attemptOf(row, before);
  if (known === undefined || !isStale(known, clock.now()))
    return { status: judge(row, before, known, clock.now()), invoice: known };
  await readAgain(engine, known);
  const rows = await readRows(engine, row);
  const invoice = attemptOf(row, rows);
  return { status: judge(row, rows, invoice, clock.now()), invoice };
};
