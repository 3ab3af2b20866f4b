import { describe, expect, it } from 'vitest';
import { minutes } from '../identity/clock.ts';
import { heldForMode, isOfOtherMode } from './other-mode.ts';
import { asset, created, sampleFact, sampleInvoice } from './sample-invoice.fixture.ts';

const money = sampleFact({
  received: asset('50', 'USDT'),
  transaction: 'tx-1',
  paidAt: created + minutes(2),
});

describe.each([
  ['a test invoice in a live store', 'test', 'live'],
  ['a live invoice in a test store', 'live', 'test'],
] as const)('money for %s (invariant 13)', (_name, mode, store) => {
  const invoice = sampleInvoice({ mode });

  it('is told from money of its own mode, and from what is no money', () => {
    expect(isOfOtherMode(invoice, money, store)).toBe(true);
    expect(isOfOtherMode(invoice, sampleFact({ status: 'processing', final: false }), store)).toBe(true);
    expect(isOfOtherMode(invoice, money, mode)).toBe(false);
    expect(isOfOtherMode(invoice, sampleFact({ status: 'expired' }), store)).toBe(false);
    expect(isOfOtherMode({ ...invoice, status: 'settled' }, money, store)).toBe(false);
  });

  it('moves nothing, tells the shop nothing and stands in front of a person', () => {
    const { invoice: held, decisions } = heldForMode(invoice, money, store);
    expect(held).toMatchObject({ status: 'open', exceptions: ['review'] });
    expect(decisions).toEqual([
      expect.objectContaining({ kind: 'review', detail: expect.stringContaining(`${store} now`) }),
    ]);
  });

  it('is kept with its amount and its time', () => {
    const { invoice: held } = heldForMode(invoice, money, store);
    expect(held).toMatchObject({ received: asset('50', 'USDT'), firstReceiptAt: created + minutes(2) });
  });

  it('is shown once, and anew when more came', () => {
    const { invoice: held } = heldForMode(invoice, money, store);
    expect(heldForMode(held, money, store)).toMatchObject({ invoice: held, decisions: [] });
    const more = { ...money, received: asset('60', 'USDT') };
    expect(heldForMode(held, more, store).decisions).toHaveLength(1);
  });

  it('teaches nothing where it does not match the invoice', () => {
    const foreign = { ...money, gatewayPaymentId: '8' };
    const { invoice: held, decisions } = heldForMode(invoice, foreign, store);
    expect(held).toEqual({ ...invoice, exceptions: ['review'] });
    expect(decisions).toHaveLength(1);
  });
});
