import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type GatewayId,
  type GatewaySimulatorsById,
  startGatewaySimulators,
} from '@gatewright/gateway-simulator';
import { createNodeHttpClient } from '@gatewright/outbound-http';
import {
  type Account,
  accountIdSchema,
  type CheckoutResult,
  createAccountHealth,
  createJsonEndpointRates,
  createMemoryLedger,
  defaultPolicy,
  gatewayById,
  type InstructionRow,
  type Invoice,
  jobHandler,
  moneySchema,
  type Offer,
  offerAccounts,
  orderKeySchema,
  type Ports,
  type RefundResult,
  rawHeaderLines,
  receiveWebhook,
  reconcile,
  requestRefund,
  startCheckout,
  storeIdSchema,
} from '@gatewright/payment-core';
import { onTestFinished } from 'vitest';
import { json, openEndpoint } from './endpoint.ts';

const store = storeIdSchema.parse('store');
const accountId = accountIdSchema.parse('account');
const orderKey = orderKeySchema.parse('100');

/** One order of a shop before one simulated gateway, with rates of an endpoint that a test moves. */
export interface Scene<Id extends GatewayId> {
  readonly clock: Ports['clock'] & { advance(ms: number): Promise<void> };
  readonly gateway: GatewaySimulatorsById<Id>[Id];
  /** From now on the endpoint says this of this moment; without a value it is down. */
  say(pair: string, value?: string): void;
  readonly offers: () => Promise<readonly Offer[]>;
  readonly checkout: (total: string, currency: string) => Promise<CheckoutResult>;
  readonly invoice: () => Promise<Invoice>;
  /** Due jobs, then one look at the gateway. */
  readonly work: () => Promise<void>;
  readonly refund: (refundId: string, amount: string, currency: string) => Promise<RefundResult>;
  /** What the shop was told, in words. */
  readonly told: string[];
  readonly reviews: () => Promise<string[]>;
}

const openReceiver = async (receive: (body: Buffer, raw: readonly string[]) => Promise<number>) => {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      void receive(Buffer.concat(chunks), request.rawHeaders).then((status) =>
        response.writeHead(status).end(),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  // listen() on a TCP port gives an AddressInfo.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`;
};

export const openScene = async <Id extends GatewayId>(id: Id): Promise<Scene<Id>> => {
  const simulators = await startGatewaySimulators<Id>({ gateways: [id], seed: 3 });
  onTestFinished(() => simulators.stop());
  const { clock } = simulators;
  const gateway = simulators.gateways[id];
  const endpoint = await openEndpoint(json('', 503));
  const http = createNodeHttpClient({ sandbox: true, clock, sleep: async () => undefined });
  const memory = createMemoryLedger();
  const told: string[] = [];
  const account: Account = {
    id: accountId,
    store,
    gateway: id,
    mode: 'test',
    config: gateway.config,
    enabled: true,
  };
  let drawn = 0;
  let receiver = '';
  const ports: Ports = {
    ledger: memory,
    directory: {
      store: async () => ({ id: store, name: 'Shop', mode: 'test', policy: defaultPolicy }),
      account: async () => account,
      accountsOf: async () => [account],
    },
    storefront: {
      tell: async ({ kind, note }: InstructionRow) => {
        told.push(`${kind}: ${note}`);
        return { outcome: 'done' };
      },
    },
    rates: createJsonEndpointRates({ url: endpoint.url, http, clock }),
    health: createAccountHealth(),
    clock,
    random: (count) => {
      drawn += 1;
      return Uint8Array.from({ length: count }, (_, index) => (drawn >> (8 * (index % 4))) & 255);
    },
    gateway: gatewayById,
    http: () => http,
    webhookUrl: () => receiver,
    sandbox: true,
  };
  receiver = await openReceiver(async (body, raw) => {
    const request = { headers: rawHeaderLines(raw), body, receivedAt: clock.now() };
    const answer = await receiveWebhook(ports, id, accountId, request);
    return answer.status;
  });
  gateway.setWebhookUrl(gateway.accountId, receiver);
  const handle = jobHandler(ports);
  const drain = async (): Promise<void> => {
    for (let leased = await memory.jobs.lease(clock.now(), 60_000, 50); leased.length > 0; ) {
      for (const { id: job, job: what } of leased) {
        const result = await handle(what);
        if (result.done) await memory.jobs.complete(job);
        else if ('giveUp' in result) await memory.jobs.bury(job, result.reason);
        else await memory.jobs.retry(job, clock.now() + result.again, result.reason);
      }
      leased = await memory.jobs.lease(clock.now(), 60_000, 50);
    }
  };
  return {
    clock,
    gateway,
    told,
    say: (pair, value) => {
      const [from, to] = pair.split('/');
      const at = new Date(clock.now()).toISOString();
      endpoint.answer = value === undefined ? json('', 503) : json(JSON.stringify([{ from, to, value, at }]));
    },
    offers: () => offerAccounts(ports, store, moneySchema.parse({ amount: '50.00', currency: 'EUR' })),
    checkout: (amount, currency) =>
      startCheckout(ports, {
        store,
        orderKey,
        orderNumber: '100',
        amount: moneySchema.parse({ amount, currency }),
        account: accountId,
        method: null,
        description: 'Order 100',
        returnUrl: 'https://shop.example/thanks',
        cancelUrl: 'https://shop.example/cart',
        customerEmail: null,
        orderDeadline: null,
      }),
    invoice: async () => {
      const [invoice] = await memory.transact((tx) => tx.invoices.ofOrder(store, orderKey));
      if (!invoice) throw new Error('there is no invoice');
      return invoice;
    },
    work: async () => {
      await drain();
      await reconcile(ports);
      await clock.advance(0);
      await drain();
    },
    refund: (refundId, amount, currency) =>
      requestRefund(ports, {
        store,
        orderKey,
        refundId,
        amount: moneySchema.parse({ amount, currency }),
        reason: 'returned',
      }),
    reviews: async () => {
      const open = await memory.transact((tx) => tx.reviews.page(store, { state: 'open', limit: 100 }));
      return open.map(({ kind, detail }) => `${kind}: ${detail}`);
    },
  };
};
