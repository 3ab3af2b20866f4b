import { wireId } from '@gatewright/payment-core';
import * as z from 'zod';
import type { ShopAnswer } from '../storefront/shop-answer.ts';
import type { ShopClient, ShopFailure } from '../storefront/shop-client.ts';
import type { ShopConnection } from '../storefront/store-call.ts';

/** What a shop says about itself, as far as a set-up is judged by it. */
export interface ShopFacts {
  readonly wooCommerce: string;
  readonly homeUrl: string;
  readonly currency: string;
  readonly decimals: number;
  /** WordPress runs its own clockwork; false: the host has to. */
  readonly wpCron: boolean | null;
  readonly plugin: { readonly version: string } | null;
  /** Null: WooCommerce never cancels unpaid orders by itself, or does not say. */
  readonly holdStockMinutes: number | null;
  /** The shop's clock minus ours, ms; null: it did not say. */
  readonly clockSkewMs: number | null;
}

export type ReadFacts = { readonly kind: 'facts'; readonly facts: ShopFacts } | ShopFailure;

const number = wireId.transform(Number).pipe(z.number());

const statusSchema = z.object({
  environment: z.object({ version: z.string(), home_url: z.string(), wp_cron: z.boolean().nullish() }),
  active_plugins: z.array(z.object({ plugin: z.string(), version: z.string() })).default([]),
  settings: z.object({ currency: z.string(), number_of_decimals: number }),
});

type Status = z.output<typeof statusSchema>;

/** WordPress names a plugin by its folder and file. */
const pluginFile = /^gatewright[\w-]*\/[\w-]+(\.php)?$/;

const holdStockSchema = z.object({ value: z.string() });

const minutesOf = (answer: ShopAnswer): number | null => {
  const read =
    answer.kind === 'answered' && answer.status === 200 ? holdStockSchema.safeParse(answer.body) : undefined;
  const minutes = read?.success && /^\d{1,7}$/.test(read.data.value) ? Number(read.data.value) : 0;
  return minutes > 0 ? minutes : null;
};

/** Without the remote calls that WooCommerce makes for the whole report, which take seconds. */
const fields =
  'environment.version,environment.home_url,environment.wp_cron,active_plugins,settings.currency,settings.number_of_decimals';

const readStatus = async (
  shops: ShopClient,
  connection: ShopConnection,
): Promise<{ readonly status: Status; readonly clock: number | null } | ShopFailure> => {
  // A shop that does not know how to pick fields is asked for everything.
  for (const query of [{ _fields: fields }, {}]) {
    const answer = await shops.call(connection, {
      version: 'wc/v3',
      method: 'get',
      endpoint: 'system_status',
      query,
    });
    if (answer.kind === 'fault') return answer;
    const read = answer.status === 200 ? statusSchema.safeParse(answer.body) : undefined;
    if (read?.success) return { status: read.data, clock: answer.clock };
  }
  return { kind: 'fault', fault: 'answer-not-understood' };
};

/** @param now our clock, ms */
export const readShopFacts = async (
  shops: ShopClient,
  connection: ShopConnection,
  now: () => number,
): Promise<ReadFacts> => {
  const status = await readStatus(shops, connection);
  if ('kind' in status) return status;
  const clockSkewMs = status.clock === null ? null : status.clock - now();
  const hold = await shops.call(connection, {
    version: 'wc/v3',
    method: 'get',
    endpoint: 'settings/products/woocommerce_hold_stock_minutes',
  });
  if (hold.kind === 'fault' && hold.fault !== 'route-missing') return hold;
  const { environment, active_plugins, settings } = status.status;
  const plugin = active_plugins.find((active) => pluginFile.test(active.plugin));
  return {
    kind: 'facts',
    facts: {
      wooCommerce: environment.version,
      homeUrl: environment.home_url,
      currency: settings.currency,
      decimals: settings.number_of_decimals,
      wpCron: environment.wp_cron ?? null,
      plugin: plugin ? { version: plugin.version } : null,
      holdStockMinutes: minutesOf(hold),
      clockSkewMs,
    },
  };
};
