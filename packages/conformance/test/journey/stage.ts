import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type GatewayId,
  type GatewaySimulators,
  startGatewaySimulators,
} from '@gatewright/gateway-simulator';
import { createNodeEgress, createNodeHttpClient } from '@gatewright/outbound-http';
import {
  type Account,
  accountIdSchema,
  type CheckoutResult,
  createFixedRates,
  createMemoryLedger,
  defaultPolicy,
  fixedTableSchema,
  gatewayById,
  type Invoice,
  type JobQueue,
  jobHandler,
  type Ledger,
  moneySchema,
  orderKeySchema,
  type Policy,
  type Ports,
  type ReviewRow,
  rawHeaderLines,
  receiveWebhook,
  reconcile,
  startCheckout,
  storeIdSchema,
} from '@gatewright/payment-core';
import { createShop, type Shop } from './shop.ts';

/** The core's use cases over a memory ledger, real HTTP to a simulated gateway and back, and a shop of one page. */
export interface Stage {
  readonly simulators: GatewaySimulators;
  readonly gateway: GatewaySimulators['gateways'][GatewayId];
  readonly ports: Ports;
  readonly ledger: Ledger;
  readonly shop: Shop;
  readonly account: Account;
  /** The order is placed in the shop and taken to checkout. */
  checkout(orderKey: string, total?: string, method?: string | null): Promise<CheckoutResult>;
  /** The same, for what must succeed. */
  invoice(orderKey: string, total?: string, method?: string | null): Promise<Invoice>;
  /** The simulator's id of an invoice's payment. */
  paymentOf(invoice: Invoice): string;
  current(invoice: Invoice): Promise<Invoice>;
  reviews(): Promise<readonly ReviewRow[]>;
  /** Runs due jobs until none is due, as the bridge's worker does. */
  work(): Promise<void>;
  /** Moves the clock in steps and lets worker and poller run after each, as a living bridge would. */
  live(ms: number): Promise<void>;
  readonly answers: number[];
  stop(): Promise<void>;
}

const store = storeIdSchema.parse('store-1');
const accountId = accountIdSchema.parse('account-1');

const drain = async (queue: JobQueue, ports: Ports): Promise<void> => {
  const handle = jobHandler(ports);
  for (;;) {
    const leased = await queue.lease(ports.clock.now(), 60_000, 50);
    if (leased.length === 0) return;
    for (const { id, job } of leased) {
      const result = await handle(job);
      if (result.done) await queue.complete(id);
      else if ('giveUp' in result) await queue.bury(id, result.reason);
      else await queue.retry(id, ports.clock.now() + result.again, result.reason);
    }
  }
};

const openReceiver = async (receive: (body: Uint8Array, raw: readonly string[]) => Promise<number>) => {
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      void receive(Buffer.concat(chunks), request.rawHeaders).then((status) =>
        response.writeHead(status).end(),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // listen() on a TCP port gives an AddressInfo.
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  return { url: `http://127.0.0.1:${port}/webhook`, close };
};

export const openStage = async (
  gatewayId: GatewayId,
  options: { readonly policy?: Partial<Policy>; readonly config?: Record<string, unknown> } = {},
): Promise<Stage> => {
  const simulators = await startGatewaySimulators({ gateways: [gatewayId], seed: 7 });
  const gateway = simulators.gateways[gatewayId];
  const account: Account = {
    id: accountId,
    store,
    gateway: gatewayId,
    mode: 'test',
    config: { ...gateway.config, ...options.config },
    enabled: true,
  };
  const memory = createMemoryLedger();
  const shop = createShop();
  const answers: number[] = [];
  const egress = createNodeEgress({ sandbox: true });
  let drawn = 0;
  let receiverUrl = '';
  const http = createNodeHttpClient({ egress, clock: simulators.clock, sleep: () => Promise.resolve() });
  const ports: Ports = {
    ledger: memory,
    directory: {
      store: async (id) =>
        id === store
          ? { id: store, name: 'Shop', mode: 'test', policy: { ...defaultPolicy, ...options.policy } }
          : undefined,
      account: async (id) => (id === accountId ? account : undefined),
      accountsOf: async (id) => (id === store ? [account] : []),
    },
    storefront: shop,
    rates: createFixedRates({
      table: fixedTableSchema.parse([
        { from: 'TON', to: 'USD', value: '2.50' },
        { from: 'EUR', to: 'USD', value: '1.10' },
      ]),
    }),
    clock: simulators.clock,
    random: (count) => {
      drawn += 1;
      return Uint8Array.from({ length: count }, (_, index) => (drawn >> (8 * (index % 4))) & 255);
    },
    gateway: gatewayById,
    http: () => http,
    webhookUrl: () => receiverUrl,
    sandbox: true,
  };
  const receiver = await openReceiver(async (body, raw) => {
    const request = { headers: rawHeaderLines(raw), body, receivedAt: simulators.clock.now() };
    const answer = await receiveWebhook(ports, gatewayId, accountId, request);
    answers.push(answer.status);
    return answer.status;
  });
  receiverUrl = receiver.url;
  gateway.setWebhookUrl(gateway.accountId, receiverUrl);

  const checkout: Stage['checkout'] = (orderKey, total = '50.00', method = null) => {
    const order = shop.orders.get(orderKey) ?? shop.place(orderKey, total);
    return startCheckout(ports, {
      store,
      orderKey: orderKeySchema.parse(orderKey),
      orderNumber: orderKey,
      amount: moneySchema.parse({ amount: order.total, currency: order.currency }),
      account: accountId,
      method,
      description: `Order ${orderKey}`,
      returnUrl: 'https://shop.example/thanks',
      cancelUrl: 'https://shop.example/cart',
      customerEmail: null,
      orderDeadline: null,
    });
  };
  const stage: Stage = {
    simulators,
    gateway,
    ports,
    ledger: memory,
    shop,
    account,
    answers,
    checkout,
    invoice: async (orderKey, total, method) => {
      const result = await checkout(orderKey, total, method);
      if (result.outcome !== 'ready') throw new Error(`checkout: ${JSON.stringify(result)}`);
      return result.invoice;
    },
    paymentOf: (invoice) => {
      const payment = gateway
        .payments()
        .find(({ id, reference }) => id === invoice.gatewayPaymentId || reference === invoice.reference);
      if (!payment) throw new Error('the gateway has no such payment');
      return payment.id;
    },
    current: async (invoice) => {
      const row = await memory.transact((tx) => tx.invoices.byId(invoice.id));
      if (!row) throw new Error('the invoice is gone');
      return row;
    },
    reviews: () => memory.transact((tx) => tx.reviews.list(store, { open: true })),
    work: () => drain(memory.jobs, ports),
    live: async (ms) => {
      const step = 60_000;
      for (let passed = 0; passed < ms; passed += step) {
        await simulators.clock.advance(Math.min(step, ms - passed));
        await drain(memory.jobs, ports);
        await reconcile(ports);
        await drain(memory.jobs, ports);
      }
    },
    stop: async () => {
      await receiver.close();
      await simulators.stop();
    },
  };
  return stage;
};
