import { hours, minutes } from '@gatewright/payment-core';
import { describe, expect, test } from 'vitest';
import { postSession } from './support/post-session.ts';
import { pass } from './support/time-passes.ts';
import {
  choose,
  type InstalledShop,
  installShop,
  openAccount,
  startSession,
  startWorld,
} from './support/world.ts';

/** A shop with Crypto Pay and a session that the buyer has chosen to pay. */
const begin = async (gateway: 'crypto-pay' | 'gatenoc' | 'cryptopayment-center' = 'crypto-pay') => {
  const world = await startWorld();
  const installed = await installShop(world);
  const account = await openAccount(world, installed, gateway);
  const started = await startSession(installed);
  const [network = null] = world.app().ports.gateway(gateway)?.methods ?? [];
  await choose(started.redirectUrl, account, network);
  return { world, installed, account, gateway, ...started };
};

type Begun = Awaited<ReturnType<typeof begin>>;

const payNewest = async (
  { world, gateway }: Pick<Begun, 'world' | 'gateway'>,
  how: 'pay' | 'underpay' = 'pay',
) => {
  const { shopper, payments } = world.simulators.gateways[gateway];
  expect(await shopper[how](payments().at(-1)?.id ?? '')).toEqual({ ok: true });
};

const stateOf = ({ shop }: InstalledShop, id: string) => shop.payment(id)?.state.code;

describe('a payment', () => {
  test('is resolved after a restart when the process ended between the money and the resolve', async () => {
    const { world, installed, sessionId, ...begun } = await begin();
    await payNewest({ world, ...begun });
    await world.restart();
    await world.app().work();
    expect(stateOf(installed, sessionId)).toBe('resolved');
    expect(installed.shop.orders()).toHaveLength(1);
  });

  test('whose resolve got no answer has one final state', async () => {
    const { world, installed, sessionId, ...begun } = await begin();
    world.shopify.faults.add({
      kind: 'drop',
      on: 'graphql',
      when: 'after-commit',
      operation: 'paymentSessionResolve',
    });
    await payNewest({ world, ...begun });
    await world.app().work();
    expect(stateOf(installed, sessionId)).toBe('resolved');
    await pass(world, minutes(5));
    expect(installed.shop.orders()).toMatchObject([{ financialStatus: 'paid', payments: [sessionId] }]);
    expect(
      (await world.app().sessions.ofGroup(installed.row.test, groupOf(installed, sessionId)))[0]?.state,
    ).toBe('resolved');
  });

  test('that Shopify cannot be told of is told later, as often as it takes', async () => {
    const { world, installed, sessionId, ...begun } = await begin();
    for (const kind of ['status', 'throttled'] as const)
      world.shopify.faults.add(
        kind === 'status' ? { kind, on: 'graphql', status: 503, count: 3 } : { kind, count: 2 },
      );
    await payNewest({ world, ...begun });
    await world.app().work();
    expect(stateOf(installed, sessionId)).toBe('open');
    await pass(world, hours(2));
    expect(stateOf(installed, sessionId)).toBe('resolved');
  });

  test('that is not made leads back to the checkout, and nothing is rejected (rule 10)', async () => {
    const { world, installed, sessionId, checkout, redirectUrl } = await begin();
    expect(await (await fetch(redirectUrl)).text()).toContain(checkout.url.replaceAll('&', '&amp;'));
    await pass(world, hours(30), hours(1));
    expect(stateOf(installed, sessionId)).toBe('open');
    expect(installed.shop.orders()).toEqual([]);
  });

  test('of too little is pending until the merchant decides', async () => {
    const { world, installed, sessionId, ...begun } = await begin('cryptopayment-center');
    await payNewest({ world, ...begun }, 'underpay');
    await pass(world, minutes(20));
    expect(installed.shop.payment(sessionId)?.state).toMatchObject({
      code: 'pending',
      reason: 'MERCHANT_ACTION_REQUIRED',
    });
  });
});

const groupOf = ({ shop }: InstalledShop, sessionId: string) => shop.payment(sessionId)?.group as never;

