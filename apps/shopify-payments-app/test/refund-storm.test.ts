import { minutes } from '@gatewright/payment-core';
import { expect, test } from 'vitest';
import { begin } from './support/begin-payment.ts';
import { postSession } from './support/post-session.ts';
import { pass } from './support/time-passes.ts';

/** An order of 49.90 that was paid through the one gateway that pays back by itself. */
const paidOrder = async () => {
  const begun = await begin('gatenoc');
  const { shopper, payments } = begun.world.simulators.gateways.gatenoc;
  expect(await shopper.pay(begun.payment)).toEqual({ ok: true });
  await begun.world.app().work();
  await pass(begun.world, minutes(10));
  const [order] = begun.installed.shop.orders();
  if (!order) throw new Error('not paid');
  const paidBack = () => payments().find(({ id }) => id === begun.payment)?.refunded;
  return { ...begun, order, paidBack };
};

test('ten refunds at once, each sent six times, pay back what was paid, once', async () => {
  const { world, installed, order, paidBack } = await paidOrder();
  const { merchant } = installed.shop;
  const asked = await Promise.all(Array.from({ length: 10 }, () => merchant.refund(order.id, '4.99')));
  const ids = asked.map((outcome) => {
    if (!outcome.ok) throw new Error(outcome.reason);
    return outcome.sessionId;
  });
  await Promise.all(ids.flatMap((id) => Array.from({ length: 5 }, () => merchant.retry(id))));
  await pass(world, minutes(60), minutes(5));
  expect(installed.shop.followUps().map(({ state }) => state)).toEqual(ids.map(() => 'resolved'));
  expect(installed.shop.order(order.id)).toMatchObject({ financialStatus: 'refunded', refunded: '49.90' });
  expect(paidBack()).toBe('49.90');
});

test('refunds that are more than the payment together pay back no more than it', async () => {
  const { world, installed, sessionId, paidBack } = await paidOrder();
  const { domain } = installed.row;
  const ids = Array.from({ length: 20 }, (_, i) => `storm-${i}`);
  const answers = await Promise.all(
    ids.map((id) => {
      const body = { id, gid: `gid://shopify/RefundSession/${id}`, payment_id: sessionId };
      const money = { amount: '9.90', currency: 'USD', merchant_locale: 'en' };
      return postSession(world, 'refund', domain, JSON.stringify({ ...body, ...money }));
    }),
  );
  expect(answers.map(({ status }) => status)).toEqual(ids.map(() => 201));
  await pass(world, minutes(60), minutes(5));
  expect(paidBack()).toBe('49.50');
  const kept = await Promise.all(
    ids.map((id) => world.app().followUps.byKey({ shop: domain, kind: 'refund', id })),
  );
  expect(kept.filter((row) => row?.note === 'The refunds would come to more than was paid.')).toHaveLength(
    15,
  );
});
