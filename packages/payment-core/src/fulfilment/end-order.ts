import { connectAccount } from '../account/connect.ts';
import { creatingLeaseMs } from '../checkout/attempt.ts';
import { recordAmbiguous } from '../checkout/record-ambiguous.ts';
import { minutes } from '../identity/clock.ts';
import type { OrderKey, StoreId } from '../identity/identity.ts';
import type { Invoice } from '../invoice/invoice.ts';
import { isLive } from '../invoice/status.ts';
import { instruct } from '../ledger/carry-out.ts';
import type { JobResult } from '../ledger/job.ts';
import type { Ports } from '../ports.ts';
import { readInvoices } from '../reconcile/read-invoices.ts';

/**
 * May the storefront give this order up? `unknown` keeps it: money may be on its way, or nobody could look
 * (invariant 9; the hold-stock guard of bridge-api.md).
 */
export type MayCancel = 'yes' | 'no' | 'unknown';

const mayEnd = (attempts: readonly Invoice[], now: number): MayCancel => {
  if (attempts.some((attempt) => attempt.status === 'processing' || attempt.status === 'settled'))
    return 'no';
  if (attempts.some((attempt) => isLive(attempt.status) && attempt.expiresAt <= now)) return 'unknown';
  return attempts.some((attempt) => isLive(attempt.status)) ? 'no' : 'yes';
};

export const mayCancelOrder = (ports: Ports, store: StoreId, orderKey: OrderKey): Promise<MayCancel> =>
  ports.ledger.transact(async (tx) => {
    const claim = await tx.claims.byOrder(store, orderKey);
    if (claim && claim.state !== 'released') return 'no';
    return mayEnd(await tx.invoices.ofOrder(store, orderKey), ports.clock.now());
  });

/** Some process is asking the gateway for it, or died before it could write down the answer, or that there was none. */
const isBeingCreated = (ports: Ports, { status, ambiguous, gateway }: Invoice): boolean =>
  status === 'creating' && !ambiguous && ports.gateway(gateway) !== undefined;

/** What can be read is read, so that an expiry the gateway knows of is known here (invariant 10). */
const readLive = async (ports: Ports, attempts: readonly Invoice[]): Promise<void> => {
  for (const attempt of attempts.filter((candidate) => isLive(candidate.status))) {
    if (isBeingCreated(ports, attempt)) {
      const gateway = ports.gateway(attempt.gateway);
      if (gateway && ports.clock.now() >= attempt.createdAt + creatingLeaseMs)
        await recordAmbiguous(ports, gateway, attempt, 'the checkout was broken off');
      continue;
    }
    const connection = await connectAccount(ports, attempt.account);
    if (connection.ok) await readInvoices(ports, connection.connected, [attempt]);
  }
};

/** The order needs this job no more. An attempt does: nobody else looks whether the process that creates it is alive. */
const endOfJob = (ports: Ports, attempts: readonly Invoice[]): JobResult => {
  const [youngest] = attempts.filter((attempt) => isBeingCreated(ports, attempt)).toReversed();
  if (!youngest) return { done: true };
  const again = Math.max(1, youngest.createdAt + creatingLeaseMs - ports.clock.now());
  return { done: false, again, reason: 'an attempt is being created' };
};

/**
 * The order's own deadline: with no attempt live or unread it ends, else it waits. One that cannot be read keeps the
 * order until a person closes it (invariants 9 and 10).
 */
export const endOrder = async (ports: Ports, store: StoreId, orderKey: OrderKey): Promise<JobResult> => {
  const before = await ports.ledger.transact((tx) => tx.invoices.ofOrder(store, orderKey));
  await readLive(ports, before);
  return ports.ledger.transact(async (tx): Promise<JobResult> => {
    const now = ports.clock.now();
    const order = await tx.orders.byKey(store, orderKey);
    const claim = await tx.claims.byOrder(store, orderKey);
    const attempts = await tx.invoices.ofOrder(store, orderKey);
    if (order?.state !== 'open' || (claim && claim.state !== 'released')) return endOfJob(ports, attempts);
    if (now < order.deadline)
      return { done: false, again: order.deadline - now, reason: 'deadline-not-reached' };
    const verdict = mayEnd(attempts, now);
    if (attempts.some((attempt) => attempt.status === 'processing' || attempt.status === 'settled'))
      return endOfJob(ports, attempts);
    if (verdict !== 'yes') return { done: false, again: minutes(5), reason: 'an attempt is live or unread' };
    await tx.orders.put({ ...order, state: 'ended' });
    const note = 'Not paid in time. Every payment attempt has ended.';
    await instruct(
      tx,
      { store, orderKey, invoice: attempts.at(-1)?.id ?? null, kind: 'cancel', note },
      ports.random,
      now,
    );
    return { done: true };
  });
};
