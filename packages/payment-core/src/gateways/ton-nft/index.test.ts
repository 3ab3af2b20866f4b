import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { HttpOutcome, HttpRequest } from '../../http/http-client.ts';
import { invoiceIdSchema } from '../../identity/identity.ts';
import { moneySchema } from '../../money/schema.ts';
import type { Fact } from '../fact.ts';
import type { CreateInvoiceRequest, InvoiceHandle } from '../gateway.ts';
import { createTonNftClient } from './client.ts';
import { tonNftConfigSchema } from './contract.ts';
import { tonNft } from './index.ts';

const config = tonNftConfigSchema.parse({ baseUrl: 'https://nft.gateway.example/', apiKey: 'sk_live_1' });
const createdBody = readFileSync(new URL('./fixtures/created.json', import.meta.url), 'utf8');
const deposit = 'EQDKbjIcfM6ezt8KjKJJLshZJJSqX7XOA4ff-W72r5gqPrHF';
const startedAt = Date.UTC(2026, 5, 28, 12);

const answer = (status: number, body: string): HttpOutcome => ({
  outcome: status < 300 ? 'ok' : 'refused',
  status,
  headers: {},
  body: Buffer.from(body),
});

/** The port, answering the same to everything and remembering what was sent. */
const connected = (outcome: HttpOutcome, settings: unknown = config) => {
  const sent: HttpRequest[] = [];
  const http = async (request: HttpRequest): Promise<HttpOutcome> => {
    sent.push(request);
    return outcome;
  };
  const account = tonNft.connect(tonNftConfigSchema.parse(settings), {
    http,
    clock: { now: () => startedAt },
    sandbox: false,
  });
  return { sent, account };
};

const request: CreateInvoiceRequest = {
  reference: '1234-1',
  amount: null,
  method: null,
  description: 'Order 1234',
  returnUrl: 'https://shop.example/return',
  cancelUrl: 'https://shop.example/cancel',
  webhookUrl: 'https://pay.example/webhooks/ton-nft/acc',
  customerEmail: 'a@example.org',
  expiresInSeconds: 1_800,
};

const handle = (n: number, gatewayPaymentId: string | null): InvoiceHandle => ({
  id: invoiceIdSchema.parse(`invoice-number-${n}`),
  reference: `${n}-1`,
  gatewayPaymentId,
  paymentRecords: [],
  quoted: null,
  method: null,
  createdAt: 0,
  expiresAt: 0,
});

const tonMoney = (amount: string) => moneySchema.parse({ amount, currency: 'TON' });

const factsOf = async (body: string, ...handles: readonly InvoiceHandle[]) => {
  const { account } = connected(answer(200, body));
  const read = await account.readInvoices!(handles);
  if (read.outcome !== 'read') throw new Error(read.reason);
  return read;
};

const rowFact = async (row: Readonly<Record<string, unknown>>): Promise<Fact | undefined> => {
  const one = handle(1, 'p1');
  const { facts } = await factsOf(JSON.stringify([{ id: 'p1', ...row }]), one);
  return facts.get(one.id)?.[0];
};

