import {
  currencyCodeSchema,
  decimalSchema,
  hours,
  orderKeySchema,
  pageIdSchema,
  seconds,
} from '@gatewright/payment-core';
import { expect, test } from 'vitest';
import { begun } from '../src/sessions/session-book.ts';
import { installShop, startWorld } from './support/world.ts';

test('more pending payments than one round looks at are looked at in turn', async () => {
  const world = await startWorld();
  const { row } = await installShop(world);
  const { sessions, ports } = world.app();
  const now = ports.clock.now();
  const total = { amount: decimalSchema.parse('1.00'), currency: currencyCodeSchema.parse('USD') };
  const count = 450;
  const groupOf = (n: number) => orderKeySchema.parse(`group-${n}`);
  for (let n = 0; n < count; n += 1) {
    const id = `pending-${n}`;
    await sessions.begin({
      ...{
        id,
        gid: `gid://shopify/PaymentSession/${id}`,
        shop: row.domain,
        store: row.test,
        group: groupOf(n),
      },
      ...{ kind: 'sale', amount: total, cancelUrl: 'https://annas.myshopify.com/', merchantLocale: null },
      ...{ page: pageIdSchema.parse(String(n).padStart(22, '0')), redirectUrl: 'https://pay.example/' },
      ...begun,
      createdAt: now,
    });
    await sessions.told(row.domain, id, 'pending', null, now + hours(72));
  }
  // The order of the last one has ended without money; all others wait.
  await ports.ledger.transact((tx) =>
    tx.orders.put({
      ...{ store: row.test, orderKey: groupOf(count - 1), mode: 'test', total, deadline: now },
      state: 'ended',
    }),
  );
  for (let round = 0; round < 4; round += 1) {
    await world.app().work();
    await world.simulators.clock.advance(seconds(15));
  }
  const rejections = await Promise.all(
    [0, count - 1].map(async (n) => (await sessions.byId(row.domain, `pending-${n}`))?.rejection),
  );
  expect(rejections).toEqual([null, 'CANCELLED_PAYMENT']);
});
