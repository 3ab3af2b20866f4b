import type { RegisteredGateway } from '../gateways/registry.ts';
import { minutes } from '../identity/clock.ts';
import type { RandomBytes } from '../identity/identity.ts';
import type { Invoice } from '../invoice/invoice.ts';
import type { LedgerTransaction } from '../ledger/ledger.ts';
import type { Ports } from '../ports.ts';
import { nextReadAt } from '../reconcile/schedule.ts';
import { about, openReview } from '../review/review-item.ts';

/**
 * Nobody knows whether the gateway made it: it may hold a payable invoice, so the attempt is watched, not forgotten
 * (TP-6, CP-9). It is looked for where the gateway finds references, read where it can be read by ours, and else told
 * to a person. Nothing happens to an attempt that is known to the gateway or known to be lost already.
 */
export const noteAmbiguous = async (
  tx: LedgerTransaction,
  { title, capabilities }: RegisteredGateway,
  current: Invoice,
  reason: string,
  random: RandomBytes,
  now: number,
): Promise<void> => {
  if (current.status !== 'creating') return;
  const next = { ...current, ambiguous: true, superseded: true };
  await tx.invoices.update({ ...next, nextReadAt: nextReadAt(next, capabilities, now) });
  await tx.history.append({ invoice: current.id, at: now, event: 'create unanswered', detail: reason });
  if (capabilities.findByReference) {
    await tx.jobs.enqueue({ kind: 'find-invoice', invoice: current.id }, now + minutes(1));
    return;
  }
  const detail = `${title} did not answer when invoice ${current.reference} was created. If a payment with this reference shows up there, it is taken over automatically.`;
  const key = `create_ambiguous:${current.id}`;
  await openReview(tx, { ...about(current), kind: 'create_ambiguous', key, detail }, random, now);
};

/** {@link noteAmbiguous} in a transaction of its own, as the invoice is by then. */
export const recordAmbiguous = (
  ports: Ports,
  gateway: RegisteredGateway,
  { id }: Invoice,
  reason: string,
): Promise<void> =>
  ports.ledger.transact(async (tx) => {
    const current = await tx.invoices.byId(id);
    if (current) await noteAmbiguous(tx, gateway, current, reason, ports.random, ports.clock.now());
  });
