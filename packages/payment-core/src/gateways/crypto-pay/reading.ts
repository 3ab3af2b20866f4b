import { minutes } from '../../identity/clock.ts';
import type { InvoiceId } from '../../identity/identity.ts';
import type { Fact } from '../fact.ts';
import type { FindOutcome, InvoiceHandle, ReadOutcome } from '../gateway.ts';
import { unavailableRead } from '../json-answer.ts';
import { createAgeCheck } from '../newest-first.ts';
import type { Connection } from './connection.ts';
import { type CryptoPayInvoice, leastBatch, listPageSize, maxBatch } from './contract.ts';
import { created } from './creating.ts';
import { cryptoPayFact } from './status.ts';

/** Our clock and theirs may differ this much. */
const clockSkewMs = minutes(10);
const findPages = 50;

type Search =
  | { readonly outcome: 'found'; readonly invoice: CryptoPayInvoice }
  | { readonly outcome: 'absent' }
  | Extract<FindOutcome, { outcome: 'unavailable' }>;

const search = async (
  { client }: Connection,
  status: 'active' | 'paid',
  handle: InvoiceHandle,
): Promise<Search> => {
  const isTooOld = createAgeCheck(handle.createdAt - clockSkewMs);
  for (let page = 0; page < findPages; page += 1) {
    const answer = await client.getInvoices({ status, offset: page * listPageSize, count: listPageSize });
    if (answer.outcome !== 'ok') return unavailableRead(answer);
    const { invoices, size } = answer.value;
    const match = invoices.find((invoice) => invoice.payload === handle.reference);
    if (match) return { outcome: 'found', invoice: match };
    const ages = invoices.map((invoice) => isTooOld(invoice.created_at ?? null));
    if (size < listPageSize || ages.at(-1)) return { outcome: 'absent' };
  }
  return { outcome: 'unavailable', reason: 'list-too-long' };
};

/**
 * CP-9: the create call has no idempotency key, so look for our payload among the active invoices, then among the
 * paid ones: in this order a payment in between hides nothing. An expired one cannot be paid, so it need not be found.
 */
export const findInvoice = async (connection: Connection, handle: InvoiceHandle): Promise<FindOutcome> => {
  for (const status of ['active', 'paid'] as const) {
    const result = await search(connection, status, handle);
    if (result.outcome === 'found') return created(result.invoice, connection.config, connection.sandbox);
    if (result.outcome !== 'absent') return result;
  }
  return { outcome: 'absent' };
};

/** Hundreds of ids a call; an id that is missing in the answer is absent, which is no fact (CP-7). */
export const readInvoices = async (
  { client, clock }: Connection,
  handles: readonly InvoiceHandle[],
): Promise<ReadOutcome> => {
  const facts = new Map<InvoiceId, readonly Fact[]>();
  const byId = new Map<string, InvoiceId>();
  for (const { gatewayPaymentId, id } of handles) if (gatewayPaymentId) byId.set(gatewayPaymentId, id);
  const ids = [...byId.keys()];
  let size = maxBatch;
  for (let start = 0; start < ids.length; ) {
    const asOf = clock.now();
    const invoiceIds = ids.slice(start, start + size);
    const answer = await client.getInvoices({ invoiceIds, count: size });
    if (answer.outcome === 'ambiguous' && answer.reason === 'too-large' && invoiceIds.length > leastBatch) {
      size = Math.max(leastBatch, Math.floor(invoiceIds.length / 4));
      continue;
    }
    if (answer.outcome !== 'ok') {
      if (facts.size === 0) return unavailableRead(answer);
      const unread = new Set(ids.slice(start).flatMap((id) => byId.get(id) ?? []));
      return { outcome: 'read', facts, quiet: new Set(), unread };
    }
    for (const invoice of answer.value.invoices) {
      const id = byId.get(invoice.invoice_id);
      if (id) facts.set(id, [cryptoPayFact(invoice, 'api', asOf)]);
    }
    start += size;
  }
  return { outcome: 'read', facts, quiet: new Set() };
};
