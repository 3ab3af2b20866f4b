import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { type GatewayId, gatewayIds, startGatewaySimulators } from '@gatewright/gateway-simulator';
import { createNodeHttpClient } from '@gatewright/outbound-http';
import { gatewayById, parseCurrency, parseDecimal, type RegisteredGateway } from '@gatewright/payment-core';
import { expect, it } from 'vitest';
import { verifyLine } from '../src/verify/verify-line.ts';

interface Received {
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: string;
  readonly receivedAt: number;
}

/** A shop that writes down what it is sent, as an owner's web server log would. */
const openShop = async (now: () => number) => {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({
        headers: Object.fromEntries(
          Object.entries(request.headersDistinct).map(([name, values]) => [name, values ?? []]),
        ),
        body: Buffer.concat(chunks).toString('base64'),
        receivedAt: now() / 1000,
      });
      response.writeHead(200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // listen() on a TCP port gives an AddressInfo.
  const { port } = server.address() as AddressInfo;
  return { received, url: `http://127.0.0.1:${port}/hook`, close: () => server.close() };
};

/** In dollars, or in what the gateway settles in where it takes none. */
const fifty = ({ currencies, settlementCurrency, capabilities }: RegisteredGateway) => {
  const [amount, usd] = [parseDecimal('50.00'), parseCurrency('USD')];
  if (capabilities.quoteAtPayment) return null;
  const currency = usd && (currencies === 'any' || currencies.includes(usd)) ? usd : settlementCurrency;
  if (amount === undefined || currency === null) throw new Error('nothing to ask for');
  return { amount, currency };
};

const methods: Partial<Record<GatewayId, string>> = { 'cryptopayment-center': 'trc20' };

/** One payment at a simulated gateway, from our own create call to the webhooks it causes. */
const pay = async (id: GatewayId, fault?: 'wrong-signature' | 'forged-body' | 'serialisation') => {
  const simulators = await startGatewaySimulators({ gateways: [id], seed: 5 });
  const simulator = simulators.gateways[id];
  const gateway = gatewayById(id);
  const shop = await openShop(() => simulators.clock.now());
  try {
    if (!gateway?.capabilities.perInvoiceWebhook) simulator.setWebhookUrl(simulator.accountId, shop.url);
    const http = createNodeHttpClient({ sandbox: true, clock: simulators.clock });
    const account = gateway?.connect(simulator.config, { http, clock: simulators.clock, sandbox: true });
    const created = await account?.createInvoice({
      reference: '1234-1',
      amount: gateway ? fifty(gateway) : null,
      method: methods[id] ?? null,
      description: 'Order 1234',
      returnUrl: 'https://shop.example/thanks',
      cancelUrl: 'https://shop.example/cart',
      webhookUrl: shop.url,
      customerEmail: null,
      expiresInSeconds: 1_800,
    });
    expect(created).toMatchObject({ outcome: 'created' });
    if (fault !== undefined) simulator.faults.add({ kind: fault, count: 'always' });
    const [payment] = simulator.payments();
    // Teleport's forger makes "paid" out of whatever was sent.
    const act = fault === 'forged-body' && gateway?.capabilities.sendsExpired ? 'expire' : 'pay';
    expect(await simulator.shopper[act](payment?.id ?? '')).toEqual({ ok: true });
    await simulators.clock.advance(60 * 60_000);
    if (shop.received.length === 0) {
      await account?.readInvoices?.([]);
      await wait(50);
    }
    const { config } = simulator;
    return shop.received.map((request) => ({ id: 1, gateway: id, config, ...request }));
  } finally {
    shop.close();
    await simulators.stop();
  }
};

it.each(gatewayIds)('%s: what the simulated gateway sends is accepted', async (id) => {
  const lines = await pay(id);
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) {
    const answer = verifyLine(JSON.stringify(line));
    expect(answer).toMatchObject({ verdict: 'accept', reason: 'accepted' });
    expect(JSON.stringify(answer.redactedHeaders)).not.toContain(
      'apiKey' in line.config ? line.config.apiKey : line.config.token,
    );
  }
  const last = verifyLine(JSON.stringify(lines.at(-1)));
  expect(last.verdict === 'accept' && last.facts).toMatchObject([{ status: 'paid' }]);
});

it.each(gatewayIds)('%s: in another serialisation it is accepted too', async (id) => {
  const lines = await pay(id, 'serialisation');
  expect(lines.map((line) => verifyLine(JSON.stringify(line)).verdict)).toContain('accept');
  expect(lines.map((line) => verifyLine(JSON.stringify(line)).verdict)).not.toContain('reject');
});

it.each(gatewayIds)('%s: signed with another key it is refused', async (id) => {
  const lines = await pay(id, 'wrong-signature');
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) {
    expect(verifyLine(JSON.stringify(line))).toMatchObject({
      layer: 'signature',
      reason: 'signature-mismatch',
    });
  }
});

it.each(gatewayIds)('%s: forged after it was signed it is refused', async (id) => {
  const lines = await pay(id, 'forged-body');
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) {
    expect(verifyLine(JSON.stringify(line))).toMatchObject({
      layer: 'signature',
      reason: 'signature-mismatch',
    });
  }
});
