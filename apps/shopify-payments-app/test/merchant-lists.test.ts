import { currencyCodeSchema, decimalSchema, hours, minutes, orderKeySchema } from '@gatewright/payment-core';
import { expect, test } from 'vitest';
import { type AtThePages, signIn } from './support/merchant-pages.ts';
import { openItems } from './support/open-items.ts';
import { startWorld } from './support/world.ts';

const begin = async () => {
  const world = await startWorld({ merchantPages: true });
  return { world, ...(await signIn(world)) };
};

/** Follows the link to the next page until there is none. @returns what `found` finds on each page */
const walk = async ({ get }: Pick<AtThePages, 'get'>, path: string, found: RegExp) => {
  const pages: string[][] = [];
  for (let next: string | undefined = path; next !== undefined && pages.length < 9; ) {
    const { body } = await get(next);
    pages.push([...body.matchAll(found)].map(([, id]) => id ?? ''));
    next = new RegExp(`href="(${path}\\?after=[^"]+)"`).exec(body)?.[1];
  }
  return pages;
};

test('reviews of live and test payments are shown by pages, oldest first, each once', async () => {
  const { world, get, installed } = await begin();
  const { live, test: tests } = installed.row;
  await openItems(world, [live, tests, tests], 60);
  const pages = await walk({ get }, '/app/reviews', /href="\/app\/reviews\/(review-\d{3})"/g);
  expect(pages.map((page) => page.length)).toEqual([25, 25, 10]);
  expect(new Set(pages.flat()).size).toBe(60);
  const moments = pages.flat().map((id) => Math.floor(Number(id.slice(-3)) / 3));
  expect(moments).toEqual(moments.toSorted((a, b) => a - b));
  expect((await get('/app')).body).toContain('Payments to look at: <!-- -->60');
  expect((await get('/app/reviews?after=nonsense')).body).toContain('review-000');
});

test("an item of another shop stands on no page, also when its own page's link is tried", async () => {
  const { world, installed } = await begin();
  await openItems(world, [installed.row.test], 30);
  const other = await signIn(world, 'bens');
  expect((await other.get('/app/reviews')).body).not.toContain('review-0');
  expect((await other.get('/app/reviews?after=.review-005')).body).not.toContain('review-0');
});

const someRefund = (n: number) =>
  ({
    id: `refund-${String(n).padStart(3, '0')}`,
    gid: `gid://shopify/RefundSession/${n}`,
    payment: 'payment',
    amount: { amount: decimalSchema.parse('1.00'), currency: currencyCodeSchema.parse('USD') },
    kind: 'refund',
    note: null,
    told: null,
    trouble: null,
    merchantLocale: null,
  }) as const;

test('refunds that wait are shown by pages, and counted to a hundred', async () => {
  const { world, get, installed } = await begin();
  const shop = installed.row.domain;
  const now = world.simulators.clock.now();
  for (let n = 0; n < 110; n += 1)
    await world.app().followUps.begin({
      ...someRefund(n),
      ...{ shop, state: 'by-hand', createdAt: now + Math.floor(n / 3), decidedAt: null },
    });
  const pages = await walk({ get }, '/app/refunds', /href="\/app\/refunds\/(refund-\d{3})"/g);
  expect(pages.map((page) => page.length)).toEqual([25, 25, 25, 25, 10]);
  expect(pages.flat()).toEqual(Array.from({ length: 110 }, (_, n) => someRefund(n).id));
  expect((await get('/app')).body).toContain('Refunds to pay back by hand: <!-- -->100+');
});

test('what Shopify could not be told is shown by pages; what it knows by now is not', async () => {
  const { world, get, installed, shop } = await begin();
  const { ledger, clock } = world.app().ports;
  const store = installed.row.test;
  await ledger.transact(async (tx) => {
    for (let n = 0; n < 130; n += 1) {
      const id = `told-${String(n).padStart(3, '0')}`;
      const orderKey = orderKeySchema.parse(`group-${n}`);
      await tx.instructions.insert({
        ...{
          id,
          store,
          orderKey,
          invoice: null,
          kind: 'settle',
          claim: null,
          transaction: null,
          expected: null,
        },
        ...{
          note: '',
          state: n % 10 === 0 ? 'done' : 'pending',
          answer: null,
          createdAt: clock.now(),
          doneAt: null,
        },
      });
      await tx.reviews.open({
        ...{
          id: `review-${n}`,
          store,
          orderKey,
          account: null,
          invoice: null,
          kind: 'storefront_unreachable',
        },
        ...{ key: `storefront_unreachable:${id}`, detail: id, openedAt: n, resolution: null },
      });
    }
  });
  await world.simulators.clock.advance(minutes(20));
  const pages = await walk({ get }, '/app/untold', /name="id" value="(told-\d{3})"/g);
  expect(pages.map((page) => page.length)).toEqual([90, 27]);
  expect((await get('/app')).body).toContain('Shopify could not be told: <!-- -->90+');
  await world.simulators.clock.advance(hours(30));
  const { browser } = await shop.merchant.install();
  const health = await browser.open(`${world.app().publicUrl}/app/health`);
  expect(health.body).toContain('Shopify could not be told 90+ results');
});

test('refunds that Shopify could not be told of are shown by pages after the payments, each once', async () => {
  const { world, get, installed } = await begin();
  const { followUps } = world.app();
  const now = world.simulators.clock.now();
  for (let n = 0; n < 230; n += 1)
    await followUps.begin({
      ...{ ...someRefund(n), shop: installed.row.domain, state: 'by-hand', createdAt: now, decidedAt: null },
      // Shopify's ids of a refund and of a capture may be the same.
      ...(n % 2 === 0 ? {} : { id: someRefund(n - 1).id, kind: 'capture' }),
    });
  for (let n = 0; n < 230; n += 1) {
    const key = { shop: installed.row.domain, kind: n % 2 === 0 ? 'refund' : 'capture' } as const;
    // Four at the same moment, so that pages end between equals.
    await followUps.decide({ ...key, id: someRefund(n - (n % 2)).id }, 'done', null, now + Math.floor(n / 4));
  }
  await world.simulators.clock.advance(minutes(20));
  const lines = /value="(\w+"\/><input type="hidden" name="id" value="refund-\d{3})"/g;
  const pages = await walk({ get }, '/app/untold', lines);
  expect(pages.map((page) => page.length)).toEqual([100, 100, 30]);
  expect(new Set(pages.flat()).size).toBe(230);
  const other = await signIn(world, 'bens');
  expect((await other.get('/app/untold')).body).toContain('Shopify knows everything.');
  expect((await other.get('/app/untold?after=refunds:1_refund_x')).body).toContain(
    'Shopify knows everything.',
  );
});
