import type * as z from 'zod';
import type { KernelClock } from './clock.ts';
import { createCourier, type Delivery } from './courier.ts';
import { createFaultBoard, type Faults } from './faults.ts';
import type {
  CreatedAccount,
  GatewayDefinition,
  Knobs,
  SimulatedPayment,
  WebhookUrlResult,
} from './gateway.ts';
import { type Host, openHost } from './http/server.ts';
import type { SeededRandom } from './random.ts';
import { createRateLimiter, unlimited } from './rate-limit.ts';
import type { Shopper } from './shopper.ts';

/** One running gateway, as a test sees it. */
export interface GatewaySimulator<Config = unknown, AccountOptions = never, S extends Shopper = Shopper> {
  /** Origin of the default host. */
  readonly baseUrl: string;
  /** The default account, made at start. */
  readonly accountId: string;
  readonly config: Config;
  /** @throws ZodError for options that are not the gateway's. */
  createAccount(options?: AccountOptions): CreatedAccount<Config>;
  /**
   * Null switches webhooks off. Refuses what is not loopback. `not-supported` where the URL comes with each payment
   * only.
   */
  setWebhookUrl(accountId: string, url: string | null): WebhookUrlResult;
  payments(accountId?: string): readonly SimulatedPayment[];
  readonly shopper: S;
  /** Every webhook attempt so far, in the order they ended. */
  deliveries(): readonly Delivery[];
  readonly faults: Faults;
}

/** The same, as the control API uses it: options come unparsed from a request. */
export interface ControlledGateway extends Omit<GatewaySimulator, 'createAccount'> {
  createAccount(options?: unknown): CreatedAccount<unknown>;
}

export interface Surroundings {
  readonly clock: KernelClock;
  readonly random: SeededRandom;
  readonly fetch: typeof fetch;
  readonly wait: (ms: number) => Promise<void>;
  readonly knobs: Knobs;
}

export interface OpenedGateway<Config, AccountOptions, S extends Shopper> {
  readonly simulator: GatewaySimulator<Config, AccountOptions, S> & ControlledGateway;
  close(): Promise<void>;
}

/** Opens the hosts of one gateway, then the gateway, then its default account. */
export const openGateway = async <Config, AccountOptions extends z.ZodType, S extends Shopper>(
  definition: GatewayDefinition<Config, AccountOptions, S>,
  { clock, random, fetch, wait, knobs }: Surroundings,
): Promise<OpenedGateway<Config, z.input<AccountOptions>, S>> => {
  let routeNames: readonly string[] = [];
  const faults = createFaultBoard({ impossible: definition.impossibleFaults, routes: () => routeNames });
  const hosts = new Map<string, Host>();
  for (const name of definition.hosts) {
    hosts.set(name, await openHost({ faults, wait, latencyMs: knobs.latencyMs }));
  }
  const hostUrl = (name: string): string => {
    const host = hosts.get(name);
    if (host === undefined) throw new RangeError(`no host ${name}`);
    return host.url;
  };
  const courier = createCourier({ clock, faults, fetch, timeoutMs: knobs.webhookTimeoutMs });
  const instance = definition.open({
    clock,
    random,
    courier,
    hostUrl,
    knobs,
    rateLimiter: (limit, windowMs) =>
      knobs.rateLimits ? createRateLimiter(clock, limit, windowMs) : unlimited,
  });
  for (const [name, routes] of Object.entries(instance.hosts))
    hosts.get(name)?.serve(routes, instance.failures);
  routeNames = [
    ...new Set(Object.values(instance.hosts).flatMap(({ routes }) => routes.map((route) => route.name))),
  ];
  const createAccount = (options: unknown = {}): CreatedAccount<Config> =>
    instance.createAccount(definition.accountOptions.parse(options));
  const first = createAccount();
  return {
    simulator: {
      baseUrl: hostUrl(definition.hosts[0]),
      accountId: first.accountId,
      config: first.config,
      createAccount,
      setWebhookUrl: (accountId, url) => instance.setWebhookUrl(accountId, url),
      payments: (accountId) => instance.payments(accountId),
      shopper: instance.shopper,
      deliveries: courier.deliveries,
      faults,
    },
    close: async () => {
      await Promise.all([...hosts.values()].map((host) => host.close()));
    },
  };
};
