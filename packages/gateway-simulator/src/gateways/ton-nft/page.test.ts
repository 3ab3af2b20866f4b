import { afterEach, beforeEach, expect, it } from 'vitest';
import { type GatewaySimulators, startGatewaySimulators } from '../../index.ts';
import { createPayment } from '../../test-support/ton-nft-client.ts';

let simulators: GatewaySimulators<'ton-nft'>;
let gateway: GatewaySimulators<'ton-nft'>['gateways']['ton-nft'];

beforeEach(async () => {
  simulators = await startGatewaySimulators({ gateways: ['ton-nft'], seed: 7 });
  gateway = simulators.gateways['ton-nft'];
});
afterEach(() => simulators.stop());

const newPage = async (): Promise<string> => (await createPayment(gateway.config)).checkoutUrl;
const html = async (url: string): Promise<string> => (await fetch(url)).text();
const click = (url: string, fields: Readonly<Record<string, string>>): Promise<Response> =>
  fetch(url, { method: 'POST', redirect: 'manual', body: new URLSearchParams(fields) });

it('offers the whitelisted collections with their prices, and nothing else', async () => {
  const page = await html(await newPage());
  expect(page).toContain('This is a simulator of the NFT gateway');
  expect(page).toContain('<dt>Easter Eggs</dt><dd>1.7292 TON</dd>');
  expect(page).toContain('<option>Easter Eggs</option><option>Lol Pops</option><option>Plush Pepes</option>');
});

it('leads from the choice to the treasury wallet, and never back to the shop (NFT-12)', async () => {
  const url = await newPage();
  await click(url, { action: 'pay', collection: 'Plush Pepes', forwarded: 'yes' });
  expect(await html(url)).toContain('data-status="in transit"');
  const before = simulators.clock.now();
  await click(url, { action: 'arrive' });
  expect(simulators.clock.now() - before).toBe(120_000);
  const after = await html(url);
  expect(after).toContain('data-status="forwarded"');
  expect(after).not.toContain('<button>');
  expect(after).not.toContain('<a ');
  expect(gateway.payments()).toMatchObject([{ status: 'received', amount: '56.745' }]);
});

it('shows a collectible that is stuck, and lets it be forwarded', async () => {
  const url = await newPage();
  await click(url, { action: 'pay', collection: 'Lol Pops', forwarded: 'no' });
  await click(url, { action: 'arrive' });
  expect(await html(url)).toContain('data-status="not forwarded"');
  await click(url, { action: 'forward' });
  expect(await html(url)).toContain('data-status="forwarded"');
});

it('says why a click did nothing, and knows no other payment', async () => {
  const url = await newPage();
  const refused = await click(url, { action: 'pay', collection: 'Right-click Saves' });
  expect(refused.headers.get('location')).toContain('refused=asset-not-accepted');
  expect((await fetch(new URL('/pay/none', url))).status).toBe(404);
});
