import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideRefusalText } from './decide-refusal-text.ts';
import { type DecideRefusal, decideReview, type WordedDecision } from './decide-review.ts';
import { heldOrder, otherStore, store } from './review-item.fixture.ts';

const scene = async () => {
  const held = await heldOrder();
  const { invoice, ports } = held;
  const item = await held.open({ invoice: invoice.id, orderKey: invoice.orderKey });
  const decide = (decision: WordedDecision, change: { review?: string; reason?: string; by?: string } = {}) =>
    decideReview(ports, { store, review: item, by: 'ann', reason: 'agreed', decision, ...change });
  return { ...held, item, decide };
};

describe('a decision in words', () => {
  it('takes the currency of the order', async () => {
    const { decide, ledger, item } = await scene();
    const decision = { kind: 'accept', amount: { amount: '50.00', currency: 'USD' } };
    expect(await decide({ kind: 'accept', amount: '50.00' })).toEqual({ ok: true, decision });
    const row = await ledger.transact((tx) => tx.reviews.byId(store, item));
    expect(row?.resolution).toMatchObject({ by: 'ann', reason: 'agreed', decision: 'accept 50.00 USD' });
  });

  it('may name the same currency, in either case', async () => {
    const { decide } = await scene();
    expect(await decide({ kind: 'refund-noted', amount: '20', currency: 'usd' })).toMatchObject({ ok: true });
  });

  it.each<[WordedDecision, DecideRefusal]>([
    [{ kind: 'accept' }, 'amount-missing'],
    [{ kind: 'accept', currency: 'USD' }, 'amount-missing'],
    [{ kind: 'refund-noted' }, 'amount-missing'],
    [{ kind: 'ignore', amount: '1' }, 'amount-unwanted'],
    [{ kind: 'ignore', currency: 'USD' }, 'amount-unwanted'],
    [{ kind: 'accept', amount: '5e1' }, 'amount-malformed'],
    [{ kind: 'accept', amount: '-5' }, 'amount-malformed'],
    [{ kind: 'accept', amount: '1,50' }, 'amount-malformed'],
    [{ kind: 'accept', amount: ' 5' }, 'amount-malformed'],
    [{ kind: 'accept', amount: '9'.repeat(200) }, 'amount-malformed'],
    [{ kind: 'accept', amount: '0.00' }, 'amount-zero'],
    [{ kind: 'accept', amount: '0.001' }, 'amount-scale'],
    [{ kind: 'accept', amount: '50.00', currency: 'EUR' }, 'currency-differs'],
    [{ kind: 'accept', amount: '50.00', currency: '$' }, 'currency-malformed'],
  ])('%j is refused: %s, and changes nothing', async (decision, reason) => {
    const { decide, ledger } = await scene();
    const before = ledger.snapshot();
    expect(await decide(decision)).toEqual({ ok: false, reason });
    expect(ledger.snapshot()).toEqual(before);
  });

  it('invariant 14: without a name or a reason nothing is decided, nor anything of another store', async () => {
    const { decide, open, ledger } = await scene();
    const foreign = await open({}, otherStore);
    const before = ledger.snapshot();
    expect(await decide({ kind: 'ignore' }, { reason: ' \n' })).toEqual({
      ok: false,
      reason: 'reason-missing',
    });
    expect(await decide({ kind: 'ignore' }, { by: ' ' })).toEqual({
      ok: false,
      reason: 'operator-malformed',
    });
    expect(await decide({ kind: 'ignore' }, { review: foreign })).toEqual({
      ok: false,
      reason: 'review-unknown',
    });
    expect(ledger.snapshot()).toEqual(before);
  });

  it("needs a currency where no order has one: somebody else's payment", async () => {
    const { open, decide } = await scene();
    const orphan = { review: await open() };
    const refund = { kind: 'refund-noted', amount: '20' } as const;
    expect(await decide(refund, orphan)).toEqual({ ok: false, reason: 'currency-missing' });
    expect(await decide({ ...refund, kind: 'accept', currency: 'USDT' }, orphan)).toEqual({
      ok: false,
      reason: 'nothing-to-accept',
    });
    expect(await decide({ ...refund, currency: 'USDT' }, orphan)).toMatchObject({ ok: true });
  });

  it('takes the currency of an order that has no invoice behind the item', async () => {
    const { open, decide, ledger, invoice } = await scene();
    const { orderKey, mode, order, createdAt } = invoice;
    const row = { store, orderKey, mode, total: order, deadline: createdAt, state: 'open' } as const;
    await ledger.transact((tx) => tx.orders.put(row));
    const item = await open({ orderKey });
    expect(await decide({ kind: 'refund-noted', amount: '20' }, { review: item })).toMatchObject({
      ok: true,
      decision: { amount: { currency: 'USD' } },
    });
  });

  it('of any text is a decision or a refusal with words for it, never an exception', async () => {
    const text = fc.oneof(fc.string(), fc.constantFrom('50.00', 'USD', '', '0', '1e9', 'toString'));
    const worded = fc.record(
      {
        kind: fc.constantFrom<WordedDecision['kind']>('accept', 'refund-noted', 'ignore'),
        amount: text,
        currency: text,
      },
      { requiredKeys: ['kind'] },
    );
    await fc.assert(
      fc.asyncProperty(worded, text, async (decision, reason) => {
        const { decide } = await scene();
        const answer = await decide(decision, { reason });
        if (answer.ok) return;
        const { cause, remedy } = decideRefusalText(answer.reason);
        expect(cause).toMatch(/^[A-Z].*\.$/);
        expect(remedy).toMatch(/^[A-Z].*\.$/);
      }),
      { seed: 4, numRuns: 200 },
    );
  });
});
