import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { cryptoPaymentCenter } from '../gateways/cryptopayment-center/index.ts';
import { register } from '../gateways/registry.ts';
import { createAccountHealth } from '../health/account-health.ts';
import type { HttpClient } from '../http/http-client.ts';
import { minutes, seconds } from '../identity/clock.ts';
import { storeIdSchema } from '../identity/identity.ts';
import { invoiceSchema } from '../invoice/invoice.ts';
import { defaultPolicy } from '../invoice/policy.ts';
import { created, sampleInvoice } from '../invoice/sample-invoice.fixture.ts';
import { createMemoryLedger } from '../ledger/memory-ledger.ts';
import type { Ports } from '../ports.ts';
import { reconcile } from './reconcile.ts';

const store = storeIdSchema.parse('store');
const gateway = register(cryptoPaymentCenter);
const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const accountName = (n: number): string => `account-${String(n).padStart(4, '0')}`;
const config = {
  apiKey: 'pk_abc123',
  apiSecret: 'sk_xyz789',
  appKey: 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=',
};

const invoiceOf = (n: number) =>
  invoiceSchema.parse({
    ...sampleInvoice({ mode: 'live', method: 'trc20', gatewayPaymentId: uuid(n), nextReadAt: created + n }),
    id: `invoice_${String(n).padStart(16, '0')}`,
    orderKey: String(n),
    reference: `order-${n}`,
    account: accountName(n),
    gateway: gateway.id,
  });

/** `count` accounts with one young invoice each, the first longest due; every call takes `callMs` of the virtual clock. */
const openAccounts = async (
  count: number,
  callMs: number,
  down: (account: string) => boolean = () => false,
) => {
  const begin = created + minutes(1);
  let now = begin;
  let underWay = 0;
  let most = 0;
  const read: string[] = [];
  const ledger = createMemoryLedger();
  const clientOf =
    (account: string): HttpClient =>
    async ({ url }) => {
      underWay += 1;
      most = Math.max(most, underWay);
      const endsAt = now + callMs;
      // The others that are under way began at the same time.
      await setImmediate();
      now = Math.max(now, endsAt);
      underWay -= 1;
      read.push(account);
      if (down(account)) return { outcome: 'unavailable', reason: 'rate-limited', retryAfterMs: seconds(20) };
      const id = url.slice(url.lastIndexOf('/') + 1);
      const invoice = { id, status: 'pending', network: 'trc20', amount_usd: 50, amount_crypto: 50 };
      return {
        outcome: 'ok',
        status: 200,
        headers: {},
        body: Buffer.from(JSON.stringify({ success: true, invoice })),
      };
    };
  const ports: Ports = {
    ledger,
    directory: {
      store: async () => ({ id: store, name: 'Shop', mode: 'live', policy: defaultPolicy }),
      account: async (id) => ({ id, store, gateway: gateway.id, mode: 'live', config, enabled: true }),
      accountsOf: async () => [],
    },
    storefront: { tell: async () => ({ outcome: 'done' }) },
    rates: { rate: async () => undefined },
    health: createAccountHealth(),
    clock: { now: () => now },
    random: (length) => new Uint8Array(length),
    gateway: () => gateway,
    http: ({ id }) => clientOf(id),
    webhookUrl: () => 'https://pay.example/webhook',
    sandbox: false,
  };
  await ledger.transact(async (tx) => {
    for (let n = 0; n < count; n += 1) await tx.invoices.insert(invoiceOf(n));
  });
  return {
    ports,
    read,
    most: () => most,
    passed: () => now - begin,
    pass: (ms: number) => {
      now += ms;
    },
  };
};

describe('a round of reconcile', () => {
  it('goes on while accounts are due, four at a time: a thousand are read in one', async () => {
    const { ports, read, most, passed } = await openAccounts(1_000, 40);
    expect(await reconcile(ports)).toEqual({ accounts: 1_000, read: 1_000, unread: 0, unavailable: 0 });
    expect([new Set(read).size, most(), passed()]).toEqual([1_000, 4, 10_000]);
    expect(await reconcile(ports)).toEqual({ accounts: 0, read: 0, unread: 0, unavailable: 0 });
  });

  it('ends after twelve seconds, and the next one begins with what has waited longest', async () => {
    const { ports, read, passed, pass } = await openAccounts(100, 1_000);
    expect(await reconcile(ports)).toMatchObject({ accounts: 48, read: 48 });
    expect(passed()).toBe(12_000);
    pass(minutes(2));
    // What was read is due again by now, and comes after what was not.
    read.length = 0;
    expect(await reconcile(ports)).toMatchObject({ accounts: 48 });
    expect([...read].sort()).toEqual(Array.from({ length: 48 }, (_, n) => accountName(48 + n)));
  });

  it('gives every account one turn, so that those at their limit take no place from others', async () => {
    const atLimit = (account: string) => account < accountName(300);
    const { ports, read, pass } = await openAccounts(320, 10, atLimit);
    expect(await reconcile(ports)).toEqual({ accounts: 320, read: 20, unread: 0, unavailable: 300 });
    expect(read).toHaveLength(320);
    pass(seconds(15));
    // Due again at once, before the lease would have ended.
    expect(await reconcile(ports)).toMatchObject({ accounts: 300, unavailable: 300 });
  });

  it('reads at least one account however long a look at the ledger takes', async () => {
    const { ports } = await openAccounts(3, 10);
    let now = created + minutes(1);
    const late = { now: () => (now += minutes(1)) };
    expect((await reconcile({ ...ports, clock: late })).accounts).toBe(1);
  });

  it('waits for the turns that are under way when one of them meets a bug', async () => {
    const { ports, read } = await openAccounts(8, 10);
    const http: Ports['http'] = (account) => {
      if (account.id === accountName(0)) throw new Error('a bug');
      return ports.http(account);
    };
    await expect(reconcile({ ...ports, http })).rejects.toThrow('a bug');
    expect(read).toHaveLength(7);
  });
});