describe('createInvoice', () => {
  it('reads what was made', async () => {
    const { account } = connected(answer(201, createdBody));
    expect(await account.createInvoice(request)).toEqual({
      outcome: 'created',
      gatewayPaymentId: '8f3c5a02-11d4-4c0e-9e21',
      payUrl: 'https://nft.gateway.example/pay/8f3c5a02-11d4-4c0e-9e21',
      address: deposit,
      payable: null,
      expiresAt: null,
    });
  });

  it('NFT-1, NFT-3: neither amount nor reference goes out, and the call is never repeated', async () => {
    const { sent, account } = connected(answer(201, createdBody));
    await account.createInvoice(request);
    expect(sent).toEqual([
      {
        method: 'POST',
        url: 'https://nft.gateway.example/api/payments',
        headers: {
          Authorization: 'Bearer sk_live_1',
          Accept: 'application/json',
          'Content-Type': 'application/json',
        },
        body: '{}',
        retry: 'never',
      },
    ]);
    expect(tonNft.capabilities).toMatchObject({
      quoteAtPayment: true,
      findByReference: false,
      idempotentCreate: false,
    });
  });

  it('NFT-8: the expected owner may be another spelling of the deposit address, not another account', async () => {
    const owner = (text: string): string =>
      createdBody.replace(`"expectedOwner":"${deposit}"`, `"expectedOwner":"${text}"`);
    const spelled = connected(answer(201, owner('UQDKbjIcfM6ezt8KjKJJLshZJJSqX7XOA4ff-W72r5gqPuwA')));
    expect((await spelled.account.createInvoice(request)).outcome).toBe('created');
    const other = connected(answer(201, owner('EQCxE6mUtQJKFnGfaROTKOt1lZbDiiX1kCixRv7Nw2Id_sDs')));
    expect(await other.account.createInvoice(request)).toEqual({
      outcome: 'ambiguous',
      reason: 'deposit-address-contradicted',
    });
  });

  it('shows no deposit address whose checksum is wrong', async () => {
    const body = createdBody.replaceAll(deposit, deposit.replace('HF', 'HG'));
    expect(await connected(answer(201, body)).account.createInvoice(request)).toMatchObject({
      outcome: 'created',
      address: null,
    });
  });

  it('takes no collectible of the test network on a live host', async () => {
    const body = createdBody.replaceAll(deposit, 'kQDKbjIcfM6ezt8KjKJJLshZJJSqX7XOA4ff-W72r5gqPgpP');
    expect(await connected(answer(201, body)).account.createInvoice(request)).toEqual({
      outcome: 'refused',
      reason: 'testnet-address-on-live-host',
    });
    const local = { ...config, baseUrl: 'http://127.0.0.1:9' };
    expect((await connected(answer(201, body), local).account.createInvoice(request)).outcome).toBe(
      'created',
    );
  });

  it.each([
    ['https://nft.gateway.example.evil.test/pay/1', null],
    ['http://nft.gateway.example/pay/1', null],
    ['https://checkout.nft.gateway.example/pay/1', 'https://checkout.nft.gateway.example/pay/1'],
  ])('a checkout link to %s becomes %s', async (link, payUrl) => {
    const body = createdBody.replace(/https:[^"]*/, link);
    expect(await connected(answer(201, body)).account.createInvoice(request)).toMatchObject({ payUrl });
  });

  it('knows the port of a self-hosted gateway', async () => {
    const body = createdBody.replace('nft.gateway.example', 'nft.gateway.example:8443');
    const settings = { ...config, baseUrl: 'https://nft.gateway.example:8443' };
    expect(await connected(answer(201, body), settings).account.createInvoice(request)).toMatchObject({
      payUrl: 'https://nft.gateway.example:8443/pay/8f3c5a02-11d4-4c0e-9e21',
    });
  });

  it('tells ambiguous, refused and unavailable apart', async () => {
    const made = async (outcome: HttpOutcome, settings: unknown = config) => {
      const result = await connected(outcome, settings).account.createInvoice(request);
      return 'reason' in result ? `${result.outcome} ${result.reason}` : result.outcome;
    };
    expect(await made({ outcome: 'ambiguous', reason: 'timeout-after-send' })).toBe(
      'ambiguous timeout-after-send',
    );
    expect(await made(answer(201, '{"id": "p1"}'))).toBe('ambiguous answer-not-understood');
    expect(await made(answer(201, ''))).toBe('ambiguous answer-not-json');
    expect(await made(answer(401, '{"error": "sk_live_1 is revoked"}'))).toBe('refused api-key-refused');
    expect(await made(answer(422, '{}'))).toBe('refused http-422');
    expect(await made(answer(308, ''))).toBe('refused redirected');
    expect(await made({ outcome: 'unavailable', reason: 'not-sent' })).toBe('unavailable not-sent');
    const hashOnly = { baseUrl: config.baseUrl, apiKeyHash: 'ab'.repeat(32) };
    expect(await made(answer(201, createdBody), hashOnly)).toBe('refused api-key-missing');
  });
});

describe('readInvoices', () => {
  it('NFT-4: one list call serves every open payment', async () => {
    const rows = JSON.stringify([
      { id: 'p1', status: 'pending' },
      { id: 'p2', status: 'received' },
      { id: 'p9', status: 'pending' },
    ]);
    const { sent, account } = connected(answer(200, rows));
    const handles = [handle(1, 'p1'), handle(2, 'p2'), handle(3, 'p3'), handle(4, null)];
    const read = await account.readInvoices!(handles);
    expect(sent.map(({ method, url, retry }) => `${method} ${url} ${retry}`)).toEqual([
      'GET https://nft.gateway.example/api/payments safe',
    ]);
    expect(read.outcome === 'read' && [...read.facts].map(([id, facts]) => [id, facts[0]?.status])).toEqual([
      ['invoice-number-1', 'open'],
      ['invoice-number-2', 'processing'],
    ]);
    expect(read.outcome === 'read' && read.quiet.size).toBe(0);
  });

  it.each(['%', '{"payments": %}', '{"data": %, "total": 1}', '{"items": %}'])(
    'reads the list in the shape %s',
    async (shape) => {
      const one = handle(1, 'p1');
      const { facts } = await factsOf(shape.replace('%', '[{"id": "p1", "status": "pending"}]'), one);
      expect(facts.get(one.id)?.[0]?.status).toBe('open');
      expect((await factsOf(shape.replace('%', '[]'), one)).facts.size).toBe(0);
    },
  );

  it('one row that cannot be read spoils no other; only such rows are no answer', async () => {
    const one = handle(1, 'p1');
    const mixed =
      '[null, {"id": 7}, {"id": "p2", "status": ["received"]}, {"id": "p1", "status": "pending"}]';
    expect((await factsOf(mixed, one)).facts.get(one.id)?.[0]?.status).toBe('open');
    const { account } = connected(answer(200, '[{"uuid": "p1"}]'));
    expect(await account.readInvoices!([one])).toEqual({
      outcome: 'unavailable',
      reason: 'answer-not-understood',
    });
  });

  it('a failed read says nothing, whatever failed', async () => {
    for (const outcome of [
      answer(401, ''),
      answer(200, '{"rows": []}'),
      answer(200, '<html>'),
      { outcome: 'ambiguous', reason: 'server-error', status: 502 } as const,
    ]) {
      expect((await connected(outcome).account.readInvoices!([handle(1, 'p1')])).outcome).toBe('unavailable');
    }
    const limited = connected({ outcome: 'unavailable', reason: 'rate-limited', retryAfterMs: 9 });
    expect(await limited.account.readInvoices!([])).toEqual({
      outcome: 'unavailable',
      reason: 'rate-limited',
      retryAfterMs: 9,
    });
  });

  it('pending is open, received is in progress', async () => {
    expect(await rowFact({ status: 'pending', forwarded: false, callbackSent: false })).toMatchObject({
      authority: 'api',
      gatewayPaymentId: 'p1',
      status: 'open',
      wireStatus: 'pending',
      asOf: startedAt,
    });
    expect(await rowFact({ status: 'received', forwarded: 0, callbackSent: 0 })).toMatchObject({
      status: 'processing',
      received: null,
      final: false,
      forwarded: false,
      exceptions: [],
    });
  });

  it('NFT-9: received and forwarded without an amount waits for the webhook', async () => {
    expect(await rowFact({ status: 'received', forwarded: true, callbackSent: false })).toMatchObject({
      status: 'processing',
      wireStatus: 'received, forwarded',
      received: null,
      final: false,
      forwarded: true,
      exceptions: [],
    });
    expect(
      await rowFact({ status: 'received', forwarded: true, amount: 'about two', currency: 'TON' }),
    ).toMatchObject({ status: 'processing', final: false });
    expect(await rowFact({ status: 'received', forwarded: true, amount: '1.7965' })).toMatchObject({
      status: 'processing',
      final: false,
    });
  });

  it('a webhook that somebody else acknowledged goes to a person', async () => {
    expect(await rowFact({ status: 'received', forwarded: 1, callbackSent: 1 })).toMatchObject({
      status: 'processing',
      wireStatus: 'received, forwarded, callback sent',
      exceptions: ['review'],
    });
  });

  it('a webhook that we acknowledged ourselves is confirmed by the list', async () => {
    const known = { ...handle(1, 'p1'), received: tonMoney('0.3213') };
    const row = '[{"id": "p1", "status": "received", "forwarded": true, "callbackSent": true}]';
    expect((await factsOf(row, known)).facts.get(known.id)?.[0]).toMatchObject({
      status: 'paid',
      final: true,
      received: { amount: '0.3213' },
      exceptions: [],
    });
  });

  it('an amount in the list counts like one in the webhook', async () => {
    const row = { status: 'received', forwarded: true, callbackSent: true, nftAddress: deposit };
    expect(await rowFact({ ...row, amount: '1.7965', currency: 'GRAM' })).toMatchObject({
      status: 'paid',
      final: true,
      received: { amount: '1.7965', currency: 'TON' },
      paymentRecord: '0:ca6e321c7cce9ecedf0a8ca2492ec8592494aa5fb5ce0387dff96ef6af982a3e',
      exceptions: [],
    });
    expect(await rowFact({ ...row, amount: 1796500000, currency: 'TON' })).toMatchObject({
      status: 'paid',
      final: false,
      exceptions: ['review'],
    });
    expect(await rowFact({ ...row, forwarded: false, amount: '1.7965', currency: 'TON' })).toMatchObject({
      status: 'processing',
      final: false,
    });
  });

  it.each(['expired', 'Received', 'completed', 'toString'])(
    'the unknown status %s settles nothing',
    async (status) => {
      expect(await rowFact({ status, forwarded: true, amount: '1', currency: 'TON' })).toMatchObject({
        status: 'unknown',
        received: null,
        final: false,
      });
    },
  );
});

describe('the account', () => {
  it('NFT-2, NFT-5: nothing can be cancelled or refunded, and no expiry is sent', () => {
    const { account } = connected(answer(200, '[]'));
    expect(new Set(Object.keys(account))).toEqual(new Set(['createInvoice', 'readInvoices', 'check']));
    expect(tonNft.capabilities).toMatchObject({
      cancel: false,
      refund: 'none',
      sendsExpired: false,
      latePayment: true,
      poll: 'list',
    });
    expect(tonNft.warnings?.(config)).toEqual([
      'amount-decided-at-payment',
      'no-change-given',
      'refund-by-hand',
    ]);
  });

  it('is live or test by its host', () => {
    expect(tonNft.modeOf(config)).toBe('live');
    expect(tonNft.modeOf({ ...config, baseUrl: 'http://localhost:3000' })).toBe('test');
  });

  it('check lists', async () => {
    expect(await connected(answer(200, '[]')).account.check()).toEqual({
      outcome: 'ok',
      mode: 'unknown',
      identity: null,
      webhookUrl: null,
    });
    expect(await connected(answer(403, '')).account.check()).toEqual({
      outcome: 'refused',
      reason: 'api-key-refused',
    });
    expect(await connected({ outcome: 'unavailable', reason: 'tls' }).account.check()).toEqual({
      outcome: 'unavailable',
      reason: 'tls',
    });
    const hashOnly = { baseUrl: config.baseUrl, apiKeyHash: 'ab'.repeat(32) };
    expect(await connected(answer(200, '[]'), hashOnly).account.check()).toEqual({
      outcome: 'refused',
      reason: 'api-key-missing',
    });
  });

  it('the client can ask for one collectible', async () => {
    const sent: HttpRequest[] = [];
    const client = createTonNftClient(config, async (call) => {
      sent.push(call);
      return answer(201, createdBody);
    });
    await client?.createPayment(deposit);
    expect(sent[0]?.body).toBe(`{"nftAddress":"${deposit}"}`);
  });
});
