import { afterEach, beforeEach, expect, it } from 'vitest';
import { type GatewaySimulators, startGatewaySimulators } from '../../index.ts';
import { createInvoice, type WireInvoice } from '../../test-support/crypto-pay-client.ts';

let simulators: GatewaySimulators<'crypto-pay'>;
let gateway: GatewaySimulators<'crypto-pay'>['gateways']['crypto-pay'];

beforeEach(async () => {
  simulators = await startGatewaySimulators({ gateways: ['crypto-pay'], seed: 7 });
  gateway = simulators.gateways['crypto-pay'];
});
afterEach(() => simulators.stop());

const pageOf = (invoice: WireInvoice): string => String(invoice.web_app_invoice_url);
const html = async (url: string): Promise<string> => (await fetch(url)).text();
const click = (url: string, fields: Record<string, string>): Promise<Response> =>
  fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });

it('says that it is a simulator, and the pay button pays', async () => {
  const url = pageOf(
    await createInvoice(gateway.config, {
      paid_btn_name: 'callback',
      paid_btn_url: 'https://shop.example/thanks',
    }),
  );
  const before = await html(url);
  expect(before).toContain('This is a simulator of Crypto Pay');
  expect(before).toContain('Pay 9.99 USDT');
  expect(before).not.toContain('shop.example');
  const answer = await click(url, { action: 'pay' });
  expect([answer.status, answer.headers.get('location')]).toEqual([303, new URL(url).pathname]);
  const after = await html(url);
  expect(after).toContain('data-status="paid"');
  expect(after).toContain('href="https://shop.example/thanks"');
  expect(after).not.toContain('<button>');
});

it('offers the accepted assets of a fiat invoice', async () => {
  const fiat = { currency_type: 'fiat', fiat: 'USD', accepted_assets: 'TON,BTC', asset: '' };
  const url = pageOf(await createInvoice(gateway.config, fiat));
  expect(await html(url)).toContain('<option>TON</option><option>BTC</option>');
  await click(url, { action: 'pay', asset: 'BTC' });
  expect(await html(url)).toMatch(/<dd>[\d.]+ BTC<\/dd>/);
});

it('lets an invoice expire by moving the clock, and says why a click did nothing', async () => {
  const url = pageOf(await createInvoice(gateway.config, { expires_in: 60 }));
  const before = simulators.clock.now();
  await click(url, { action: 'expire' });
  expect(simulators.clock.now()).toBe(before + 60_000);
  expect(await html(url)).toContain('data-status="expired"');
  expect((await click(url, { action: 'pay' })).status).toBe(400);
  const open = pageOf(await createInvoice(gateway.config));
  const refused = await click(open, { action: 'pay', asset: 'TON' });
  expect(refused.headers.get('location')).toContain('refused=asset-not-accepted');
  expect(await html(new URL(refused.headers.get('location') ?? '', open).href)).toContain(
    'Refused: asset-not-accepted',
  );
});

it('escapes what the merchant sent', async () => {
  const url = pageOf(await createInvoice(gateway.config, { description: '<script>alert("1")</script>' }));
  const page = await fetch(url);
  expect(await page.text()).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
});

it('leads both bot links to the page, and knows no other invoice', async () => {
  const invoice = await createInvoice(gateway.config);
  for (const link of [invoice.bot_invoice_url, invoice.mini_app_invoice_url]) {
    const answer = await fetch(String(link));
    expect(answer.url).toBe(pageOf(invoice));
  }
  expect((await fetch(`${gateway.baseUrl}/invoices/IVnone`)).status).toBe(404);
  expect((await click(pageOf(invoice), { action: 'constructor' })).status).toBe(400);
});
