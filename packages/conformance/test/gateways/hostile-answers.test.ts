import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createNodeHttpClient } from '@gatewright/outbound-http';
import {
  decimalSchema,
  type GatewayAccount,
  gatewayById,
  type InvoiceHandle,
  invoiceIdSchema,
  moneySchema,
} from '@gatewright/payment-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRequest } from './wired.ts';

interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a broken, hijacked or changed gateway may answer to any call. None of it proves anything. */
const answers: Readonly<Record<string, Answer>> = {
  nothing: { body: '' },
  'an HTML page': { body: '<!doctype html><title>Just a moment…</title>' },
  'the word null': { body: 'null' },
  'a number': { body: '1' },
  'an empty object': { body: '{}' },
  'half of a JSON text': { body: '{"ok":true,"success":true,"result":{"invoice_id":1' },
  'a BOM': { body: '\ufeff{"ok":true,"success":true}' },
  'a repeated key': { body: '{"ok":false,"ok":true,"success":false,"success":true,"result":true}' },
  'the key __proto__': { body: '{"__proto__":{"ok":true,"success":true},"checkout_url":1}' },
  'wrong types': {
    body: JSON.stringify({
      ok: 'yes',
      success: 1,
      result: [[]],
      invoice: 'x',
      invoices: { data: 'x' },
      checkout_url: ['https://gatenoc.com/'],
      data: {},
      balances: 5,
      refund_id: {},
      status: [],
    }),
  },
  'very deep nesting': { body: '['.repeat(5_000) + ']'.repeat(5_000) },
  'two megabytes': { body: `{"ok":true,"x":"${'x'.repeat(2_000_000)}"}` },
  'a redirect': {
    status: 302,
    headers: { location: 'http://127.0.0.1:1/' },
    body: '{"ok":true,"success":true}',
  },
  'a refusal that quotes our secrets': {
    status: 400,
    body: '{"error":{"name":"sk_secret pk_secret 7:SECRET"}}',
  },
  'a failure': { status: 500, body: '{"ok":true,"result":true,"success":true}' },
};

const configs: Readonly<Record<string, object>> = {
  'crypto-pay': { token: '7:SECRET' },
  'cryptopayment-center': {
    apiKey: 'pk_secret',
    apiSecret: 'sk_secret',
    appKey: 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=',
  },
  gatenoc: { merchantId: 7, apiKey: 'pk_secret', webhookSecret: 'sk_secret' },
  'teleport-pay': { apiKey: 'tk_secret', webhookSecret: 'whsec_secret' },
  'ton-nft': { apiKey: 'sk_secret' },
  'xrocket-pay': { apiKey: 'sk_secret' },
};

const usd = moneySchema.parse({ amount: '10.50', currency: 'USD' });
const handle: InvoiceHandle = {
  id: invoiceIdSchema.parse('invoice-0000000001'),
  reference: '1234-1',
  gatewayPaymentId: '550e8400-e29b-41d4-a716-446655440000',
  paymentRecords: ['42'],
  quoted: usd,
  method: 'trc20',
  createdAt: 0,
  expiresAt: 1_800_000,
};

/** Every call there is, by what it answered; a read by whether it brought facts. */
const callAll = async (account: GatewayAccount): Promise<Readonly<Record<string, unknown>>> => {
  const read = await account.readInvoices?.([handle]);
  const numbered = { ...handle, gatewayPaymentId: '1' };
  return {
    create: await account.createInvoice(
      createRequest({ amount: usd, method: 'trc20', webhookUrl: 'https://pay.example/webhook' }),
    ),
    find: await account.findInvoice?.({ ...handle, gatewayPaymentId: null }),
    cancel: await account.cancelInvoice?.(numbered),
    refund: await account.refund?.({
      payment: '42',
      amount: decimalSchema.parse('1.00'),
      reason: 'Returned',
      idempotencyKey: 'r1',
    }),
    check: await account.check(),
    read: read?.outcome === 'read' ? { outcome: `read ${read.facts.size} ${read.quiet.size}` } : read,
  };
};

const harmless = /^(?:refused|ambiguous|unavailable|read 0 0)$/;

describe.each(Object.keys(configs))('%s', (id) => {
  let server: Server;
  let current: Answer = { body: '' };
  let account: GatewayAccount | undefined;

  beforeAll(async () => {
    server = createServer((request, response) => {
      request.resume();
      response.writeHead(current.status ?? 200, { 'content-type': 'application/json', ...current.headers });
      response.end(current.body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // listen() on a TCP port gives an AddressInfo.
    const { port } = server.address() as AddressInfo;
    const clock = { now: () => 1_000_000 };
    const http = createNodeHttpClient({
      sandbox: true,
      clock,
      sleep: () => Promise.resolve(),
      random: () => 0,
    });
    const config = { ...configs[id], baseUrl: `http://127.0.0.1:${port}/api` };
    account = gatewayById(id)?.connect(config, { http, clock, sandbox: true });
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it.each(Object.keys(answers))('learns nothing from %s', async (name) => {
    current = answers[name] ?? { body: '' };
    if (!account) throw new Error('the configuration is unusable');
    const outcomes = await callAll(account);
    for (const [call, outcome] of Object.entries(outcomes)) {
      if (outcome === undefined) continue;
      expect([call, outcome]).toEqual([
        call,
        expect.objectContaining({ outcome: expect.stringMatching(harmless) }),
      ]);
    }
    expect(JSON.stringify(outcomes)).not.toMatch(/secret/i);
  });
});
