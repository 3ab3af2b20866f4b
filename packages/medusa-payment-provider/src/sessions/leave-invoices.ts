import { equalDecimal, type Invoice, minutes, type OrderKey, orderKeySchema } from '@gatewright/payment-core';
import type { SqlLedger, SqlTransaction } from '@gatewright/payment-ledger';
import * as z from 'zod';
import { medusaStoreId } from '../settings/medusa-settings.ts';
import type { SessionRow } from './session-book.ts';
import { sessionsIn } from './session-table.ts';

/** Medusa makes the next session while it deletes the last one, so who wants an invoice is only known a little later. */
const patienceMs = minutes(1);

/** Orders in one round. */
const most = 100;

/** Remembers to look, in the transaction that lost a session. */
export const leaveSoon = async (
  { sql }: Pick<SqlTransaction, 'sql'>,
  orderKey: OrderKey,
  now: number,
): Promise<void> => {
  await sql`insert into medusa_leavings (order_key, due_at) values (${orderKey}, ${now + patienceMs})
    on conflict (order_key) do update set due_at = excluded.due_at`;
};

/** No money has been seen on it, so its gateway can be asked to take it back. */
const isUnpaid = ({ status, superseded }: Invoice): boolean =>
  (status === 'open' || status === 'creating') && !superseded;

const wants = ({ state, account, amount }: SessionRow, invoice: Invoice): boolean =>
  state === 'living' &&
  account === invoice.account &&
  amount.currency === invoice.order.currency &&
  equalDecimal(amount.amount, invoice.order.amount);

/** Marked like an attempt that another one took the place of: cancelled where that is possible, watched all the same. */
const leave = async (tx: SqlTransaction, orderKey: OrderKey, now: number): Promise<number> => {
  const sessions = await sessionsIn(tx).ofOrder(orderKey);
  const attempts = await tx.invoices.ofOrder(medusaStoreId, orderKey);
  const left = attempts.filter(
    (invoice) => isUnpaid(invoice) && !sessions.some((session) => wants(session, invoice)),
  );
  for (const invoice of left) {
    await tx.invoices.update({ ...invoice, superseded: true });
    await tx.jobs.enqueue({ kind: 'cancel-invoice', invoice: invoice.id }, now);
    await tx.history.append({
      invoice: invoice.id,
      at: now,
      event: 'session gone',
      detail: 'the shopper left this payment; it is cancelled where the gateway can, and watched',
    });
  }
  await tx.sql`delete from medusa_leavings where order_key = ${orderKey}`;
  return left.length;
};

const dueSchema = z.object({ order_key: orderKeySchema });

/** Leaves the invoices that no living session wants any more. @returns how many */
export const leaveInvoices = async (ledger: SqlLedger, now: number): Promise<number> => {
  const due = await ledger.transact(
    ({ sql }) =>
      sql`select order_key from medusa_leavings where due_at <= ${now} order by due_at limit ${most}`,
  );
  let left = 0;
  for (const row of due) {
    const { order_key: orderKey } = dueSchema.parse(row);
    left += await ledger.transact((tx) => leave(tx, orderKey, now));
  }
  return left;
};
