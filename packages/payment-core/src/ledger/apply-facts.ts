import type { ConnectedAccount } from '../account/connect.ts';
import { eventKey } from '../gateways/event-key.ts';
import type { Fact } from '../gateways/fact.ts';
import type { Invoice } from '../invoice/invoice.ts';
import type { Ports } from '../ports.ts';
import type { FrozenRate } from '../rates/rate-source.ts';
import { nextReadAt } from '../reconcile/schedule.ts';
import { carryOut } from './carry-out.ts';
import { judgeFact } from './judge-fact.ts';
import type { LedgerTransaction } from './ledger.ts';

export type Applied =
  | { readonly outcome: 'applied'; readonly invoice: Invoice; readonly because: string }
  /** The same signed fact was applied to this invoice before. */
  | { readonly outcome: 'known'; readonly invoice: Invoice }
  | { readonly outcome: 'unmatched' }
  /** Somebody else changed the invoice meanwhile: run again. */
  | { readonly outcome: 'conflict' };

/** Scoped by account, hence by store (invariant 6): the gateway's id first, our own reference where it gave none yet. */
export const invoiceOfFact = async (
  tx: LedgerTransaction,
  account: Invoice['account'],
  fact: Pick<Fact, 'gatewayPaymentId' | 'reference'>,
): Promise<Invoice | undefined> => {
  const byId =
    fact.gatewayPaymentId && (await tx.invoices.byGatewayPaymentId(account, fact.gatewayPaymentId));
  if (byId) return byId;
  return fact.reference === null ? undefined : tx.invoices.byReference(account, fact.reference);
};

/** Note of an inbox row whose invoice became known after it. */
export const matchedLater = 'matched later';

/** An event may come before the answer of the create call that names its payment (NFT-3). */
export const applyUnmatchedAgain = async (
  tx: LedgerTransaction,
  invoice: Invoice,
  now: number,
): Promise<void> => {
  for (const row of await tx.inbox.unmatched(invoice.account, invoice.gatewayPaymentId, invoice.reference)) {
    await tx.inbox.setState(row.id, 'pending', matchedLater);
    await tx.jobs.enqueue({ kind: 'apply-event', inbox: row.id }, now);
  }
};

/** The rate that values a payment whose amount the gateway decides; asked for outside the transaction (NFT-1). */
const valuationFor = async (
  ports: Ports,
  { account, gateway }: ConnectedAccount,
  fact: Fact,
): Promise<FrozenRate | undefined> => {
  if (!gateway.capabilities.quoteAtPayment || gateway.settlementCurrency === null) return undefined;
  if (fact.status !== 'paid' && fact.status !== 'processing') return undefined;
  const invoice = await ports.ledger.transact((tx) => invoiceOfFact(tx, account.id, fact));
  // Valued at the first receipt or by a person: a rate that comes back later values nothing.
  if (!invoice || invoice.valuation !== null || invoice.firstReceiptAt !== null) return undefined;
  return ports.rates.rate(gateway.settlementCurrency, invoice.order.currency, ports.clock.now());
};

/** The job that ends the order leaves it to the money that was seen; without the money it is wanted again. */
const endOrderAgain = async (tx: LedgerTransaction, { store, orderKey }: Invoice, now: number) => {
  const order = await tx.orders.byKey(store, orderKey);
  if (order?.state !== 'open') return;
  await tx.jobs.enqueue({ kind: 'end-order', store, orderKey }, Math.max(now, order.deadline));
};

const applyInTransaction = async (
  ports: Ports,
  tx: LedgerTransaction,
  connected: ConnectedAccount,
  fact: Fact,
  valuation: FrozenRate | undefined,
): Promise<Applied> => {
  const now = ports.clock.now();
  const { account, gateway } = connected;
  const before = await invoiceOfFact(tx, account.id, fact);
  if (!before) return { outcome: 'unmatched' };
  // A read repeats its words while time passes, so only a signed fact can be a redelivery.
  const isNew = await tx.facts.remember(account.id, eventKey(fact), before.id, now);
  if (!isNew && fact.authority === 'signed') return { outcome: 'known', invoice: before };
  const reduction = await judgeFact(tx, connected, before, fact, valuation, now);
  const decided = await carryOut(tx, reduction.invoice, reduction.decisions, ports.random, now);
  const read = fact.authority === 'api' ? { lastReadAt: Math.max(decided.lastReadAt ?? 0, fact.asOf) } : {};
  const next = { ...decided, ...read };
  const stored = {
    ...next,
    nextReadAt: reduction.readAgainAt ?? nextReadAt(next, gateway.capabilities, now),
  };
  if (!(await tx.invoices.update(stored))) return { outcome: 'conflict' };
  if (before.status === 'processing' && stored.status !== 'processing' && stored.status !== 'settled')
    await endOrderAgain(tx, stored, now);
  if (before.gatewayPaymentId !== stored.gatewayPaymentId) await applyUnmatchedAgain(tx, stored, now);
  if (reduction.decisions.length > 0 || before.status !== stored.status) {
    const detail = `${fact.authority} "${fact.wireStatus.slice(0, 60)}": ${reduction.because}`;
    await tx.history.append({
      invoice: stored.id,
      at: now,
      event: `${before.status} → ${stored.status}`,
      detail,
    });
  }
  return {
    outcome: 'applied',
    invoice: { ...stored, version: stored.version + 1 },
    because: reduction.because,
  };
};

class Conflict extends Error {}

/**
 * Applies one fact: fact, invoice, claim, instruction and review in one transaction (invariant 1), each signed fact at
 * most once. Hints must have been turned into reads before.
 */
export const applyFact = async (ports: Ports, connected: ConnectedAccount, fact: Fact): Promise<Applied> => {
  const valuation = await valuationFor(ports, connected, fact);
  for (let attempt = 0; attempt < 5; attempt += 1) {
    try {
      return await ports.ledger.transact(async (tx) => {
        const applied = await applyInTransaction(ports, tx, connected, fact, valuation);
        if (applied.outcome === 'conflict') throw new Conflict();
        return applied;
      });
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
    }
  }
  return { outcome: 'conflict' };
};
