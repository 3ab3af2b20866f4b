import { gatewayById, hours, minutes } from '@gatewright/payment-core';
import { expect, test } from 'vitest';
import { postSession } from './support/post-session.ts';
import { resolveAtShopify } from './support/resolve-at-shopify.ts';
import { sessionBody } from './support/session-body.ts';
import { openReviews } from './support/underpaid.ts';
import {
  choose,
  type InstalledShop,
  installShop,
  openAccount,
  startSession,
  startWorld,
  type World,
} from './support/world.ts';

const codeOf = ({ shop }: InstalledShop, id: string) => shop.payment(id)?.state;

const open = async (url: string): Promise<string> => (await fetch(url)).text();

const pay = async (
  { shop }: InstalledShop,
  asked: Partial<Parameters<InstalledShop['shop']['checkout']>[0]>,
) => {
  const checkout = shop.checkout({ amount: '49.90', ...asked });
  const paid = await checkout.pay();
  if (!paid.ok) throw new Error(paid.reason);
  return { ...paid, checkout };
};

const liveReviews = (world: World, { row }: InstalledShop) =>
  world.app().ports.ledger.transact((tx) => tx.reviews.page(row.live, { state: 'open', limit: 100 }));

/** A live shop in which one account takes the money. */
const liveShop = async (world: World) => {
  const installed = await installShop(world);
  installed.shop.merchant.deactivate();
  installed.shop.merchant.activate({ testMode: false });
  return installed;
};

test('an authorization is answered, then rejected, and the buyer reads why (contract 2.3)', async () => {
  const world = await startWorld();
  const installed = await installShop(world);
  await openAccount(world, installed, 'crypto-pay');
  const { sessionId, redirectUrl, checkout } = await pay(installed, { kind: 'authorization' });
  await world.app().work();
  expect(codeOf(installed, sessionId)).toEqual({ code: 'open' });
  const page = await open(redirectUrl);
  expect(page).toContain('not available for this order');
  expect(page).toContain(checkout.url);
  expect(page).not.toContain('/choose');
  await world.app().work();
  expect(codeOf(installed, sessionId)).toMatchObject({
    ...{ code: 'rejected', reason: 'INVALID_PURCHASE_TYPE' },
    // We reject it, and no network or issuer.
    source: 'PROVIDER',
  });
  expect(await open(redirectUrl)).toBe(page);
});

test('the merchant and the buyer read why in their own languages, and the code stays (contract §6)', async () => {
  const world = await startWorld();
  const installed = await installShop(world, 'bertas', { merchantLocale: 'de-AT' });
  await openAccount(world, installed, 'crypto-pay');
  const billing_address = { family_name: 'Yılmaz', line1: 'Yol 1', city: 'İzmir', country_code: 'TR' };
  const customer = { locale: 'tr-TR', billing_address };
  const { sessionId, redirectUrl } = await pay(installed, { kind: 'authorization', customer });
  const page = await open(redirectUrl);
  expect(page).toContain('<html lang="tr"');
  expect(page).not.toContain('not available');
  await world.app().work();
  expect(codeOf(installed, sessionId)).toMatchObject({
    code: 'rejected',
    reason: 'INVALID_PURCHASE_TYPE',
    merchantMessage: expect.stringContaining('Stellen Sie den Zahlungseinzug'),
  });
});

/** Every gateway of ours converts what it cannot take, so one is made that does not. */
const withoutYen = (id: string) => {
  const gateway = gatewayById(id);
  return gateway?.currencies === 'any' ? { ...gateway, currencies: [], settlementCurrency: null } : gateway;
};

test.each([
  ['AMOUNT_TOO_SMALL', 'cryptopayment-center', { amount: '0.01' }, 'too small'],
  ['AMOUNT_TOO_LARGE', 'xrocket-pay', { amount: '2000000000.00' }, 'too large'],
  ['INVALID_CURRENCY', 'teleport-pay', { amount: '100', currency: 'JPY' }, 'not available'],
] as const)(
  'what no account can take is rejected as %s, after our answer (contract §6)',
  async (reason, gateway, asked, said) => {
    const world = await startWorld({ gateway: withoutYen });
    const installed = await installShop(world);
    await openAccount(world, installed, gateway);
    const { sessionId, redirectUrl } = await pay(installed, asked);
    expect(await open(redirectUrl)).toContain(said);
    await world.app().work();
    expect(codeOf(installed, sessionId)).toMatchObject({ code: 'rejected', reason });
    expect(installed.shop.orders()).toEqual([]);
  },
);

test('nothing is rejected while another account can take it', async () => {
  const world = await startWorld();
  const installed = await installShop(world);
  await openAccount(world, installed, 'cryptopayment-center');
  await openAccount(world, installed, 'gatenoc');
  const { sessionId, redirectUrl } = await pay(installed, { amount: '0.50' });
  expect(await open(redirectUrl)).toContain('/choose');
  await world.app().work();
  expect(codeOf(installed, sessionId)).toEqual({ code: 'open' });
});

test('a live shop without an account is rejected, taken out of the checkout, and its owner hears of it', async () => {
  const world = await startWorld();
  const installed = await liveShop(world);
  const { sessionId, redirectUrl } = await pay(installed, {});
  expect(await open(redirectUrl)).toContain('not available');
  await world.app().work();
  expect(codeOf(installed, sessionId)).toMatchObject({ code: 'rejected', reason: 'MERCHANT_ACCOUNT_ERROR' });
  expect(installed.shop.gateway().configuration).toEqual({ ready: false, externalHandle: 'Anna' });
  expect(await world.app().shops.byDomain(installed.row.domain)).toMatchObject({ ready: false });
  expect(world.log()).toContain('taken out of the checkout');
  const items = await liveReviews(world, installed);
  expect(items).toMatchObject([
    { kind: 'payments_withdrawn', detail: expect.stringContaining('activate again') },
  ]);
});

