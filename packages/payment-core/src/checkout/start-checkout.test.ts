import { expect, it } from 'vitest';
import type { Account } from '../account/account.ts';
import { gatewayById } from '../gateways/registry.ts';
import { createAccountHealth } from '../health/account-health.ts';
import type { HttpClient, HttpOutcome } from '../http/http-client.ts';
import { minutes, seconds } from '../identity/clock.ts';
import { accountIdSchema, orderKeySchema, storeIdSchema } from '../identity/identity.ts';
import { defaultPolicy } from '../invoice/policy.ts';
import { created, usd } from '../invoice/sample-invoice.fixture.ts';
import { createMemoryLedger } from '../ledger/memory-ledger.ts';
import type { Ports } from '../ports.ts';
import { startCheckout } from './start-checkout.ts';

const store = storeIdSchema.parse('store');
const orderKey = orderKeySchema.parse('100');
const account: Account = {
  id: accountIdSchema.parse('account'),
  store,
  gateway: 'crypto-pay',
  mode: 'live',
  config: { token: `12345:${'a'.repeat(35)}` },
  enabled: true,
};

/** The first create call never answers, as when its process died; the others do not arrive. */
const dyingCheckout = () => {
  let [now, drawn, calls] = [created, 0, 0];
  const ledger = createMemoryLedger();
  const http: HttpClient = () => {
    calls += 1;
    return calls === 1
      ? new Promise<HttpOutcome>(() => undefined)
      : Promise.resolve({ outcome: 'unavailable', reason: 'not-sent' });
  };
  const ports: Ports = {
    ledger,
    directory: {
      store: async () => ({ id: store, name: 'Shop', mode: 'live', policy: defaultPolicy }),
      account: async () => account,
      accountsOf: async () => [account],
    },
    storefront: { tell: async () => ({ outcome: 'done' }) },
    rates: { rate: async () => undefined },
    health: createAccountHealth(),
    clock: { now: () => now },
    random: (count) => {
      drawn += 1;
      return new Uint8Array(count).fill(drawn);
    },
    gateway: gatewayById,
    http: () => http,
    webhookUrl: () => 'https://pay.example/webhook',
    sandbox: false,
  };
  const checkOut = () =>
    startCheckout(ports, {
      store,
      orderKey,
      orderNumber: '100',
      amount: usd('50.00'),
      account: account.id,
      method: null,
      description: 'Order 100',
      returnUrl: 'https://shop.example/thanks',
      cancelUrl: 'https://shop.example/cart',
      customerEmail: null,
      orderDeadline: null,
    });
  return {
    checkOut,
    attempts: () => ledger.transact((tx) => tx.invoices.ofOrder(store, orderKey)),
    due: (at: number) => ledger.jobs.lease(at, minutes(1), 100),
    pass: (ms: number) => {
      now += ms;
    },
    now: () => now,
  };
};

it('looks for the invoice of a checkout that died when the same is asked for again (CP-9)', async () => {
  const { checkOut, attempts, due, pass, now } = dyingCheckout();
  void checkOut();
  await expect.poll(attempts).toHaveLength(1);
  expect(await checkOut()).toEqual({ outcome: 'busy' });
  pass(seconds(46));
  expect(await checkOut()).toMatchObject({ outcome: 'unavailable' });
  const [lost, second] = await attempts();
  expect(lost).toMatchObject({ n: 1, status: 'creating', ambiguous: true, superseded: true });
  expect(second).toMatchObject({ n: 2 });
  const looked = (await due(now() + minutes(1))).map(({ job }) => job);
  expect(looked).toContainEqual({ kind: 'find-invoice', invoice: lost?.id });
});
