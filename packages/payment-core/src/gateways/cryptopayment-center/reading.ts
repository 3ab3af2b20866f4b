import type { InvoiceId } from '../../identity/identity.ts';
import type { Fact } from '../fact.ts';
import type { InvoiceHandle, ReadOutcome } from '../gateway.ts';
import { unavailableRead } from '../json-answer.ts';
import { perConfig } from '../per-config.ts';
import { type Walk, walkInvoices } from './client.ts';
import { type Connection, clockSkewMs } from './connection.ts';
import type { CryptoPaymentCenterConfig } from './contract.ts';
import { cryptoPaymentCenterFact } from './status.ts';

/** Up to so many invoices are read one by one; more are looked for in the list, 20 a call. */
const singleReads = 2;
/** Where the list breaks off, so many are read one by one and the rest is left to the next read. */
const singleReadsAfterFailure = 50;

/**
 * Where the next walk through the list begins. Kept in memory: without it a walk begins at the newest invoice, and
 * the next one goes on from there.
 */
interface Place {
  page: number;
}
const placeOf = perConfig((_config: CryptoPaymentCenterConfig): Place => ({ page: 1 }));

type Wanted = Map<string, InvoiceHandle>;
type Facts = Map<InvoiceId, readonly Fact[]>;

/** A walk that was broken off is gone on with: one that began anew each time would never reach the oldest. */
const placeAfter = (walk: Walk): number => {
  switch (walk.outcome) {
    case 'complete':
    case 'stopped':
    case 'cut':
      return 1;
    case 'failed':
      if (walk.failure.outcome === 'refused') return 1;
      // A page that fails twice, for a reason of its own, is passed over until the walk comes around again.
      return walk.had === 0 && walk.failure.reason !== 'rate-limited' ? walk.page + 1 : walk.page;
    default: {
      const never: never = walk;
      return never;
    }
  }
};

/**
 * Half as many pages as invoices at most: where the list is thinly set with what is asked, single reads are cheaper.
 * @returns whether the list could be read
 */
const readFromList = async ({ client, clock, config }: Connection, wanted: Wanted, facts: Facts) => {
  const oldest = [...wanted.values()].reduce(
    (least, handle) => Math.min(least, handle.createdAt),
    Number.POSITIVE_INFINITY,
  );
  const place = placeOf(config);
  const maxPages = Math.ceil(wanted.size / 2);
  const limits = { since: oldest - clockSkewMs, maxPages, from: place.page };
  const walk = await walkInvoices(client, clock, limits, (invoice, asOf) => {
    const handle = wanted.get(invoice.id);
    if (handle) facts.set(handle.id, [cryptoPaymentCenterFact(invoice, asOf)]);
    wanted.delete(invoice.id);
    return wanted.size === 0;
  });
  place.page = placeAfter(walk);
  return walk.outcome !== 'failed';
};

/** A missing invoice is absent, which is no fact; after any other failure the rest is left unread. */
const readOneByOne = async (
  { client, clock }: Connection,
  wanted: Wanted,
  facts: Facts,
  most = wanted.size,
) => {
  for (const [gatewayPaymentId, handle] of [...wanted].slice(0, most)) {
    const asOf = clock.now();
    const answer = await client.getInvoice(gatewayPaymentId);
    if (answer.outcome === 'ok') {
      facts.set(handle.id, [cryptoPaymentCenterFact(answer.value.invoice, asOf)]);
    } else if (answer.outcome !== 'refused' || answer.reason !== 'not-found') {
      return answer;
    }
    wanted.delete(gatewayPaymentId);
  }
  return undefined;
};

export const readInvoices = async (
  connection: Connection,
  handles: readonly InvoiceHandle[],
): Promise<ReadOutcome> => {
  const facts: Facts = new Map();
  const wanted: Wanted = new Map();
  for (const handle of handles) if (handle.gatewayPaymentId) wanted.set(handle.gatewayPaymentId, handle);
  const listed = wanted.size <= singleReads || (await readFromList(connection, wanted, facts));
  const most = listed ? wanted.size : singleReadsAfterFailure;
  const failure = await readOneByOne(connection, wanted, facts, most);
  if (failure && facts.size === 0) return unavailableRead(failure);
  const unread = new Set([...wanted.values()].map((handle) => handle.id));
  return { outcome: 'read', facts, quiet: new Set(), ...(unread.size > 0 ? { unread } : {}) };
};
