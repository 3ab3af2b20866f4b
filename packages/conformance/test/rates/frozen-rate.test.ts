import { minutes } from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { openScene } from './scene.ts';

const balanceSchema = z.object({ refunded_total: z.string() });

/** What Gatenoc itself says that it has refunded so far. */
const refundedAt = async (config: {
  baseUrl: string;
  merchantId: string;
  apiKey: string;
}): Promise<string> => {
  const headers = { merchant: config.merchantId, authorization: `Bearer ${config.apiKey}` };
  const response = await fetch(`${config.baseUrl}/balance`, { headers });
  return balanceSchema.parse(await response.json()).refunded_total;
};

describe('the rate of a quote is frozen on the invoice (CPC-8)', () => {
  const started = async () => {
    const scene = await openScene('gatenoc');
    scene.say('EUR/USD', '1.0833');
    const quotedAt = scene.clock.now();
    const result = await scene.checkout('49.99', 'EUR');
    if (result.outcome !== 'ready') throw new Error(JSON.stringify(result));
    return { ...scene, quotedAt };
  };
  const pay = async ({ gateway }: Awaited<ReturnType<typeof started>>, amount?: string) => {
    const payment = gateway.payments().at(-1)?.id ?? '';
    const paid = await gateway.shopper.pay(payment, amount === undefined ? {} : { amount });
    expect(paid).toEqual({ ok: true });
  };

  it('rate, source and time stand there, and the quote is rounded up to the cent', async () => {
    const { invoice, quotedAt, gateway } = await started();
    expect(await invoice()).toMatchObject({
      order: { amount: '49.99', currency: 'EUR' },
      // 49.99 × 1.0833 = 54.154167
      quoted: { amount: '54.16', currency: 'USD' },
      rate: { from: 'EUR', to: 'USD', value: '1.0833', source: '127.0.0.1', at: quotedAt },
      valuation: null,
    });
    expect(gateway.payments()[0]).toMatchObject({ amount: '54.16' });
  });

  it.each([
    ['has risen', '1.50'],
    ['has fallen', '0.50'],
    ['is gone', undefined],
  ])('a payment of what was quoted settles though the rate %s', async (_what, later) => {
    const scene = await started();
    const frozen = await scene.invoice();
    scene.say('EUR/USD', later);
    await scene.clock.advance(minutes(10));
    await pay(scene);
    await scene.work();
    const settled = await scene.invoice();
    expect(settled).toMatchObject({ status: 'settled', exceptions: [], received: { amount: '54.16' } });
    expect([settled.rate, settled.quoted]).toEqual([frozen.rate, frozen.quoted]);
    expect(scene.told).toEqual(['settle: Payment received.']);
  });

  it('less than was quoted is too little, though it would be enough at the new rate', async () => {
    const scene = await started();
    scene.say('EUR/USD', '0.50');
    await pay(scene, '54.15');
    await scene.work();
    expect(await scene.invoice()).toMatchObject({ status: 'processing' });
    expect(scene.told[0]).toContain('0.01 USD less than asked');
  });

  it('refunds use the frozen rate, rounded down, and the last one takes what is left', async () => {
    const scene = await started();
    await pay(scene);
    await scene.work();
    scene.say('EUR/USD', '2.00');
    await scene.clock.advance(minutes(60 * 25));
    // 10.01 × 1.0833 = 10.843833, then 9.99 × 1.0833 = 10.822167, then the rest of 54.16
    const sums: string[] = [];
    for (const [id, amount] of [
      ['r1', '10.01'],
      ['r2', '9.99'],
      ['r3', '29.99'],
    ] as const) {
      expect(await scene.refund(id, amount, 'EUR')).toMatchObject({ outcome: 'done' });
      sums.push(await refundedAt(scene.gateway.config));
    }
    expect(sums).toEqual(['10.84', '21.66', '54.16']);
    expect(await scene.refund('r4', '0.01', 'EUR')).toEqual({ outcome: 'refused', reason: 'more-than-paid' });
  });
});

