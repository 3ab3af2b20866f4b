import { wireId } from '@gatewright/payment-core';
import type { PluginKey } from '@gatewright/payment-ledger';
import * as z from 'zod';
import { callPlugin } from '../storefront/plugin-call.ts';
import type { ShopClient, ShopFailure } from '../storefront/shop-client.ts';
import type { ShopConnection } from '../storefront/store-call.ts';

const count = wireId.transform(Number).pipe(z.number().int());

/** `GET /status` of the plugin, as far as a set-up is judged by it (bridge-api.md). What an older plugin does not say is null. */
const statusSchema = z.object({
  versions: z.object({
    wordpress: z.string().default(''),
    php: z.string().default(''),
    plugin: z.string().default(''),
  }),
  hpos: z.boolean().nullable().default(null),
  blocks: z.boolean().nullable().default(null),
  permalinks: z.enum(['pretty', 'plain']).nullable().default(null).catch(null),
  webhooks: z.array(z.object({ topic: z.string(), status: z.string(), failures: count })).default([]),
  last_errors: z.array(z.object({ at: count, source: z.string(), reason: z.string() })).default([]),
});
export type PluginStatus = z.output<typeof statusSchema>;

export type PluginReport =
  | {
      readonly kind: 'status';
      readonly status: PluginStatus;
      /** Ours, ms. */
      readonly at: number;
    }
  /** The shop's own API answers, and its plugin does not. */
  | { readonly kind: 'silent'; readonly fault: ShopFailure['fault'] };

/** @param now our clock, ms */
export const readPluginReport = async (
  shops: ShopClient,
  connection: ShopConnection,
  keys: readonly PluginKey[],
  now: number,
): Promise<PluginReport> => {
  const answer = await callPlugin(shops, connection, keys, {
    version: 'wc-gatewright/v1',
    method: 'get',
    endpoint: 'status',
  });
  if (answer.kind === 'fault') return { kind: 'silent', fault: answer.fault };
  const read = answer.status === 200 ? statusSchema.safeParse(answer.body) : undefined;
  return read?.success
    ? { kind: 'status', status: read.data, at: now }
    : { kind: 'silent', fault: 'answer-not-understood' };
};
