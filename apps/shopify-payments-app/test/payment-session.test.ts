import { expect, test } from 'vitest';
import { postSession } from './support/post-session.ts';
import { sessionBody } from './support/session-body.ts';
import { choose, installShop, openAccount, startSession, startWorld } from './support/world.ts';

test('twenty equal requests at once are one session, one page and twenty equal answers (rule 3)', async () => {
  const world = await startWorld();
  const installed = await installShop(world);
  const account = await openAccount(world, installed, 'crypto-pay');
  const { sessionId, redirectUrl } = await startSession(installed);
  const answers = await world.shopify.redeliver(sessionId, 20);
  expect(new Set(answers.map(({ status, body }) => `${status} ${body}`))).toEqual(
    new Set([`200 ${JSON.stringify({ redirect_url: redirectUrl })}`]),
  );
  await Promise.all(Array.from({ length: 5 }, () => choose(redirectUrl, account)));
  expect(world.simulators.gateways['crypto-pay'].payments()).toHaveLength(1);
});

test('the first request may come twenty times at once', async () => {
  const world = await startWorld();
  const installed = await installShop(world);
  const body = sessionBody({ id: 'all-at-once' });
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => postSession(world, 'payment', installed.shop.domain, body)),
  );
  expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
  expect(answers[0]?.status).toBe(200);
  expect(await world.app().sessions.ofGroup(installed.row.test, groupOf(body))).toHaveLength(1);
});

test('the answer is the same for ever, also after a restart', async () => {
  const world = await startWorld();
  const installed = await installShop(world);
  const { sessionId, redirectUrl } = await startSession(installed);
  await world.simulators.clock.advance(400 * 24 * 3_600_000);
  await world.restart();
  const [again] = await world.shopify.redeliver(sessionId);
  expect(again).toEqual({ status: 200, body: JSON.stringify({ redirect_url: redirectUrl }) });
});

const groupOf = (_body: string) => 'Z3JvdXA=' as never;

test('an id that comes again for something else is a conflict, and changes nothing', async () => {
  const world = await startWorld();
  const { shop } = await installShop(world);
  const post = (change: Readonly<Record<string, unknown>>) =>
    postSession(world, 'payment', shop.domain, sessionBody(change));
  expect((await post({})).status).toBe(200);
  expect((await post({ amount: '13.00' })).status).toBe(409);
  expect((await post({ test: false })).status).toBe(409);
  expect((await post({ group: 'b3RoZXI=' })).status).toBe(409);
  expect((await post({})).status).toBe(200);
});

test.each([
  ['amount', { amount: 12 }],
  ['amount', { amount: '12,00' }],
  ['amount', { amount: '12.001' }],
  ['currency', { currency: 'usd' }],
  ['group', { group: '' }],
  ['payment_method.data.cancel_url', { payment_method: { type: 'offsite' } }],
  ['cancel_url', { cancel_url: 'javascript:alert(1)' }],
  ['proposed_at', { proposed_at: 'yesterday' }],
])('what Shopify cannot have sent is 400 and names the field: %s', async (field, change) => {
  const world = await startWorld();
  const { shop } = await installShop(world);
  const answer = await postSession(world, 'payment', shop.domain, sessionBody(change));
  expect(answer).toEqual({ status: 400, text: JSON.stringify({ reason: 'malformed', field }) });
});

test('keys that Shopify adds, a cancel_url of its templates and a missing customer are taken', async () => {
  const world = await startWorld();
  const { shop } = await installShop(world);
  const body = sessionBody({
    customer: undefined,
    payment_method: undefined,
    cancel_url: 'https://annas.myshopify.com/checkouts/1',
    client_details: { ip_address: '192.0.2.1' },
  });
  expect((await postSession(world, 'payment', shop.domain, body)).status).toBe(200);
});

test('a body that is no JSON, too large, without headers or of an unknown shop is told so', async () => {
  const world = await startWorld();
  const { shop } = await installShop(world);
  expect((await postSession(world, 'payment', shop.domain, '{')).status).toBe(400);
  expect((await postSession(world, 'payment', shop.domain, 'x'.repeat(70_000))).status).toBe(413);
  expect((await postSession(world, 'payment', 'unknown.myshopify.com', sessionBody())).status).toBe(403);
  expect((await postSession(world, 'payment', 'annas.example.com', sessionBody())).status).toBe(400);
  expect((await postSession(world, 'elsewhere', shop.domain, sessionBody())).status).toBe(404);
});

test('test money and live money never meet (rule 17)', async () => {
  const world = await startWorld();
  const installed = await installShop(world);
  await openAccount(world, installed, 'crypto-pay');
  const live = await postSession(world, 'payment', installed.shop.domain, sessionBody({ test: false }));
  const { redirect_url } = JSON.parse(live.text) as { redirect_url: string };
  const page = await (await fetch(redirect_url)).text();
  expect(page).not.toContain('Crypto Pay');
  const own = await startSession(installed);
  expect(await (await fetch(own.redirectUrl)).text()).toContain('Crypto Pay');
});
