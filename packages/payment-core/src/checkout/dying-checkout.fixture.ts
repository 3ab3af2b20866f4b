import type { Account } from '../account/account.ts';
import { gatewayById } from '../gateways/registry.ts';
import { createAccountHealth } from '../health/account-health.ts';
import type { HttpClient, HttpOutcome } from '../http/http-client.ts';
import { minutes } from '../identity/clock.ts';
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

/** A shop whose first create call never answers, as when its process died; the later ones do not arrive. */
export const dyingCheckout = () => {
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
  return {
    ports,
    store,
    orderKey,
    checkOut: () =>
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
      }),
    attempts: () => ledger.transact((tx) => tx.invoices.ofOrder(store, orderKey)),
    /** The jobs that are due in a minute. */
    jobsSoon: async () => (await ledger.jobs.lease(now + minutes(1), minutes(1), 100)).map(({ job }) => job),
    pass: (ms: number) => {
      now += ms;
    },
  };
};