describe('a checkout with two sessions (rule 9)', () => {
  test('the second one shows what the first has in flight, and is not charged again', async () => {
    const { world, installed, sessionId, checkout, ...begun } = await begin();
    await payNewest({ world, ...begun });
    await world.app().work();
    const second = await checkout.pay();
    expect(stateOf(installed, sessionId)).toBe('resolved');
    expect(second).toMatchObject({ ok: false, reason: 'already-ordered' });
    expect(world.simulators.gateways['crypto-pay'].payments()).toHaveLength(1);
  });

  test('the session on whose page the buyer paid is the one that is resolved', async () => {
    const { world, installed, sessionId, checkout, account, ...begun } = await begin();
    const second = await checkout.pay();
    if (!second.ok) throw new Error(second.reason);
    await world.simulators.clock.advance(1_000);
    await choose(second.redirectUrl, account);
    await payNewest({ world, ...begun });
    await world.app().work();
    expect(stateOf(installed, second.sessionId)).toBe('resolved');
    expect(stateOf(installed, sessionId)).toBe('open');
    expect(installed.shop.orders()).toHaveLength(1);
    const page = begun.redirectUrl.split('/').at(-1);
    const back = await fetch(`${world.app().publicUrl}/return/${page}`, { redirect: 'manual' });
    expect(back.headers.get('location')).toBe(installed.shop.payment(second.sessionId)?.returnUrl);
  });
});

describe('a refund', () => {
  const paidOrder = async (gateway: 'crypto-pay' | 'gatenoc') => {
    const begun = await begin(gateway);
    await payNewest(begun);
    await begun.world.app().work();
    await pass(begun.world, minutes(10));
    const [order] = begun.installed.shop.orders();
    if (!order) throw new Error('not paid');
    return { ...begun, order };
  };

  test('goes through a gateway that refunds, and is resolved once, however often it is asked for', async () => {
    const { world, installed, order } = await paidOrder('gatenoc');
    const asked = await installed.shop.merchant.refund(order.id, '9.90');
    if (!asked.ok) throw new Error(asked.reason);
    await Promise.all([1, 2, 3].map(() => installed.shop.merchant.retry(asked.sessionId)));
    await world.app().work();
    expect(installed.shop.followUps()).toMatchObject([{ state: 'resolved' }]);
    expect(installed.shop.order(order.id)).toMatchObject({
      financialStatus: 'partially_refunded',
      refunded: '9.90',
    });
  });

  test('of a gateway that cannot waits for the merchant, and is resolved only when it is true (invariant 17)', async () => {
    const { world, installed, order } = await paidOrder('crypto-pay');
    const asked = await installed.shop.merchant.refund(order.id);
    if (!asked.ok) throw new Error(asked.reason);
    await pass(world, hours(3), hours(1));
    expect(installed.shop.followUps()).toMatchObject([{ state: 'open' }]);
    const [waiting] = await world.app().followUps.byHand(installed.row.domain, undefined, 10);
    expect(waiting).toMatchObject({ id: asked.sessionId, state: 'by-hand' });
    expect(waiting?.note).toContain('by hand');
  });

  test('that cannot be made is declined in the language of the shop’s staff', async () => {
    const { world, installed, sessionId } = await paidOrder('crypto-pay');
    const { domain } = installed.row;
    for (const [kind, merchant_locale] of [
      ['void', 'es-MX'],
      ['refund', 'de'],
    ] as const) {
      const id = `${kind}-1`;
      const amount = kind === 'refund' ? { amount: '50.00', currency: 'USD' } : {};
      const asked = { id, gid: `gid://shopify/${kind}/1`, payment_id: sessionId, merchant_locale, ...amount };
      expect((await postSession(world, kind, domain, JSON.stringify(asked))).status).toBe(201);
    }
    await world.app().work();
    const noteOf = async (kind: 'void' | 'refund') =>
      (await world.app().followUps.byKey({ shop: domain, kind, id: `${kind}-1` }))?.note;
    expect(await noteOf('void')).toBe('El pago está completo y no se puede anular. Reembólselo en su lugar.');
    expect(await noteOf('refund')).toBe('Die Erstattungen wären zusammen höher als die Zahlung.');
  });
});
