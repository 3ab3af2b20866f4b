import type { StoreId } from '@gatewright/payment-core';
import { wireId } from '@gatewright/payment-core';
import * as z from 'zod';
import type { ShopAnswer } from '../storefront/shop-answer.ts';
import type { ShopClient, ShopFailure } from '../storefront/shop-client.ts';
import type { ShopConnection } from '../storefront/store-call.ts';

/** Each means "read the order again"; which one comes first differs between versions (woocommerce.md 4.2). */
const topics = ['order.created', 'order.updated', 'order.deleted'] as const;
type Topic = (typeof topics)[number];

const hookSchema = z.object({
  id: wireId,
  name: z.string(),
  status: z.string(),
  topic: z.string(),
  delivery_url: z.string(),
});
type Hook = z.output<typeof hookSchema>;

/** What was done to a shop's webhooks; `paused` is a person's decision and only reported. */
export interface WebhookAction {
  readonly topic: Topic;
  readonly done: 'registered' | 'enabled' | 'redirected' | 'renewed' | 'paused';
  readonly hook: string;
}

export type EnsuredWebhooks =
  | { readonly kind: 'ensured'; readonly actions: readonly WebhookAction[] }
  | ShopFailure;

export interface WantedWebhooks {
  readonly store: StoreId;
  /** `/woocommerce/:store` of this bridge as the shop reaches it. */
  readonly deliveryUrl: string;
  readonly secret: string;
  /** The secret in the shop may be another: write it into every hook. It cannot be read back. */
  readonly renewSecret: boolean;
}

const perPage = 100;
/** A shop with more webhooks than this is not looked through to the end. */
const pagesAtMost = 10;

const nameOf = (store: StoreId, topic: Topic): string => `Gatewright ${store} ${topic}`;

const failureOf = (answer: ShopAnswer): ShopFailure =>
  answer.kind === 'fault' ? answer : { kind: 'fault', fault: 'answer-not-understood' };

type Listed = { readonly kind: 'listed'; readonly hooks: readonly Hook[] } | ShopFailure;

const listHooks = async (shops: ShopClient, connection: ShopConnection): Promise<Listed> => {
  const hooks: Hook[] = [];
  for (let page = 1; page <= pagesAtMost; page += 1) {
    const answer = await shops.call(connection, {
      version: 'wc/v3',
      method: 'get',
      endpoint: 'webhooks',
      query: { per_page: String(perPage), page: String(page), status: 'all' },
    });
    const read =
      answer.kind === 'answered' && answer.status === 200
        ? z.array(hookSchema).safeParse(answer.body)
        : undefined;
    if (!read?.success) return failureOf(answer);
    hooks.push(...read.data);
    if (read.data.length < perPage) break;
  }
  return { kind: 'listed', hooks };
};

/** The name finds a hook again whose address belongs to a bridge that has moved. */
const ownHook = (
  hooks: readonly Hook[],
  { store, deliveryUrl }: WantedWebhooks,
  topic: Topic,
): Hook | undefined => {
  const ours = hooks.filter(
    (hook) =>
      hook.topic === topic && (hook.delivery_url === deliveryUrl || hook.name === nameOf(store, topic)),
  );
  return ours.find(({ status }) => status === 'active') ?? ours[0];
};

const change = (
  hook: Hook | undefined,
  wanted: WantedWebhooks,
): Exclude<WebhookAction['done'], 'paused'> | 'nothing' => {
  if (hook === undefined) return 'registered';
  if (hook.status === 'disabled') return 'enabled';
  if (hook.delivery_url !== wanted.deliveryUrl) return 'redirected';
  return wanted.renewSecret ? 'renewed' : 'nothing';
};

const writeHook = async (
  shops: ShopClient,
  connection: ShopConnection,
  hook: Hook | undefined,
  topic: Topic,
  { store, deliveryUrl, secret }: WantedWebhooks,
): Promise<{ readonly kind: 'written'; readonly hook: string } | ShopFailure> => {
  const answer = await shops.call(connection, {
    version: 'wc/v3',
    ...(hook ? { method: 'put', endpoint: `webhooks/${hook.id}` } : { method: 'post', endpoint: 'webhooks' }),
    body: { name: nameOf(store, topic), topic, delivery_url: deliveryUrl, secret, status: 'active' },
  });
  const read =
    answer.kind === 'answered' && answer.status < 300 ? hookSchema.safeParse(answer.body) : undefined;
  if (!read?.success) return failureOf(answer);
  const { status, delivery_url, topic: got } = read.data;
  const isAsWanted = status === 'active' && delivery_url === deliveryUrl && got === topic;
  return isAsWanted ? { kind: 'written', hook: read.data.id } : { kind: 'fault', fault: 'write-ignored' };
};

/**
 * Makes sure that the shop tells us of its orders: registers what is missing, enables what WooCommerce switched off
 * after failures, and mends addresses. What a person paused stays paused.
 */
export const ensureWebhooks = async (
  shops: ShopClient,
  connection: ShopConnection,
  wanted: WantedWebhooks,
): Promise<EnsuredWebhooks> => {
  const listed = await listHooks(shops, connection);
  if (listed.kind === 'fault') return listed;
  const actions: WebhookAction[] = [];
  for (const topic of topics) {
    const hook = ownHook(listed.hooks, wanted, topic);
    if (hook?.status === 'paused') {
      actions.push({ topic, done: 'paused', hook: hook.id });
      continue;
    }
    const done = change(hook, wanted);
    if (done === 'nothing') continue;
    const written = await writeHook(shops, connection, hook, topic, wanted);
    if (written.kind === 'fault') return written;
    actions.push({ topic, done, hook: written.hook });
  }
  return { kind: 'ensured', actions };
};
