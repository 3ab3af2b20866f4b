import { startGatewaySimulators } from '@gatewright/gateway-simulator';
import { createNodeHttpClient } from '@gatewright/outbound-http';
import {
  type Account,
  accountIdSchema,
  createAccountHealth,
  createMemoryLedger,
  defaultPolicy,
  gatewayById,
  type Invoice,
  invoiceSchema,
  moneySchema,
  type Ports,
  reconcile,
  storeIdSchema,
} from '@gatewright/payment-core';
import { expect, onTestFinished, test } from 'vitest';
import { createRequest } from './wired.ts';

const id = 'cryptopayment-center';
const store = storeIdSchema.parse('store');
const accountId = accountIdSchema.parse('account');
const usd = moneySchema.parse({ amount: '50.00', currency: 'USD' });
const seconds = (count: number) => count * 1_000;
const minutes = (count: number) => count * 60_000;

/** Calls a minute: 5 pages of 20 invoices, where the real limit reaches 6,000 invoices. */
const limit = { requests: 5, perMs: minutes(1) };
const open = 160;

const invoiceOf = (n: number, gatewayPaymentId: string | null, now: number): Invoice =>
  invoiceSchema.parse({
    id: `invoice_${String(n).padStart(16, '0')}`,
    store,
    orderKey: String(n),
    account: accountId,
    gateway: id,
    mode: 'test',
    method: 'trc20',
    n: 1,
    reference: `order-${n}`,
    status: 'open',
    exceptions: [],
    order: usd,
    quoted: usd,
    payable: null,
    rate: null,
    valuation: null,
    received: null,
    paymentRecords: [],
    transaction: null,
    confirmations: null,
    gatewayPaymentId,
    payUrl: null,
    address: null,
    ambiguous: false,
    superseded: false,
    createdAt: now,
    expiresAt: now + minutes(30),
    monitorUntil: now + minutes(600),
    firstReceiptAt: null,
    settledAt: null,
    lastReadAt: null,
    nextReadAt: now,
    version: 0,
  });

/** An account with more open invoices than its limit of calls reaches in a minute; the real adapter, client and rounds. */
const openWorld = async () => {
  const simulators = await startGatewaySimulators({ gateways: [id], seed: 5, knobs: { rateLimits: false } });
  onTestFinished(() => simulators.stop());
  const { clock } = simulators;
  const { config } = simulators.gateways[id];
  const gateway = gatewayById(id);
  const unlimited = createNodeHttpClient({ sandbox: true, clock });
  const creating = gateway?.connect(config, { http: unlimited, clock, sandbox: true });
  const ledger = createMemoryLedger();
  const create = async (n: number): Promise<void> => {
    const request = createRequest({ reference: `order-${n}`, amount: usd, method: 'trc20' });
    const made = await creating?.createInvoice(request);
    if (made?.outcome !== 'created') throw new Error(made?.outcome);
    const invoice = invoiceOf(n, made.gatewayPaymentId, clock.now());
    await ledger.transact((tx) => tx.invoices.insert(invoice));
    await clock.advance(100);
  };
  for (let n = 0; n < open; n += 1) await create(n);

  let account: Account = { id: accountId, store, gateway: id, mode: 'test', config, enabled: true };
  const limited = createNodeHttpClient({
    sandbox: true,
    clock,
    sleep: (ms) => clock.advance(ms),
    rateLimit: limit,
  });
  const ports: Ports = {
    ledger,
    directory: {
      store: async () => ({ id: store, name: 'Shop', mode: 'test', policy: defaultPolicy }),
      account: async () => account,
      accountsOf: async () => [account],
    },
    storefront: { tell: async () => ({ outcome: 'done' }) },
    rates: { rate: async () => undefined },
    health: createAccountHealth(),
    clock,
    random: (count) => new Uint8Array(count),
    gateway: gatewayById,
    http: () => limited,
    webhookUrl: () => 'https://pay.example/webhook',
    sandbox: true,
  };
  return {
    clock,
    create,
    /** What a new process knows of the account: the same values in another object. */
    restart: () => {
      account = { ...account, config: structuredClone(config) };
    },
    /** Rounds of reconcile every 15 s. @returns what they counted as read */
    run: async (ms: number): Promise<number> => {
      let read = 0;
      for (const end = clock.now() + ms; clock.now() < end; await clock.advance(seconds(15)))
        read += (await reconcile(ports)).read;
      return read;
    },
    invoices: () => Object.values(Object.fromEntries(ledger.snapshot().invoices)),
  };
};

const readSince = (invoices: readonly Invoice[], since: number): number =>
  invoices.filter(({ lastReadAt }) => lastReadAt !== null && lastReadAt >= since).length;

test('CPC-7: the oldest of more invoices than a minute of calls reaches are read in their turn, again and again', async () => {
  const { clock, run, create, invoices } = await openWorld();
  for (let lap = 0; lap < 3; lap += 1) {
    const since = clock.now();
    await run(minutes(3));
    expect(readSince(invoices(), since)).toBeGreaterThanOrEqual(open);
    // The list moves while it is walked.
    await create(open + lap);
  }
});

test('CPC-7: a restart in the middle of the list loses no invoice', async () => {
  const { clock, run, restart, invoices } = await openWorld();
  const since = clock.now();
  await run(minutes(1));
  restart();
  await run(minutes(4));
  expect(readSince(invoices(), since)).toBe(open);
});

test('reconcile counts what was read, not what was asked for', async () => {
  const { run, invoices } = await openWorld();
  expect(await run(seconds(15))).toBe(100);
  expect(readSince(invoices(), 0)).toBe(100);
});
