import type { ConnectedAccount } from '../account/connect.ts';
import type { InvoiceHandle } from '../gateways/gateway.ts';
import type { Invoice } from '../invoice/invoice.ts';
import { end } from '../invoice/on-unpaid.ts';
import { applyFact } from '../ledger/apply-facts.ts';
import type { Ports } from '../ports.ts';
import { about, openReview } from '../review/review-item.ts';
import { nextReadAt } from './schedule.ts';

export type ReadResult =
  | { readonly outcome: 'read'; readonly found: number; readonly absent: number; readonly unread: number }
  | { readonly outcome: 'unavailable'; readonly reason: string; readonly retryAfterMs?: number }
  | { readonly outcome: 'unreadable' };

export const handleOf = (invoice: Invoice): InvoiceHandle => ({
  id: invoice.id,
  reference: invoice.reference,
  gatewayPaymentId: invoice.gatewayPaymentId,
  paymentRecords: invoice.paymentRecords,
  quoted: invoice.quoted,
  received: invoice.received,
  method: invoice.method,
  createdAt: invoice.createdAt,
  expiresAt: invoice.expiresAt,
});

/** The gateway answered and said nothing of it: absence is no fact, but a person should know (invariant 2). */
const reportAbsent = (
  ports: Ports,
  { account, gateway }: ConnectedAccount,
  invoice: Invoice,
  startedAt: number,
  now: number,
) =>
  ports.ledger.transact(async (tx) => {
    const current = await tx.invoices.byId(invoice.id);
    if (!current || current.account !== account.id) return;
    const lastReadAt = Math.max(current.lastReadAt ?? 0, startedAt);
    const next = { ...current, lastReadAt };
    await tx.invoices.update({ ...next, nextReadAt: nextReadAt(next, gateway.capabilities, now) });
    // A list of recent payments forgets old ones; only a look-up by id makes absence strange.
    if (gateway.capabilities.poll !== 'id' || current.status === 'canceled') return;
    const detail = `${gateway.title} no longer knows this invoice. Check the account's credentials and the payment at the gateway.`;
    const key = `absent_at_gateway:${current.id}`;
    await openReview(tx, { ...about(current), kind: 'absent_at_gateway', key, detail }, ports.random, now);
  });

/** The gateway keeps nothing before money comes and a complete look found none: after the expiry that ends the attempt. */
const reportQuiet = (
  ports: Ports,
  { gateway }: ConnectedAccount,
  invoice: Invoice,
  startedAt: number,
  now: number,
) =>
  ports.ledger.transact(async (tx) => {
    const current = await tx.invoices.byId(invoice.id);
    if (!current) return;
    const expired =
      startedAt >= current.expiresAt && (current.status === 'open' || current.status === 'creating');
    const ended = expired
      ? end(current, 'expired', 'no payment at a complete read after the expiry').invoice
      : current;
    const next = { ...ended, lastReadAt: Math.max(current.lastReadAt ?? 0, startedAt) };
    await tx.invoices.update({ ...next, nextReadAt: nextReadAt(next, gateway.capabilities, now) });
    if (expired) {
      await tx.history.append({
        invoice: current.id,
        at: now,
        event: `${current.status} → expired`,
        detail: 'no payment at a complete read after the expiry',
      });
    }
  });

/** What was leased and not reached is due again as of `dueAt`, so the next round has it first; news since then stays. */
export const putBack = (ports: Ports, leased: readonly Invoice[], dueAt: number): Promise<void> =>
  ports.ledger.transact(async (tx) => {
    for (const { id, nextReadAt: leaseEnd } of leased) {
      const current = await tx.invoices.byId(id);
      if (current && leaseEnd !== null && current.nextReadAt === leaseEnd)
        await tx.invoices.update({ ...current, nextReadAt: dueAt });
    }
  });

/**
 * `together` at a time, so that a ledger that groups its commits makes one of them; each has a transaction of its own.
 * A bug met in one ends the work, but not before the others have let go of the ledger.
 */
const eachOf = async (
  invoices: readonly Invoice[],
  together: number,
  work: (invoice: Invoice) => Promise<void>,
): Promise<void> => {
  for (let from = 0; from < invoices.length; from += together) {
    const ends = await Promise.allSettled(invoices.slice(from, from + together).map(work));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }
};

/**
 * Reads invoices of one account in as few calls as the gateway allows and applies what it says, by the same code as webhooks.
 * @param together how many are written at the same time; 1 makes the order of all writes certain
 */
export const readInvoices = async (
  ports: Ports,
  connected: ConnectedAccount,
  invoices: readonly Invoice[],
  together = 1,
): Promise<ReadResult> => {
  const { calls } = connected;
  if (!calls.readInvoices) return { outcome: 'unreadable' };
  const startedAt = ports.clock.now();
  const answer = await calls.readInvoices(invoices.map(handleOf));
  if (answer.outcome === 'unavailable') return answer;
  let found = 0;
  const unread: Invoice[] = [];
  await eachOf(invoices, together, async (invoice) => {
    const facts = answer.facts.get(invoice.id) ?? [];
    for (const fact of facts) await applyFact(ports, connected, fact);
    if (facts.length > 0) found += 1;
    else if (answer.unread?.has(invoice.id)) unread.push(invoice);
    else if (answer.quiet.has(invoice.id))
      await reportQuiet(ports, connected, invoice, startedAt, ports.clock.now());
    else await reportAbsent(ports, connected, invoice, startedAt, ports.clock.now());
  });
  if (unread.length > 0) await putBack(ports, unread, startedAt);
  return {
    outcome: 'read',
    found,
    absent: invoices.length - found - unread.length,
    unread: unread.length,
  };
};