describe('a payment whose amount the gateway decides is valued at its first receipt (NFT-1)', () => {
  /** Ten minutes after the checkout, whose rate is too old by then, a collectible worth this much TON is sent. */
  const sent = async (ton: string, rate?: string) => {
    const scene = await openScene('ton-nft');
    scene.say('TON/EUR', '9.99');
    const result = await scene.checkout('50.00', 'EUR');
    if (result.outcome !== 'ready') throw new Error(JSON.stringify(result));
    expect(result.invoice).toMatchObject({ quoted: null, rate: null, valuation: null });
    await scene.clock.advance(minutes(10));
    scene.say('TON/EUR', rate);
    const saidAt = scene.clock.now();
    const paid = await scene.gateway.shopper.pay(scene.gateway.payments()[0]?.id ?? '', { amount: ton });
    expect(paid).toEqual({ ok: true });
    return { ...scene, saidAt };
  };

  it('the rate at the first look that shows it counts, whatever it is when the webhook comes', async () => {
    const scene = await sent('16.7', '3.01');
    scene.gateway.faults.add({ kind: 'drop' });
    await scene.clock.advance(minutes(1));
    await scene.work();
    const first = await scene.invoice();
    expect(first).toMatchObject({
      status: 'processing',
      received: null,
      valuation: { from: 'TON', to: 'EUR', value: '3.01', source: '127.0.0.1', at: scene.saidAt },
    });
    await scene.clock.advance(minutes(9));
    scene.say('TON/EUR', '0.10');
    await scene.work();
    const settled = await scene.invoice();
    // 16.7 × 3.01 = 50.267, rounded down; the rest is dust.
    expect(scene.told.at(-1)).toBe('settle: Payment received. 0.26 EUR more than asked.');
    expect(settled).toMatchObject({ status: 'settled', exceptions: [], received: { amount: '16.7' } });
    expect(settled.valuation).toEqual(first.valuation);
  });

  it('a webhook that is the first news takes the rate of that moment; the worth is rounded down', async () => {
    const scene = await sent('16.61', '3.01');
    await scene.clock.advance(minutes(2));
    await scene.work();
    // 16.61 × 3.01 = 49.9961
    expect(scene.told[0]).toContain('0.01 EUR less than asked');
    expect(await scene.invoice()).toMatchObject({
      status: 'processing',
      exceptions: ['review', 'underpaid'],
      valuation: { value: '3.01', at: scene.saidAt },
    });
  });

  it('without a fresh rate then, the payment is held for a person', async () => {
    const scene = await sent('20');
    await scene.clock.advance(minutes(2));
    await scene.work();
    expect(await scene.invoice()).toMatchObject({
      status: 'processing',
      valuation: null,
      received: { amount: '20' },
    });
    expect(scene.told).toEqual([expect.stringContaining('No fresh exchange rate at the time of receipt')]);
    expect(await scene.reviews()).toEqual([expect.stringContaining('No fresh exchange rate')]);
  });

  it('a rate that comes back after the first receipt values nothing', async () => {
    const scene = await sent('20');
    await scene.clock.advance(minutes(1));
    await scene.work();
    expect(await scene.invoice()).toMatchObject({ status: 'processing', valuation: null });
    scene.say('TON/EUR', '3.00');
    await scene.clock.advance(minutes(1));
    await scene.work();
    expect(await scene.invoice()).toMatchObject({
      status: 'processing',
      valuation: null,
      exceptions: ['review'],
    });
  });
});

describe('without a fresh rate', () => {
  it.each(['gatenoc', 'ton-nft'] as const)('%s is not offered, and both texts say why', async (id) => {
    const scene = await openScene(id);
    const refusal = {
      reason: 'no-fresh-rate',
      text: {
        owner: expect.stringContaining('no fresh one is there. Check the rate source'),
        shopper: expect.stringContaining('Please choose another one'),
      },
    };
    expect(await scene.offers()).toMatchObject([{ available: false, ...refusal }]);
    expect(await scene.checkout('50.00', 'EUR')).toMatchObject({ outcome: 'refused', ...refusal });
    expect(scene.gateway.payments()).toEqual([]);
    await scene.clock.advance(minutes(1));
    scene.say(id === 'gatenoc' ? 'EUR/USD' : 'TON/EUR', '1.08');
    expect(await scene.offers()).toMatchObject([{ available: true }]);
  });
});
