import { createHash, createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type GatewaySimulators, startGatewaySimulators } from '../../index.ts';
import { openReceiver, type ReceivedWebhook, type Receiver } from '../../test-support/receiver.ts';
import { createPayment, listPayments } from '../../test-support/ton-nft-client.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;
let simulators: GatewaySimulators<'ton-nft'>;
let gateway: GatewaySimulators<'ton-nft'>['gateways']['ton-nft'];
let receiver: Receiver;

beforeEach(async () => {
  simulators = await startGatewaySimulators({ gateways: ['ton-nft'], seed: 7 });
  gateway = simulators.gateways['ton-nft'];
  receiver = await openReceiver(200);
  gateway.setWebhookUrl(gateway.accountId, receiver.url);
});
afterEach(async () => {
  await simulators.stop();
  await receiver[Symbol.asyncDispose]();
});

const newPayment = async (): Promise<string> => (await createPayment(gateway.config)).id;

const pay = async (id: string, options: Parameters<typeof gateway.shopper.pay>[1] = {}) => {
  const outcome = await gateway.shopper.pay(id, options);
  await simulators.clock.advance(2 * MINUTE_MS);
  return outcome;
};

/** Independent of the simulator: the published sample with the hash as text, in node:crypto. */
const isGenuine = ({ body, headers }: ReceivedWebhook): boolean => {
  const apiKeyHash = createHash('sha256').update(gateway.config.apiKey).digest('hex');
  return headers['x-signature'] === createHmac('sha256', apiKeyHash).update(body, 'utf8').digest('hex');
};

const bodies = (): readonly Record<string, unknown>[] =>
  receiver.received.map(({ body }) => JSON.parse(body) as Record<string, unknown>);

describe('from the deposit to the webhook', () => {
  it('a collectible is received, then forwarded, then reported', async () => {
    const id = await newPayment();
    const stages: object[] = [];
    await gateway.shopper.pay(id);
    for (let minute = 0; minute < 3; minute += 1) {
      stages.push(...(await listPayments(gateway.config)));
      await simulators.clock.advance(MINUTE_MS);
    }
    expect(stages).toMatchObject([
      { status: 'pending', forwarded: false, callbackSent: false },
      { status: 'received', forwarded: false, callbackSent: false },
      { status: 'received', forwarded: true, callbackSent: true },
    ]);
    const [webhook] = receiver.received;
    expect(isGenuine(webhook!)).toBe(true);
    expect(webhook!.headers['x-payment-id']).toBe(id);
    expect(webhook!.body).toBe(JSON.stringify(JSON.parse(webhook!.body)));
    expect(bodies()).toMatchObject([
      {
        event: 'payment.completed',
        paymentId: id,
        collectionName: 'Easter Eggs',
        amount: '1.7292',
        currency: 'TON',
        forwardedToMainWallet: true,
        timestamp: '2026-06-01T12:02:00.000Z',
      },
    ]);
    expect(bodies()[0]?.payerWallet).toMatch(/^UQ/);
  });

  it('NFT-11: a deposit address takes a collectible years later', async () => {
    const id = await newPayment();
    await simulators.clock.advance(1_000 * DAY_MS);
    expect(await gateway.shopper.expire(id)).toEqual({ ok: false, reason: 'never-expires' });
    expect(await pay(id)).toEqual({ ok: true });
    expect(receiver.received).toHaveLength(1);
  });

  it('the collectible decides the amount (NFT-1)', async () => {
    for (const act of [gateway.shopper.underpay, gateway.shopper.pay, gateway.shopper.overpay])
      await act(await newPayment());
    await gateway.shopper.pay(await newPayment(), { collection: 'Plush Pepes' });
    await gateway.shopper.pay(await newPayment(), { amount: '1.7965' });
    await simulators.clock.advance(2 * MINUTE_MS);
    expect(bodies().map(({ amount }) => amount)).toEqual(['0.3213', '1.7292', '56.745', '56.745', '1.7965']);
  });

  it('a collectible that is not whitelisted is rejected, and the payment stays open', async () => {
    const id = await newPayment();
    expect(await pay(id, { collection: 'Right-click Saves' })).toEqual({
      ok: false,
      reason: 'asset-not-accepted',
    });
    expect(await listPayments(gateway.config)).toMatchObject([{ status: 'pending' }]);
    expect(await pay(id)).toEqual({ ok: true });
    expect(await pay(id)).toEqual({ ok: false, reason: 'already-paid' });
    expect(receiver.received).toHaveLength(1);
  });

  it('a payment for one collectible takes no other', async () => {
    const { depositAddress: nftAddress } = await createPayment(gateway.config);
    const { id } = await createPayment(gateway.config, { nftAddress });
    expect(await pay(id, { nft: `0:${'ab'.repeat(32)}` })).toEqual({
      ok: false,
      reason: 'asset-not-accepted',
    });
    await pay(id);
    expect(bodies()).toMatchObject([{ nftAddress }]);
  });

  it('NFT-9: a collectible that is stuck is completed without being forwarded', async () => {
    const id = await newPayment();
    await pay(id, { forwarded: false });
    expect(await listPayments(gateway.config)).toMatchObject([{ status: 'received', forwarded: false }]);
    await gateway.shopper.forward(id);
    expect(bodies().map(({ forwardedToMainWallet }) => forwardedToMainWallet)).toEqual([false, true]);
    expect(await gateway.shopper.forward(id)).toEqual({ ok: false, reason: 'already-paid' });
  });

  it('knows its own limits', async () => {
    const id = await newPayment();
    expect(await gateway.shopper.cancel(id)).toEqual({ ok: false, reason: 'not-supported' });
    expect(await gateway.shopper.pay(id, { late: true })).toEqual({ ok: false, reason: 'never-expires' });
    expect(await gateway.shopper.pay(id, { amount: '0' })).toEqual({ ok: false, reason: 'amount-invalid' });
    expect(await gateway.shopper.forward(id)).toEqual({ ok: false, reason: 'not-paid' });
    expect(await gateway.shopper.arrive(id)).toEqual({ ok: false, reason: 'not-paid' });
    for (const act of ['pay', 'expire', 'arrive', 'forward'] as const) {
      expect(await gateway.shopper[act]('none')).toEqual({ ok: false, reason: 'unknown-payment' });
    }
  });
});

