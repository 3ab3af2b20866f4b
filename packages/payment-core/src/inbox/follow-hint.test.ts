import { describe, expect, it } from 'vitest';
import { cryptoPaymentCenter } from '../gateways/cryptopayment-center/index.ts';
import { cryptoPaymentCenterHint } from '../gateways/cryptopayment-center/status.ts';
import { register } from '../gateways/registry.ts';
import { createAccountHealth } from '../health/account-health.ts';
import { minutes, seconds } from '../identity/clock.ts';
import { accountIdSchema, storeIdSchema } from '../identity/identity.ts';
import { type Invoice, invoiceSchema } from '../invoice/invoice.ts';
import { defaultPolicy } from '../invoice/policy.ts';
import { created, sampleInvoice } from '../invoice/sample-invoice.fixture.ts';
import { jobHandler } from '../ledger/handle-job.ts';
import { createMemoryLedger } from '../ledger/memory-ledger.ts';
import type { Ports } from '../ports.ts';

const store = storeIdSchema.parse('store');
const account = accountIdSchema.parse('account');
const gateway = register(cryptoPaymentCenter);
const paymentId = '00000000-0000-4000-8000-000000000007';
const config = {
  apiKey: 'pk_abc123',
  apiSecret: 'sk_xyz789',
  appKey: 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=',
};

/** One invoice at CryptoPayment.center, unpaid there; `calls` holds the times of the reads. */
const open = async (change: Partial<Invoice> = {}, now = created + minutes(1)) => {
  const ledger = createMemoryLedger();
  const clock = { at: now };
  const calls: number[] = [];
  const line: { isCut: boolean } = { isCut: false };
  const invoice = invoiceSchema.parse({
    ...sampleInvoice({ mode: 'live', method: 'trc20', gatewayPaymentId: paymentId, ...change }),
    gateway: gateway.id,
    account,
  });
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
    clock: { now: () => clock.at },
    random: (length) => new Uint8Array(length),
    gateway: () => gateway,
    http: () => async () => {
      calls.push(clock.at);
      if (line.isCut) return { outcome: 'unavailable', reason: 'not-sent' };
      const row = { id: paymentId, status: 'pending', network: 'trc20', amount_usd: 50, amount_crypto: 50 };
      const body = Buffer.from(JSON.stringify({ success: true, invoice: row }));
      return { outcome: 'ok', status: 200, headers: {}, body };
    },
    webhookUrl: () => 'https://bridge.example/webhooks',
    sandbox: false,
  };
  await ledger.transact((tx) => tx.invoices.insert(invoice));
  let received = 0;
  return {
    calls,
    clock,
    line,
    /** A genuine hint is received. @returns its row's id */
    hint: async () => {
      received += 1;
      const id = `hint-${received}`;
      const fact = cryptoPaymentCenterHint(paymentId, 'payment.confirmed', clock.at);
      if (!fact) throw new Error('not documented');
      await ledger.transact(async (tx) => {
        await tx.inbox.insert({
          id,
          account,
          gateway: gateway.id,
          headers: {},
          body: new Uint8Array(),
          receivedAt: clock.at,
          dedupeKey: 'same',
          gatewayPaymentId: paymentId,
          reference: null,
          facts: [fact],
          state: 'pending',
          note: null,
        });
        await tx.jobs.enqueue({ kind: 'apply-event', inbox: id }, clock.at);
      });
      return id;
    },
    stateOf: async (id: string) => (await ledger.transact((tx) => tx.inbox.byId(id)))?.state,
    /** The worker runs until `ms` have passed. */
    work: async (ms = 0) => {
      const ends = clock.at + ms;
      const handle = jobHandler(ports);
      for (let next = await ledger.jobs.nextRunAt(); next !== undefined && next <= ends; ) {
        clock.at = Math.max(clock.at, next);
        for (const { id, job } of await ledger.jobs.lease(clock.at, minutes(2), 50)) {
          const result = await handle(job);
          if (result.done) await ledger.jobs.complete(id);
          else if ('again' in result) await ledger.jobs.retry(id, clock.at + result.again, result.reason);
        }
        next = await ledger.jobs.nextRunAt();
      }
      clock.at = ends;
    },
  };
};

describe('hints are coalesced (invariant 2)', () => {
  it('a hundred at once cost two reads at most, and each is done only after a read that began after it', async () => {
    const { hint, work, calls, stateOf } = await open();
    const ids = await Promise.all(Array.from({ length: 100 }, hint));
    await work();
    expect(calls).toHaveLength(1);
    // The read began in the same millisecond, perhaps before the hints.
    expect(await stateOf(ids[0] ?? '')).toBe('pending');
    await work(minutes(1));
    expect(calls).toHaveLength(2);
    expect(new Set(await Promise.all(ids.map(stateOf)))).toEqual(new Set(['applied']));
  });

  it('one that comes a second after a read waits for the next, which begins after it', async () => {
    const { hint, work, calls, clock, stateOf } = await open();
    await hint();
    await work();
    clock.at += seconds(1);
    const last = await hint();
    const receivedAt = clock.at;
    await work(seconds(10));
    expect(calls.at(-1)).toBeGreaterThan(receivedAt);
    expect(calls).toHaveLength(2);
    expect(await stateOf(last)).toBe('applied');
  });

  it('one stays pending while no read answers, and haste costs no more reads', async () => {
    const { hint, work, calls, line, stateOf } = await open();
    line.isCut = true;
    const ids = await Promise.all(Array.from({ length: 20 }, hint));
    await work(minutes(1));
    expect(await stateOf(ids[0] ?? '')).toBe('pending');
    expect(calls.length).toBeLessThanOrEqual(21);
    line.isCut = false;
    await work(minutes(1));
    expect(await stateOf(ids.at(-1) ?? '')).toBe('applied');
  });

  it.each([
    ['an open one', {}, seconds(3)],
    ['money on its way', { status: 'processing' }, seconds(3)],
    ['a settled one', { status: 'settled', settledAt: created }, seconds(15)],
    ['one that is watched no more', { status: 'expired', monitorUntil: created }, minutes(10)],
  ] as const)('%s is read once in its time', async (_name, change, every) => {
    const { hint, work, calls } = await open(change, created + minutes(2));
    for (let second = 0; second < 1_300; second += 1) {
      await hint();
      await work(seconds(1));
    }
    const gaps = calls.slice(1).map((at, n) => at - (calls[n] ?? 0));
    expect(calls.length).toBeGreaterThan(1);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(every);
  });
});
