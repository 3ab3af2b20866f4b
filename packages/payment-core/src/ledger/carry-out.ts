import { newRowId, type RandomBytes } from '../identity/identity.ts';
import type { Decision } from '../invoice/decision.ts';
import { withExceptions } from '../invoice/exception.ts';
import type { Invoice } from '../invoice/invoice.ts';
import { isLive } from '../invoice/status.ts';
import { about, closeReview, openReview } from '../review/review-item.ts';
import type { LedgerTransaction } from './ledger.ts';
import type { InstructionRow } from './rows.ts';

/** Writes an instruction and the job that carries it to the storefront. */
export const instruct = async (
  tx: LedgerTransaction,
  fields: Pick<InstructionRow, 'store' | 'orderKey' | 'invoice' | 'kind' | 'note'> &
    Partial<Pick<InstructionRow, 'claim' | 'transaction' | 'expected'>>,
  random: RandomBytes,
  now: number,
): Promise<void> => {
  const row: InstructionRow = {
    claim: null,
    transaction: null,
    expected: null,
    ...fields,
    id: newRowId(random),
    state: 'pending',
    answer: null,
    createdAt: now,
    doneAt: null,
  };
  await tx.instructions.insert(row);
  await tx.jobs.enqueue({ kind: 'tell-storefront', instruction: row.id, store: row.store }, now);
};

/** A shopper must not pay twice: what else the order has open is cancelled where the gateway can, watched elsewhere. */
const endOtherAttempts = async (tx: LedgerTransaction, winner: Invoice, now: number): Promise<void> => {
  for (const other of await tx.invoices.ofOrder(winner.store, winner.orderKey)) {
    if (other.id === winner.id || !isLive(other.status)) continue;
    await tx.invoices.update({ ...other, superseded: true });
    await tx.jobs.enqueue({ kind: 'cancel-invoice', invoice: other.id }, now);
  }
};

/**
 * The unique claim decides (invariant 3). The winner's storefront is told to settle; a second settlement of the same
 * order becomes `duplicate_payment` in front of a person and fulfils nothing.
 */
const claimOrder = async (
  tx: LedgerTransaction,
  invoice: Invoice,
  { note, expected = invoice.order }: Extract<Decision, { kind: 'settle' }>,
  random: RandomBytes,
  now: number,
): Promise<Invoice> => {
  const { store, orderKey } = invoice;
  const claim = newRowId(random);
  const holder = await tx.claims.take({
    store,
    orderKey,
    claim,
    invoice: invoice.id,
    at: now,
    state: 'held',
  });
  if (holder.claim === claim) {
    const transaction =
      invoice.transaction ?? invoice.gatewayPaymentId ?? invoice.paymentRecords[0] ?? invoice.reference;
    const settle = {
      store,
      orderKey,
      invoice: invoice.id,
      kind: 'settle',
      claim,
      transaction,
      expected,
      note,
    } as const;
    await instruct(tx, settle, random, now);
    await endOtherAttempts(tx, invoice, now);
    return invoice;
  }
  if (holder.invoice === invoice.id) return invoice;
  const detail = 'This order was paid by another payment before. Refund this one to the shopper.';
  const item = { kind: 'duplicate_payment', key: `duplicate_payment:${invoice.id}`, detail } as const;
  await openReview(tx, { ...about(invoice), ...item }, random, now);
  await instruct(tx, { store, orderKey, invoice: invoice.id, kind: 'note', note: detail }, random, now);
  return { ...invoice, exceptions: withExceptions(invoice.exceptions, ['duplicate_payment']) };
};

/** Does in this transaction what the reducer decided; answers the invoice as it has to be stored. */
export const carryOut = async (
  tx: LedgerTransaction,
  invoice: Invoice,
  decisions: readonly Decision[],
  random: RandomBytes,
  now: number,
): Promise<Invoice> => {
  let result = invoice;
  const { store, orderKey } = invoice;
  for (const decision of decisions) {
    switch (decision.kind) {
      case 'settle':
        result = await claimOrder(tx, result, decision, random, now);
        break;
      case 'hold': {
        // Somebody else's payment settled the order: holding it would undo that.
        const claimed = await tx.claims.byOrder(store, orderKey);
        const kind = claimed && claimed.state !== 'released' ? 'note' : 'hold';
        await instruct(tx, { store, orderKey, invoice: invoice.id, kind, note: decision.note }, random, now);
        break;
      }
      case 'note':
        await instruct(
          tx,
          { store, orderKey, invoice: invoice.id, kind: 'note', note: decision.note },
          random,
          now,
        );
        break;
      case 'review': {
        const { review: kind, key, detail } = decision;
        await openReview(tx, { ...about(invoice), kind, key, detail }, random, now);
        break;
      }
      case 'close': {
        const { key, reason } = decision;
        const closed = await closeReview(tx, store, key, { reason, decision: 'answered' }, now);
        const event = `review resolved: ${closed?.kind}`;
        if (closed) await tx.history.append({ invoice: invoice.id, at: now, event, detail: reason });
        break;
      }
      default: {
        const never: never = decision;
        return never;
      }
    }
  }
  return result;
};
