import { afterEach, beforeEach, expect, it } from 'vitest';
import { type GatewaySimulators, startGatewaySimulators } from '../../index.ts';
import { createBill } from '../../test-support/teleport-pay-client.ts';

let simulators: GatewaySimulators<'teleport-pay'>;
let gateway: GatewaySimulators<'teleport-pay'>['gateways']['teleport-pay'];

beforeEach(async () => {
  simulators = await startGatewaySimulators({ gateways: ['teleport-pay'], seed: 7 });
  gateway = simulators.gateways['teleport-pay'];
});
afterEach(() => simulators.stop());

const newPage = async (fields: object = {}): Promise<string> =>
  (
    await createBill(gateway.config, {
      return_url: 'https://shop.example/success/',
      cancel_url: 'https://shop.example/cancel/',
      ...fields,
    })
  ).payment_url;
const html = async (url: string): Promise<string> => (await fetch(url)).text();
const click = (url: string, fields: Readonly<Record<string, string>>): Promise<Response> =>
  fetch(url, { method: 'POST', redirect: 'manual', body: new URLSearchParams(fields) });

it('stands on a host of its own, and the pay button leads back to return_url', async () => {
  const url = await newPage();
  expect(new URL(url).host).not.toBe(new URL(gateway.baseUrl).host);
  const before = await html(url);
  expect(before).toContain('This is a simulator of Teleport Pay');
  expect(before).toContain('Pay 49.99 USD');
  expect(before).not.toContain('shop.example');
  const answer = await click(url, { action: 'pay', method: 'crypto' });
  expect([answer.status, answer.headers.get('location')]).toEqual([303, 'https://shop.example/success/']);
  const after = await html(url);
  expect(after).toContain('data-status="paid"');
  expect(after).toContain('href="https://shop.example/success/"');
});

it('leads back to cancel_url after a cancel', async () => {
  const answer = await click(await newPage(), { action: 'cancel' });
  expect(answer.headers.get('location')).toBe('https://shop.example/cancel/');
});

it('stays where it is while nothing has ended', async () => {
  const url = await newPage();
  const answer = await click(url, { action: 'underpay' });
  expect(answer.headers.get('location')).toBe(new URL(url).pathname);
  expect(await html(url)).toContain('data-status="manual_confirmation"');
  expect((await click(url, { action: 'pay' })).status).toBe(400);
  expect((await click(url, { action: 'confirm' })).headers.get('location')).toBe(
    'https://shop.example/success/',
  );
});

it('shows why a click did nothing', async () => {
  const url = await newPage({ payment_methods: ['crypto'] });
  const refused = await click(url, { action: 'pay', method: 'cards' });
  expect(refused.headers.get('location')).toContain('refused=asset-not-accepted');
});

it('lets a bill expire and be paid all the same', async () => {
  const url = await newPage();
  await click(url, { action: 'expire' });
  expect(await html(url)).toContain('data-status="expired"');
  await click(url, { action: 'pay', late: 'true' });
  expect(await html(url)).toContain('data-status="paid"');
});

it('escapes what the merchant sent, and knows no other bill', async () => {
  const url = await newPage({ description: '<b>"1"</b>' });
  expect(await html(url)).toContain('&lt;b&gt;&quot;1&quot;&lt;/b&gt;');
  expect((await fetch(new URL('/bill/none', url))).status).toBe(404);
  expect((await fetch(new URL('/elsewhere', url))).status).toBe(404);
});
