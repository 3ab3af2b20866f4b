import { once } from 'node:events';
import { createServer } from 'node:http';
import { CryptoPay } from '@foile/crypto-pay-api';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type GatewaySimulators, startGatewaySimulators } from '../../index.ts';

/** gateways.md 10.1: a client written by others tests the simulator better than our own adapter does. */
let simulators: GatewaySimulators<'crypto-pay'>;
let gateway: GatewaySimulators<'crypto-pay'>['gateways']['crypto-pay'];
let client: CryptoPay;

const connection = (baseUrl: string) => ({
  protocol: 'http',
  hostname: new URL(baseUrl).hostname,
  port: Number(new URL(baseUrl).port),
});

beforeEach(async () => {
  simulators = await startGatewaySimulators({ gateways: ['crypto-pay'], seed: 11 });
  gateway = simulators.gateways['crypto-pay'];
  client = new CryptoPay(gateway.config.token, connection(gateway.baseUrl));
});
afterEach(() => simulators.stop());

it('@foile/crypto-pay-api creates, reads and lists invoices', async () => {
  const crypto = await client.createInvoice('USDT', '9.99', { payload: 'order-1', expires_in: 600 });
  const fiat = await client.createInvoice(undefined, '20', {
    currency_type: 'fiat',
    fiat: 'USD',
    accepted_assets: 'TON,USDT',
  });
  expect(crypto).toMatchObject({ status: 'active', asset: 'USDT', amount: '9.99', payload: 'order-1' });
  expect(fiat).toMatchObject({ currency_type: 'fiat', fiat: 'USD', accepted_assets: ['TON', 'USDT'] });
  await gateway.shopper.pay(String(fiat.invoice_id), { asset: 'USDT' });
  const { items } = await client.getInvoices({ invoice_ids: `${crypto.invoice_id},${fiat.invoice_id}` });
  expect(items.map((item) => [item.invoice_id, item.status])).toEqual([
    [fiat.invoice_id, 'paid'],
    [crypto.invoice_id, 'active'],
  ]);
  expect((await client.getInvoices({ status: 'paid' })).items).toMatchObject([
    { paid_asset: 'USDT', paid_amount: '20' },
  ]);
});

it('@foile/crypto-pay-api reads the app, its balance, rates and currencies, and sees the errors', async () => {
  expect(await client.getMe()).toMatchObject({ payment_processing_bot_username: 'CryptoBot' });
  expect(await client.getBalance()).toContainEqual({ currency_code: 'TON', available: '0', onhold: '0' });
  expect(await client.getExchangeRates()).not.toHaveLength(0);
  expect(await client.getCurrencies()).not.toHaveLength(0);
  const stranger = new CryptoPay('1:AAwrong', connection(gateway.baseUrl));
  await expect(stranger.getMe()).rejects.toThrow('UNAUTHORIZED');
  await expect(client.transfer(1, 'TON', '1', 'spend')).rejects.toThrow('METHOD_DISABLED');
});

/** The client's own server cannot be closed, so a free port is found first and its server is unreferenced. */
const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
};

it("@foile/crypto-pay-api's receiver accepts our webhook, and not one with a wrong signature", async () => {
  const port = await freePort();
  const receiver = new CryptoPay(gateway.config.token, {
    ...connection(gateway.baseUrl),
    webhook: { serverHostname: '127.0.0.1', serverPort: port, path: '/secret-path' },
  });
  await once(receiver.webhooks.webhookServer, 'listening');
  try {
    const updates: unknown[] = [];
    receiver.invoicePaid((update) => updates.push(update));
    gateway.setWebhookUrl(gateway.accountId, `http://127.0.0.1:${port}/secret-path`);
    const invoice = await client.createInvoice('TON', '1.5', { payload: 'order/é' });
    gateway.faults.add({ kind: 'wrong-signature' });
    await gateway.shopper.pay(String(invoice.invoice_id));
    expect(updates).toEqual([]);
    await simulators.clock.advance(180_000);
    expect(gateway.deliveries().map(({ status }) => status)).toEqual([400, 200]);
    expect(updates).toMatchObject([{ payload: { invoice_id: invoice.invoice_id, payload: 'order/é' } }]);
  } finally {
    receiver.webhooks.webhookServer.close();
    receiver.webhooks.webhookServer.closeAllConnections();
  }
});
