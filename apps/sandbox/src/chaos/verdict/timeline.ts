import { orderKeySchema } from '@gatewright/payment-core';
import type { Entry } from '../journal.ts';
import type { Load } from '../load/run-load.ts';
import type { Stage } from '../stage.ts';

const stored = async ({ opened, store }: Stage, shopOrder: number): Promise<readonly Entry[]> => {
  const key = orderKeySchema.parse(String(shopOrder));
  return opened.ledger.transact(async (tx) => {
    const entries: Entry[] = [];
    for (const invoice of await tx.invoices.ofOrder(store, key)) {
      for (const { at, event, detail } of await tx.history.ofInvoice(invoice.id))
        entries.push({ at, text: `ledger: ${invoice.n}. invoice, ${event} (${detail})` });
      const { status, exceptions, superseded } = invoice;
      entries.push({
        at: Number.POSITIVE_INFINITY,
        text: `ledger: ${invoice.n}. invoice is ${[status, ...exceptions, ...(superseded ? ['superseded'] : [])].join(', ')}`,
      });
    }
    for (const { createdAt, kind, state, answer } of await tx.instructions.ofOrder(store, key))
      entries.push({ at: createdAt, text: `ledger: instruction ${kind}, ${state} ${answer ?? ''}` });
    for (const { openedAt, orderKey, kind, detail } of await tx.reviews.page(store, {
      state: 'open',
      limit: 1_000_000,
    }))
      if (orderKey === key) entries.push({ at: openedAt, text: `ledger: review ${kind} (${detail})` });
    return entries;
  });
};

const clockText = (ms: number): string => {
  if (!Number.isFinite(ms)) return '   end';
  const seconds = Math.floor(ms / 1_000);
  return `${String(Math.floor(seconds / 60)).padStart(3)}:${String(seconds % 60).padStart(2, '0')}`;
};

/** What happened around one order, on the simulators' clock: the harness's deeds, kills, and the ledger's own words. */
export const timelineOf = async (stage: Stage, load: Load, order: number): Promise<readonly string[]> => {
  const { journal, shop, startedAt } = stage;
  const shopOrder = load.deeds.get(order)?.shopOrder ?? null;
  const known = [...journal.about(order), ...(shopOrder === null ? [] : await stored(stage, shopOrder))];
  const first = Math.min(...known.map(({ at }) => at));
  const kills = journal.general().filter(({ at }) => at >= first);
  const lines = [...known, ...kills]
    .sort((a, b) => a.at - b.at)
    .map(({ at, text }) => `${clockText(at - startedAt)} ${text}`);
  const status = shopOrder === null ? 'never placed' : (shop.orders(shopOrder)?.status ?? 'gone');
  return [...lines, `   end the shop's order ${shopOrder ?? ''} is ${status}`];
};