test('where Shopify cannot be told to take it out of the checkout, the owner hears that instead', async () => {
  const world = await startWorld();
  const installed = await liveShop(world);
  const { redirectUrl } = await pay(installed, {});
  await open(redirectUrl);
  world.shopify.faults.add({
    kind: 'status',
    on: 'graphql',
    status: 503,
    count: 9,
    operation: 'paymentsAppConfigure',
  });
  await world.app().work();
  expect(await liveReviews(world, installed)).toMatchObject([
    { kind: 'payments_withdrawn', detail: expect.stringContaining('checkouts still offer') },
  ]);
  expect(await world.app().shops.byDomain(installed.row.domain)).toMatchObject({ ready: true });
});

test('credentials that the gateway refuses are found out by the first buyer, and the session is rejected', async () => {
  const world = await startWorld();
  const installed = await installShop(world);
  const account = await openAccount(world, installed, 'crypto-pay');
  await world.app().vault.setAccountConfig(account.id, {
    ...(account.config as object),
    token: '1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  });
  const { sessionId, redirectUrl } = await startSession(installed);
  const answer = await choose(redirectUrl, account);
  expect(await answer.text()).toContain('not available');
  await world.app().work();
  expect(codeOf(installed, sessionId)).toMatchObject({ code: 'rejected', reason: 'MERCHANT_ACCOUNT_ERROR' });
  // Test payments say nothing about live ones.
  expect(installed.shop.gateway().configuration).toMatchObject({ ready: true });
});

test('a gateway that is only silent rejects nothing', async () => {
  const world = await startWorld();
  const installed = await installShop(world);
  const account = await openAccount(world, installed, 'gatenoc');
  world.simulators.gateways.gatenoc.faults.add({ kind: 'status', status: 503, count: 'always' });
  const { sessionId, redirectUrl } = await startSession(installed);
  await choose(redirectUrl, account);
  await open(redirectUrl);
  await world.app().work();
  expect(codeOf(installed, sessionId)).toEqual({ code: 'open' });
});

test('a rejection that Shopify cannot be told is told later, also after a restart', async () => {
  const world = await startWorld();
  const installed = await installShop(world);
  await openAccount(world, installed, 'crypto-pay');
  const { sessionId, redirectUrl } = await pay(installed, { kind: 'authorization' });
  world.shopify.faults.add({ kind: 'status', on: 'graphql', status: 503, count: 1 });
  await open(redirectUrl);
  await world.app().work();
  expect(codeOf(installed, sessionId)).toEqual({ code: 'open' });
  await world.restart();
  await world.simulators.clock.advance(minutes(1));
  await world.app().work();
  expect(codeOf(installed, sessionId)).toMatchObject({ code: 'rejected' });
});

test('a shop that tests without an account gets the built-in page, once', async () => {
  const world = await startWorld();
  const installed = await installShop(world);
  const { redirectUrl } = await startSession(installed);
  await Promise.all([1, 2, 3].map(() => startSession(installed)));
  expect(await open(redirectUrl)).toContain('/choose');
  expect(await world.app().vault.accountsOf(installed.row.test)).toMatchObject([{ gateway: 'test' }]);
});

test('the address that Shopify is answered is short, whatever the checkout is', async () => {
  const world = await startWorld();
  const { shop } = await installShop(world);
  const cancel_url = `https://annas.myshopify.com/checkouts/1?${'x'.repeat(8_000)}`;
  const group = Buffer.from('g'.repeat(90)).toString('base64');
  const body = sessionBody({ group, payment_method: { type: 'offsite', data: { cancel_url } } });
  const answer = await postSession(world, 'payment', shop.domain, body);
  expect(answer.status).toBe(200);
  expect(Buffer.byteLength(JSON.parse(answer.text).redirect_url)).toBeLessThan(200);
});

test('a payment that Shopify has ended otherwise is not rejected, and the owner hears of it', async () => {
  const world = await startWorld();
  const installed = await installShop(world);
  await openAccount(world, installed, 'crypto-pay');
  const { sessionId, gid, redirectUrl } = await pay(installed, { kind: 'authorization' });
  await resolveAtShopify(world, installed, gid);
  await open(redirectUrl);
  for (let passed = 0; passed < 30; passed += 1) {
    await world.app().work();
    await world.simulators.clock.advance(hours(1));
  }
  expect(codeOf(installed, sessionId)).toEqual({ code: 'resolved' });
  expect(await openReviews(world, installed)).toMatchObject([
    { kind: 'storefront_refused', detail: expect.stringContaining('it holds another end') },
  ]);
});

test('a rejection is given up when the schedule is over, and the owner hears of it', async () => {
  const world = await startWorld();
  const installed = await installShop(world);
  await openAccount(world, installed, 'crypto-pay');
  const { redirectUrl } = await pay(installed, { kind: 'authorization' });
  world.shopify.faults.add({ kind: 'status', on: 'graphql', status: 503, count: 'always' });
  await open(redirectUrl);
  for (let passed = 0; passed < 30; passed += 1) {
    await world.app().work();
    await world.simulators.clock.advance(hours(1));
  }
  expect(world.log()).toContain('a rejection could not be told');
  expect(await openReviews(world, installed)).toMatchObject([
    { kind: 'storefront_unreachable', detail: expect.stringContaining('INVALID_PURCHASE_TYPE') },
  ]);
});
