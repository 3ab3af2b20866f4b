import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import {
  currencyCodeSchema,
  decimalSchema,
  hours,
  orderKeySchema,
  pageIdSchema,
} from '@gatewright/payment-core';
import { expect, test } from 'vitest';
import { begun } from '../src/sessions/session-book.ts';
import { activeMerchant } from './support/active-merchant.ts';
import { pathOf, signIn } from './support/merchant-pages.ts';
import { underpay } from './support/underpaid.ts';
import { startWorld } from './support/world.ts';

/** A buyer has sent too little, and the payment is held for the merchant. */
const underpaid = async () => {
  const { world, merchant, account } = await activeMerchant('cryptopayment-center');
  const { sessionId, review } = await underpay(world, merchant.installed, account);
  return { world, merchant, sessionId, path: `/app/reviews/${review.id}` };
};

test('an underpaid payment is explained, accepted with a reason, and resolved at Shopify', async () => {
  const { world, merchant, sessionId, path } = await underpaid();
  expect((await merchant.get('/app/reviews')).body).toContain('underpaid');
  expect((await merchant.get(`/app/payments/${sessionId}`)).body).toContain(path);
  const page = (await merchant.get(path)).body;
  expect(page).toContain('Timeline');
  const accept = { decision: 'accept', amount: '49.90', currency: 'USD' };
  const without = await merchant.post(path, { ...accept, reason: ' ' });
  expect([without.status, without.body.includes('A decision needs a reason.')]).toEqual([422, true]);
  const decided = await merchant.post(path, { ...accept, reason: 'Agreed with the buyer.' });
  expect(pathOf(decided)).toBe('/app/reviews?did=decided');
  await world.app().work();
  expect(merchant.shop.payment(sessionId)?.state.code).toBe('resolved');
  const shown = (await merchant.get(path)).body;
  expect(shown).toContain('merchant annas');
  expect(shown).toContain('Agreed with the buyer.');
  expect((await merchant.post(path, { ...accept, reason: 'Again.' })).body).toContain('resolved before');
});

test('a merchant sees and decides no review of another shop (invariant 6)', async () => {
  const { world, merchant, sessionId, path } = await underpaid();
  const other = await signIn(world, 'bens');
  expect((await other.get(path)).status).toBe(404);
  const decision = { decision: 'accept', amount: '49.90', currency: 'USD', reason: 'Mine.' };
  expect((await other.post(path, decision)).status).toBe(404);
  expect((await other.get('/app/reviews')).body).not.toContain(path);
  await world.app().work();
  expect(merchant.shop.payment(sessionId)?.state.code).toBe('pending');
});

test('a payment that Shopify could not be told of stands on a page, and is told when it is tried again', async () => {
  const { world, merchant, sessionId, path } = await underpaid();
  world.shopify.faults.add({ kind: 'status', on: 'graphql', status: 503, count: 1_000 });
  await merchant.post(path, { decision: 'accept', amount: '49.90', currency: 'USD', reason: 'Agreed.' });
  await world.app().work();
  for (let passed = 0; passed < 10; passed += 1) {
    await world.simulators.clock.advance(hours(1));
    await world.app().work();
  }
  const page = (await merchant.get('/app/untold')).body;
  expect(page).toContain('The payment is complete.');
  expect(page).toContain('Tried again and again');
  const id = /name="id" value="([^"]+)"/.exec(page)?.[1] ?? '';
  const other = await signIn(world, 'bens');
  expect((await other.post('/app/untold', { kind: 'payment', id })).status).toBe(409);
  world.shopify.faults.clear();
  expect(pathOf(await merchant.post('/app/untold', { kind: 'payment', id }))).toContain('did=trying-again');
  await world.app().work();
  expect(merchant.shop.payment(sessionId)?.state.code).toBe('resolved');
  expect((await merchant.get('/app/untold')).body).toContain('Shopify knows everything.');
});

test('a form of another site is refused, and an address that leads nowhere is a page of ours', async () => {
  const world = await startWorld({ merchantPages: true });
  const { get, shop } = await signIn(world);
  const { browser } = await shop.merchant.install();
  const cookie = browser.cookies(world.app().publicUrl);
  for (const origin of ['https://evil.example.com', 'null'])
    expect(
      (await fetch(`${world.app().publicUrl}/app/test`, { method: 'POST', headers: { cookie, origin } }))
        .status,
    ).toBe(403);
  for (const path of ['/nowhere', '/app/nowhere', '/app/payments/unknown', '/app/reviews/unknown']) {
    const page = await get(path);
    expect([page.status, page.body.includes('There is no such page')], path).toEqual([404, true]);
    expect(page.body).not.toContain('at loader');
  }
  expect(world.log()).not.toContain('merchant page failed');
});

test('a form comes through a proxy that calls the app by another name', async () => {
  const world = await startWorld({ merchantPages: true });
  const { cookie, installed } = await signIn(world);
  const { publicUrl } = world.app();
  for (const names of [{ host: 'upstream:3000' }, { 'x-forwarded-host': 'elsewhere.example.com' }]) {
    const sent = request(`${publicUrl}/app/test`, {
      method: 'POST',
      headers: { cookie, origin: publicUrl, 'content-length': '0', ...names },
    });
    sent.end();
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    answer.resume();
    expect(answer.statusCode, JSON.stringify(names)).toBeLessThan(400);
  }
  expect(await world.app().vault.accountsOf(installed.row.test)).toHaveLength(1);
});

test('payments are shown by pages of 25, each once', async () => {
  const world = await startWorld({ merchantPages: true });
  const { get, installed } = await signIn(world);
  const { sessions, ports } = world.app();
  for (let n = 0; n < 60; n += 1) {
    const id = `payment-${String(n).padStart(2, '0')}`;
    await sessions.begin({
      id,
      gid: `gid://shopify/PaymentSession/${id}`,
      shop: installed.row.domain,
      store: installed.row.test,
      group: orderKeySchema.parse(`group-${n}`),
      kind: 'sale',
      amount: { amount: decimalSchema.parse('1.00'), currency: currencyCodeSchema.parse('USD') },
      cancelUrl: 'https://annas.myshopify.com/',
      page: pageIdSchema.parse(String(n).padStart(22, '0')),
      merchantLocale: null,
      redirectUrl: 'https://pay.example/',
      ...begun,
      // Three at the same instant, so that pages end between equals.
      createdAt: ports.clock.now() + Math.floor(n / 3),
    });
  }
  const seen: string[] = [];
  let path: string | undefined = '/app/payments';
  for (let pages = 0; path !== undefined && pages < 5; pages += 1) {
    const { body } = await get(path);
    const shown = [...body.matchAll(/href="\/app\/payments\/(payment-\d\d)"/g)].map(([, id]) => id ?? '');
    expect(shown.length).toBeLessThanOrEqual(25);
    seen.push(...shown);
    path = /href="(\/app\/payments\?before=[^"]+)"/.exec(body)?.[1];
  }
  expect(seen).toEqual([...seen].sort().reverse());
  expect(new Set(seen).size).toBe(60);
});
