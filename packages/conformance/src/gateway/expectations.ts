import type { Invoice, ReviewRow } from '@gatewright/payment-core';
import { expect } from 'vitest';
import type { ReceivedWebhook } from '../journey/receiver.ts';
import type { Stage } from '../journey/stage.ts';

/** The goods left once, and the invoice says why. */
export const expectPaidOnce = async (stage: Stage, invoice: Pick<Invoice, 'id'>, order = '1') => {
  expect(stage.order(order)).toMatchObject({ status: 'processing', fulfilments: 1 });
  expect((await stage.current(invoice)).status).toBe('settled');
};

export const expectUnpaid = (stage: Stage, order = '1') =>
  expect(stage.order(order)).toMatchObject({ status: 'pending', claim: null, fulfilments: 0 });

/** Money is there, nothing was shipped, the order waits for a person who has been told. */
export const expectHeld = async (stage: Stage, review: ReviewRow['kind']) => {
  expect(stage.order()).toMatchObject({ status: 'on-hold', fulfilments: 0 });
  expect(await stage.reviews()).toContain(review);
};

/** Whether the gateway says itself when it was paid; else our receipt time counts (invariant 10). */
const saysWhenPaid = ({ subject, main }: Stage, webhooks: readonly ReceivedWebhook[]): boolean =>
  webhooks.some(({ headers, body, at }) => {
    const verdict = subject.gateway.receiveWebhook(main.account.config, { headers, body, receivedAt: at });
    return verdict.ok && verdict.facts.some(({ status, paidAt }) => status === 'paid' && paidAt !== null);
  });

/**
 * Paid in time but learnt of after the expiry: settled where the gateway says when it was paid, else in front of a
 * person; never lost and never fulfilled twice.
 */
export const expectPaidOrHeldAsLate = async (stage: Stage, invoice: Invoice) => {
  if (saysWhenPaid(stage, stage.receiver.received)) await expectPaidOnce(stage, invoice);
  else await expectHeld(stage, 'late');
};