describe('NFT-4: redelivery', () => {
  it('never comes by itself', async () => {
    receiver.answers = [500];
    await pay(await newPayment());
    await simulators.clock.advance(30 * DAY_MS);
    expect(gateway.deliveries()).toHaveLength(1);
  });

  it('comes with every look at the list, until one is acknowledged', async () => {
    receiver.answers = [500, 404, 204];
    await pay(await newPayment());
    for (let look = 0; look < 4; look += 1) {
      await listPayments(gateway.config);
      await simulators.clock.settled();
    }
    expect(gateway.deliveries().map(({ status }) => status)).toEqual([500, 404, 204]);
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
    expect(await listPayments(gateway.config)).toMatchObject([{ callbackSent: true }]);
  });

  it('starts when a callback URL is set after the fact, and serves only the operator who looks', async () => {
    gateway.setWebhookUrl(gateway.accountId, null);
    await pay(await newPayment());
    expect(gateway.deliveries()).toEqual([]);
    gateway.setWebhookUrl(gateway.accountId, receiver.url);
    await listPayments(gateway.createAccount().config);
    await simulators.clock.settled();
    expect(receiver.received).toHaveLength(0);
    await listPayments(gateway.config);
    await simulators.clock.settled();
    expect(receiver.received).toHaveLength(1);
  });

  it('is not doubled while an attempt is under way', async () => {
    gateway.faults.add({ kind: 'delay', ms: 10 * MINUTE_MS });
    await pay(await newPayment());
    await listPayments(gateway.config);
    await simulators.clock.advance(10 * MINUTE_MS);
    expect(receiver.received).toHaveLength(1);
  });
});

describe('what the documents leave open', () => {
  it('the key, the unit, the name of the coin and the list are knobs', async () => {
    const { accountId, config } = gateway.createAccount({
      keyEncoding: 'raw',
      amountUnit: 'nanoton',
      currency: 'GRAM',
      listAmounts: true,
      webhookUrl: receiver.url,
      collections: [{ name: 'One', averageSalePrice: '2', margin: '1', sales24h: 0, totalSupply: 10 }],
    });
    const { id } = await createPayment(config);
    await pay(id);
    const key = createHash('sha256').update(config.apiKey).digest();
    const [webhook] = receiver.received;
    expect(webhook!.headers['x-signature']).toBe(
      createHmac('sha256', key).update(webhook!.body).digest('hex'),
    );
    expect(bodies()).toMatchObject([{ amount: '1700000000', currency: 'GRAM', collectionName: 'One' }]);
    expect(await listPayments(config)).toMatchObject([{ amount: '1700000000', currency: 'GRAM' }]);
    expect(gateway.payments(accountId)).toMatchObject([{ amount: '1700000000' }]);
  });
});

describe('faults', () => {
  it('sign wrongly, forge the body, forge the header and write anew', async () => {
    for (const kind of ['wrong-signature', 'forged-body', 'forged-unsigned', 'serialisation'] as const) {
      gateway.faults.add({ kind });
      await pay(await newPayment());
    }
    expect(receiver.received.map(isGenuine)).toEqual([false, false, true, true]);
    expect(
      receiver.received.map(({ headers }, at) => headers['x-payment-id'] === bodies()[at]?.paymentId),
    ).toEqual([true, true, false, true]);
    expect(receiver.received[3]!.body).toContain(', ');
  });

  it('has no expiry to race', () => {
    expect(() => gateway.faults.add({ kind: 'expiry-race' })).toThrow(RangeError);
  });
});
