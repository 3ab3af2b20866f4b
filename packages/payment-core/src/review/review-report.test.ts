import { expect, it } from 'vitest';
import { created, usd } from '../invoice/sample-invoice.fixture.ts';
import { carryOut } from '../ledger/carry-out.ts';
import { explainReview } from './explain-review.ts';
import { heldOrder, store } from './review-item.fixture.ts';
import { reviewReport } from './review-report.ts';

const hidden = { payUrl: 'https://pay.example/the-link', address: 'deposit-address' };

const explained = async () => {
  const { ledger, ports, invoice, open } = await heldOrder({ ...hidden, received: usd('45.00') });
  const item = await open({ invoice: invoice.id, orderKey: invoice.orderKey });
  await ledger.transact(async (tx) => {
    const settle = { kind: 'settle', note: 'Accepted.' } as const;
    await tx.invoices.update(await carryOut(tx, invoice, [settle], ports.random, created));
    await tx.history.append({ invoice: invoice.id, at: created, event: 'open → processing', detail: 'less' });
    await tx.refunds.insert({
      store,
      invoice: invoice.id,
      refundId: '9',
      orderAmount: usd('5.00'),
      gatewayAmount: usd('5.00'),
      reason: 'Mrs Miller sent it back',
      state: 'manual',
      gatewayRefundId: null,
      answer: null,
      createdAt: created,
    });
  });
  const explanation = await explainReview(ports, store, item);
  if (!explanation?.claim) throw new Error('not explained');
  return { explanation, claim: explanation.claim.claim };
};

it('tells everything that led to an item, in plain JSON', async () => {
  const { explanation } = await explained();
  const report = reviewReport(explanation);
  expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  expect(report).toMatchObject({
    review: { kind: 'underpaid', openedAt: '2023-11-14T22:13:20.000Z', resolution: null },
    attempts: [
      {
        n: 1,
        received: { amount: '45.00', currency: 'USD' },
        expiresAt: '2023-11-14T22:43:20.000Z',
        timeline: [{ at: '2023-11-14T22:13:20.000Z', event: 'open → processing', detail: 'less' }],
      },
    ],
    claim: { state: 'held' },
    instructions: [{ kind: 'settle', state: 'pending', note: 'Accepted.', doneAt: null }],
    refunds: [{ refund: '9', state: 'manual', orderAmount: { amount: '5.00' } }],
  });
});

it('invariant 15: is safe to paste', async () => {
  const { explanation, claim } = await explained();
  const text = JSON.stringify(reviewReport(explanation));
  for (const secret of [claim, hidden.payUrl, hidden.address, 'Miller']) {
    expect(JSON.stringify(explanation)).toContain(secret);
    expect(text).not.toContain(secret);
  }
});
