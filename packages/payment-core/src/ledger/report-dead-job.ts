import { silenceItem } from '../fulfilment/dispatch.ts';
import type { InvoiceId } from '../identity/identity.ts';
import { isLive } from '../invoice/status.ts';
import type { Ports } from '../ports.ts';
import { isSilent } from '../reconcile/watch.ts';
import { unknownRefund } from '../refund/unknown-refund.ts';
import { about, openReview, type ReviewItem } from '../review/review-item.ts';
import { type Job, jobKey } from './job.ts';
import type { LedgerTransaction } from './ledger.ts';

type Found = Promise<ReviewItem | undefined>;
type Given<Kind extends Job['kind']> = Extract<Job, { kind: Kind }>;

const again = '`gatewright jobs list --dead` names it, `gatewright jobs retry` has it done again.';

/** Of work that no other kind of item tells of. Open items are unique by key: given up again, it says nothing twice. */
const givenUp = (job: Job, detail: string) =>
  ({ kind: 'job_failed', key: `job_failed:${jobKey(job)}`, detail: `${detail} ${again}` }) as const;

const deadEvent = async (tx: LedgerTransaction, ports: Ports, inbox: string, reason: string): Found => {
  const row = await tx.inbox.byId(inbox);
  const account = row && (await ports.directory.account(row.account));
  if (!row || !account) return undefined;
  await tx.inbox.setState(inbox, 'failed', reason);
  const detail = `A message of ${row.gateway} could not be applied (${reason}). It is kept and can be applied again.`;
  const key = `event_failed:${inbox}`;
  return { store: account.store, account: row.account, kind: 'event_failed', key, detail };
};

const deadSearch = async (tx: LedgerTransaction, id: InvoiceId, reason: string): Found => {
  const invoice = await tx.invoices.byId(id);
  if (invoice?.status !== 'creating') return undefined;
  const detail = `The gateway may have made invoice ${invoice.reference}, and looking for it failed each time (${reason}). Look for a payment with this reference there.`;
  return { ...about(invoice), kind: 'create_ambiguous', key: `create_ambiguous:${id}`, detail };
};

const deadRead = async (tx: LedgerTransaction, job: Given<'read-invoice'>, reason: string): Found => {
  const invoice = await tx.invoices.byId(job.invoice);
  if (!invoice) return undefined;
  const detail = `The gateway was to be asked about invoice ${invoice.reference} and could not be (${reason}): money on it may not be known here. Look at the payment there.`;
  return { ...about(invoice), ...givenUp(job, detail) };
};

const deadWatch = async (tx: LedgerTransaction, job: Given<'no-news'>, reason: string): Found => {
  const invoice = await tx.invoices.byId(job.invoice);
  if (!invoice || !isSilent(invoice)) return undefined;
  const detail = `Invoice ${invoice.reference} is past its expiry without news, and nobody could be told in the usual way (${reason}). The gateway cannot be asked: look at the payment there, then accept or close it.`;
  return { ...about(invoice), ...givenUp(job, detail) };
};

const deadCancel = async (tx: LedgerTransaction, job: Given<'cancel-invoice'>, reason: string): Found => {
  const invoice = await tx.invoices.byId(job.invoice);
  if (!invoice || !isLive(invoice.status)) return undefined;
  const detail = `Invoice ${invoice.reference} was to be cancelled at the gateway and could not be (${reason}): it can still be paid there. Cancel it there by hand; money that comes all the same will stand here.`;
  return { ...about(invoice), ...givenUp(job, detail) };
};

const deadEnd = async (tx: LedgerTransaction, job: Given<'end-order'>, reason: string): Found => {
  const { store, orderKey } = job;
  const claim = await tx.claims.byOrder(store, orderKey);
  const order = await tx.orders.byKey(store, orderKey);
  if (order?.state !== 'open' || (claim && claim.state !== 'released')) return undefined;
  const detail = `Order ${orderKey} was to be ended at its deadline and could not be (${reason}): it stays open in the shop, unpaid. Look at its payments, then cancel it there by hand.`;
  return { store, orderKey, ...givenUp(job, detail) };
};

/** A person ends it as any other refund of which nothing is known; until then no other one starts (invariant 11). */
const deadRefund = async (tx: LedgerTransaction, job: Given<'check-refund'>, reason: string): Found => {
  const row = await tx.refunds.byId(job.invoice, job.refundId);
  if (row?.state !== 'sending') return undefined;
  return unknownRefund(
    tx,
    row,
    `A refund was broken off, and looking after it failed each time (${reason}). It may have been made: look at the payment at the gateway before refunding again.`,
  );
};

const itemFor = async (tx: LedgerTransaction, ports: Ports, job: Job, reason: string): Found => {
  switch (job.kind) {
    case 'apply-event':
      return deadEvent(tx, ports, job.inbox, reason);
    case 'tell-storefront': {
      const row = await tx.instructions.byId(job.instruction);
      return row && silenceItem(row, reason);
    }
    case 'follow-order': {
      const { store, orderKey } = job;
      const detail = `The shop changed order ${orderKey} and could not be asked what it is now (${reason}). If the order was cancelled or refunded there, cancel its open payment by hand.`;
      return { store, orderKey, kind: 'storefront_unreachable', key: `follow-order:${orderKey}`, detail };
    }
    case 'find-invoice':
      return deadSearch(tx, job.invoice, reason);
    case 'read-invoice':
      return deadRead(tx, job, reason);
    case 'no-news':
      return deadWatch(tx, job, reason);
    case 'cancel-invoice':
      return deadCancel(tx, job, reason);
    case 'end-order':
      return deadEnd(tx, job, reason);
    case 'check-refund':
      return deadRefund(tx, job, reason);
    default: {
      const never: never = job;
      return never;
    }
  }
};

/**
 * An exhausted job ends in front of a person, never in silence (invariant 14): what was not done, what follows from it
 * and what helps. No item for work that has become pointless meanwhile.
 * @param reason a word, never the text of an exception
 */
export const reportDeadJob = (ports: Ports, job: Job, reason: string): Promise<void> =>
  ports.ledger.transact(async (tx) => {
    const item = await itemFor(tx, ports, job, reason);
    if (item) await openReview(tx, item, ports.random, ports.clock.now());
  });
