import { describe, expect, it } from 'vitest';
import { created, usd } from '../invoice/sample-invoice.fixture.ts';
import { isUnresolved, type RefundRow, type ReviewKind, type ReviewRow } from '../ledger/rows.ts';
import type { WordedDecision } from './decide-review.ts';
import { decideReview } from './decide-review.ts';
import { explainReview } from './explain-review.ts';
import { heldOrder, store } from './review-item.fixture.ts';
import { openReview } from './review-item.ts';

/** A settled order of 50 USD whose refund of 20 USD was sent and never answered. */
const lostRefund = async () => {
  const { ledger, ports, invoice } = await heldOrder({ status: 'settled', exceptions: [] });
  const row: RefundRow = {
    store,
    invoice: invoice.id,
    refundId: '9',
    orderAmount: usd('20.00'),
    gatewayAmount: usd('20.00'),
    reason: '',
    state: 'unknown',
    gatewayRefundId: null,
    answer: 'timeout',
    createdAt: created,
  };
  await ledger.transact((tx) => tx.refunds.insert(row));
  const open = async (kind: ReviewKind): Promise<string> => {
    await ledger.transact((tx) => {
      const fields = { store, invoice: invoice.id, kind, key: kind, detail: 'Look.' };
      return openReview(tx, fields, ports.random, created);
    });
    const rows: readonly ReviewRow[] = await ledger.transact((tx) =>
      tx.reviews.page(store, { state: 'open', limit: 100 }),
    );
    return rows.find((item) => item.kind === kind)?.id ?? '';
  };
  return {
    ledger,
    open,
    explain: (review: string) => explainReview(ports, store, review),
    decide: (review: string, decision: WordedDecision) =>
      decideReview(ports, { store, review, by: 'ann', reason: 'looked at the gateway', decision }),
    refunds: async () => {
      const rows = await ledger.transact((tx) => tx.refunds.ofInvoice(invoice.id));
      return rows.map(({ refundId, state, orderAmount }) => [refundId, state, orderAmount.amount]);
    },
  };
};

describe('invariant 11: a refund whose answer was lost', () => {
  it('was made, says a person: it is done and counted once', async () => {
    const { open, decide, refunds } = await lostRefund();
    const item = await open('refund_unknown');
    expect(await decide(item, { kind: 'refund-noted', amount: '20' })).toMatchObject({ ok: true });
    expect(await refunds()).toEqual([['9', 'done', '20.00']]);
  });

  it('was not made, and another amount was sent by hand', async () => {
    const { open, decide, refunds } = await lostRefund();
    const item = await open('refund_unknown');
    expect(await decide(item, { kind: 'refund-noted', amount: '15.00' })).toMatchObject({ ok: true });
    expect(await refunds()).toEqual([
      ['9', 'refused', '20.00'],
      [`review-${item}`, 'manual', '15.00'],
    ]);
  });

  it('was not made at all: the next refund may start', async () => {
    const { open, decide, refunds } = await lostRefund();
    expect(await decide(await open('refund_unknown'), { kind: 'ignore' })).toMatchObject({ ok: true });
    expect(await refunds()).toEqual([['9', 'refused', '20.00']]);
    expect(isUnresolved('refused')).toBe(false);
  });

  it("is not decided by another item: that one's refund would be lost", async () => {
    const { open, decide, refunds } = await lostRefund();
    const item = await open('duplicate_payment');
    expect(await decide(item, { kind: 'refund-noted', amount: '20' })).toEqual({
      ok: false,
      reason: 'refund-unresolved',
    });
    expect(await decide(item, { kind: 'ignore' })).toMatchObject({ ok: true });
    expect(await refunds()).toEqual([['9', 'unknown', '20.00']]);
  });

  it('is explained by its order, although the item names the invoice only', async () => {
    const { open, explain } = await lostRefund();
    const explained = await explain(await open('refund_unknown'));
    expect(explained?.attempts).toHaveLength(1);
    expect(explained?.refunds).toMatchObject([{ state: 'unknown' }]);
  });
});
