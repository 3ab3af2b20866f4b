import { type OrderKey, orderKeySchema } from '@gatewright/payment-core';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { callBridge, keyOf } from './support/plugin-call.ts';
import { openShop, type Shop, startWorld, type World } from './support/world.ts';

const page = z.object({
  items: z.array(z.object({ id: z.string(), order: z.string().nullable(), lost: z.boolean() })),
  total: z.number(),
  more: z.number(),
});

const openReviews = (
  world: World,
  { store }: Shop,
  count: number,
  orderKey: (at: number) => OrderKey | null,
) =>
  world.bridge.ports.ledger.transact(async (tx) => {
    for (let at = 0; at < count; at += 1)
      await tx.reviews.open({
        id: `rev-${String(at).padStart(3, '0')}`,
        store,
        account: null,
        invoice: null,
        orderKey: orderKey(at),
        kind: 'unmatched',
        key: `key-${at}`,
        detail: 'x',
        openedAt: 1_795_248_830_000 + at,
        resolution: null,
      });
  });

test('a long list comes in pages, the newest first, and says how much is left', async () => {
  const world = await startWorld();
  const shop = await openShop(world);
  const key = await keyOf(world, shop.store);
  await openReviews(world, shop, 130, (at) => (at % 2 === 0 ? null : orderKeySchema.parse(String(at))));
  const ask = async (query = '') =>
    page.parse((await callBridge(world, key, 'GET', `/v1/attention${query}`)).body);

  const first = await ask();
  expect([first.items.length, first.total, first.more]).toEqual([50, 130, 80]);
  expect(first.items.slice(0, 2)).toEqual([
    { id: 'rev-129', order: '129', lost: false },
    { id: 'rev-128', order: null, lost: false },
  ]);
  const seen = first.items.map(({ id }) => id);
  for (let more = first.more; more > 0; ) {
    const next = await ask(`?after=${seen.at(-1)}`);
    seen.push(...next.items.map(({ id }) => id));
    more = next.more;
  }
  expect(new Set(seen).size).toBe(130);
  expect((await ask('?limit=7')).items).toHaveLength(7);
  // An item that is none of this store's: from the start again rather than nothing.
  expect((await ask('?after=rev-gone')).items[0]?.id).toBe('rev-129');
});

test.each(['?limit=0', '?limit=101', '?limit=x', '?limit=5&limit=6', `?after=${'x'.repeat(65)}`])(
  '%s is malformed',
  async (query) => {
    const world = await startWorld();
    const { store } = await openShop(world);
    const answer = await callBridge(world, await keyOf(world, store), 'GET', `/v1/attention${query}`);
    expect(answer).toMatchObject({ status: 400, body: { code: 'malformed' } });
  },
);
