import { expect, test } from 'vitest';
import { planOf } from './plan.ts';

const options = { seed: 7, orders: 400, kills: 40, replicas: 3 };

test('the same options give the same plan, another seed another one', () => {
  expect(planOf(options)).toEqual(planOf(options));
  expect(planOf({ ...options, seed: 8 }).digest).not.toBe(planOf(options).digest);
});

test('it has every story, every fault and every kind of moment for a kill', () => {
  const { orders, kills, shopFaults } = planOf(options);
  expect(new Set(orders.map(({ story }) => story)).size).toBe(7);
  expect(new Set(orders.map(({ gateway }) => gateway)).size).toBe(6);
  const webhookFaults = orders.flatMap((order) => order.webhookFaults).map((fault) => fault?.kind);
  expect(new Set(webhookFaults)).toEqual(new Set([undefined, 'duplicate', 'reorder', 'delay', 'drop']));
  expect(orders.some(({ webhookFaults: [first] }) => first?.kind === 'drop' && first.lost === true)).toBe(
    true,
  );
  const refunded = orders.filter(({ story }) => story === 'refunded');
  expect(new Set(refunded.map(({ refundFault }) => refundFault?.kind))).toEqual(
    new Set([undefined, 'status', 'timeout-before-commit', 'timeout-after-commit']),
  );
  expect(new Set(kills.map(({ point }) => point)).size).toBe(6);
  expect(new Set(kills.map(({ victim }) => victim.number))).toEqual(new Set([0, 1, 2]));
  expect(new Set(shopFaults).size).toBe(6);
});

test('a message of a gateway that cannot be asked is never lost for good', () => {
  const { orders } = planOf({ ...options, orders: 1_000 });
  const own = orders.filter(({ gateway }) => gateway === 'teleport-pay');
  expect(own.length).toBeGreaterThan(50);
  for (const { webhookFaults } of own)
    for (const fault of webhookFaults) expect(fault?.kind === 'drop' && fault.lost === true).toBe(false);
});

test('every message but those of Teleport Pay may be lost, also that of a second payment (GN-7)', () => {
  const { orders } = planOf({ ...options, orders: 2_000 });
  const lost = orders.flatMap(({ story, gateway, webhookFaults: [first, second] }) =>
    [first, story === 'paid-again' ? second : null].flatMap((fault) =>
      fault?.kind === 'drop' && fault.lost === true ? [{ gateway, again: fault === second }] : [],
    ),
  );
  expect(lost.filter(({ again }) => again).length).toBeGreaterThan(5);
  expect(lost.filter(({ gateway }) => gateway === 'teleport-pay')).toEqual([]);
});

test('more orders take more time, so that kills do not come closer together', () => {
  const last = (orders: number) => {
    const plan = planOf({ ...options, orders });
    return {
      of: plan.arrivalMinutes,
      last: Math.max(...plan.orders.map(({ checkoutMinute }) => checkoutMinute)),
    };
  };
  expect(last(100).of).toBe(40);
  expect(last(2_500).of).toBe(1_000);
  expect(last(2_500).last).toBeGreaterThan(900);
});
