import {
  type Account,
  accountIdSchema,
  createAccountHealth,
  createMemoryLedger,
  defaultPolicy,
  gatewayById,
  jobHandler,
  type MemoryLedger,
  type Mode,
  minutes,
  moneySchema,
  newTestGatewayConfig,
  openPage,
  orderKeySchema,
  type PageRow,
  type Ports,
  type Store,
  storeIdSchema,
} from '@gatewright/payment-core';
import { createPayPages, lookSchema, type PayPageLimits, type PayPages } from '../../../src/index.ts';

const storeId = storeIdSchema.parse('store');
const origin = 'https://pay.example';

export interface ShopOptions {
  readonly mode?: Mode;
  /** Gateways of its accounts, each account named after its gateway. */
  readonly gateways?: readonly string[];
  readonly limits?: Partial<PayPageLimits>;
}

/** A store with accounts on a memory ledger, its pages, and a clock that stands still. */
export interface Shop {
  readonly pages: PayPages;
  readonly ports: Ports;
  readonly ledger: MemoryLedger;
  readonly clock: { at: number; now: () => number };
  readonly errors: unknown[];
  /** What the gateways' hosts were asked. */
  readonly calls: string[];
  /** Runs due jobs. */
  work(): Promise<void>;
  open(change?: Partial<Parameters<typeof openPage>[1]>): Promise<PageRow>;
  get(path: string, headers?: Record<string, string>, method?: string): Promise<Response>;
  post(
    path: string,
    form: Record<string, string> | string,
    headers?: Record<string, string>,
  ): Promise<Response>;
  /** One tick of the hub's timer. */
  tick(): Promise<void>;
}

const counted = () => {
  let calls = 0;
  return (count: number): Uint8Array => {
    calls += 1;
    return Uint8Array.from({ length: count }, (_, at) => (calls * 31 + at * 7 + (calls >> 3)) % 256);
  };
};

const configOf = (gateway: string, random: ReturnType<typeof counted>): unknown =>
  gateway === 'test' ? newTestGatewayConfig(random) : { token: `12345:${'A'.repeat(35)}`, testnet: true };

export const openShop = ({ mode = 'test', gateways = ['test'], limits = {} }: ShopOptions = {}): Shop => {
  const clock = { at: Date.UTC(2026, 10, 21, 14), now: () => clock.at };
  const random = counted();
  const ledger = createMemoryLedger();
  const store: Store = { id: storeId, name: 'Tea House', mode, policy: defaultPolicy };
  const accounts = gateways.map(
    (gateway): Account => ({
      id: accountIdSchema.parse(`account-${gateway}`),
      store: storeId,
      gateway,
      mode: 'test',
      config: configOf(gateway, random),
      enabled: true,
    }),
  );
  const errors: unknown[] = [];
  const calls: string[] = [];
  const ports: Ports = {
    ledger,
    directory: {
      store: async (id) => (id === storeId ? store : undefined),
      account: async (id) => accounts.find((account) => account.id === id),
      accountsOf: async (id) => (id === storeId ? accounts : []),
    },
    storefront: { tell: async () => ({ outcome: 'done' }) },
    rates: { rate: async () => undefined },
    health: createAccountHealth(),
    clock,
    random,
    gateway: gatewayById,
    http: () => async (request) => {
      calls.push(`${request.method} ${new URL(request.url).pathname}`);
      return { outcome: 'unavailable', reason: 'not-sent' };
    },
    webhookUrl: ({ gateway, id }) => `${origin}/webhooks/${gateway}/${id}`,
    sandbox: true,
  };
  const handle = jobHandler(ports);
  const work = async (): Promise<void> => {
    for (const job of await ledger.jobs.lease(clock.at, minutes(1), 50)) {
      await handle(job.job);
      await ledger.jobs.complete(job.id);
    }
    if (((await ledger.jobs.nextRunAt()) ?? Infinity) <= clock.at) await work();
  };
  const timers = new Set<() => void>();
  const pages = createPayPages({
    ports,
    changes: ledger.changes,
    basePath: '/pay',
    origin: () => origin,
    lookOf: async ({ id, name }) => (id === storeId ? lookSchema.parse({ shopName: name }) : undefined),
    ownLook: lookSchema.parse({ shopName: 'Shop' }),
    every: (run) => {
      timers.add(run);
      return () => timers.delete(run);
    },
    sleep: async () => undefined,
    kick: () => undefined,
    onError: (error) => errors.push(error),
    limits,
  });
  return {
    pages,
    ports,
    ledger,
    clock,
    errors,
    calls,
    work,
    open: (change = {}) =>
      openPage(ports, {
        store: storeId,
        page: null,
        orderKey: orderKeySchema.parse('14'),
        orderNumber: '14',
        amount: moneySchema.parse({ amount: '49.90', currency: 'USD' }),
        description: 'Tea',
        returnUrl: 'https://tea.example/thanks',
        cancelUrl: 'https://tea.example/cart',
        customerEmail: null,
        locale: null,
        account: null,
        method: null,
        orderDeadline: null,
        ...change,
      }),
    get: (path, headers = {}, method = 'GET') =>
      pages.handle(new Request(`${origin}${path}`, { method, headers }), { clientKey: '203.0.113.7' }),
    post: (path, form, headers = {}) =>
      pages.handle(
        new Request(`${origin}${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
          body: typeof form === 'string' ? form : new URLSearchParams(form).toString(),
        }),
        { clientKey: '203.0.113.7' },
      ),
    tick: async () => {
      for (const run of timers) run();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
};

/** What a browser shows in the first line. */
export const headingOf = (html: string): string =>
  (/<h1[^>]*>([\s\S]*?)<\/h1>/.exec(html)?.[1] ?? '').replaceAll(/<[^>]*>/g, '');
