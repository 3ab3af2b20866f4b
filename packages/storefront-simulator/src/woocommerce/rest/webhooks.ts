import * as z from 'zod';
import { restDate, restDateOrNull } from '../store/instant.ts';
import type { Json } from '../store/php-json.ts';
import type { Store } from '../store/store.ts';
import { ping } from '../webhooks/ping.ts';
import { parseTopic } from '../webhooks/topic.ts';
import { WEBHOOK_STATUSES, type Webhook } from '../webhooks/webhook.ts';
import { endpoint, pathId } from './endpoint.ts';
import { EDIT_AND_DELETE, resourceLinks, restUrl } from './links.ts';
import { pageOf, pagingParams } from './paging.ts';
import { wpBoolean } from './params.ts';
import { type RestAnswer, restError, restOk } from './rest-error.ts';

const webhookJson = (store: Store, webhook: Webhook): Json => {
  const topic = parseTopic(webhook.topic);
  return {
    id: webhook.id,
    name: webhook.name,
    status: webhook.status,
    topic: webhook.topic,
    resource: topic?.resource ?? '',
    event: topic?.event ?? '',
    hooks: topic?.hooks ?? [],
    delivery_url: webhook.deliveryUrl,
    date_created: restDate(webhook.dateCreated),
    date_created_gmt: restDate(webhook.dateCreated),
    date_modified: restDateOrNull(webhook.dateModified),
    date_modified_gmt: restDateOrNull(webhook.dateModified),
    _links: resourceLinks(store, `/wc/v3/webhooks/${webhook.id}`, '/wc/v3/webhooks', EDIT_AND_DELETE),
  };
};

const INVALID = 'woocommerce_rest_shop_webhook_invalid';
const isDeliveryUrl = (text: string): boolean => /^https?:\/\//i.test(text) && URL.canParse(text);

const badUrl = (): RestAnswer =>
  restError(
    `${INVALID}_delivery_url`,
    'Webhook delivery URL must be a valid URL starting with http:// or https://.',
    400,
  );

const webhookParams = {
  name: z.string(),
  topic: z.string(),
  delivery_url: z.string(),
  secret: z.string(),
  status: z.enum(WEBHOOK_STATUSES),
};

/** Always active, whatever status is asked for; without a secret it gets one that nobody can read (4.2). */
export const postWebhook = endpoint({
  permission: 'create',
  params: webhookParams,
  run: async (store, _call, input) => {
    const { topic = '', delivery_url: deliveryUrl = '', name = '', secret = '' } = input;
    if (parseTopic(topic.toLowerCase()) === undefined) {
      return restError(`${INVALID}_topic`, 'Webhook topic is required and must be valid.', 400);
    }
    if (!isDeliveryUrl(deliveryUrl)) return badUrl();
    const webhook: Webhook = {
      id: store.nextId('webhook'),
      name: name === '' ? `Webhook created on ${restDate(store.now())}` : name,
      status: 'active',
      topic,
      deliveryUrl,
      secret: secret === '' ? store.random.alphanumeric(50) : secret,
      dateCreated: store.now(),
      dateModified: null,
      failureCount: 0,
      pendingDelivery: true,
    };
    store.webhooks.set(webhook.id, webhook);
    // The answer is built before the ping, which is why it has no modification date [webhook-create-created].
    const body = webhookJson(store, webhook);
    await ping(store, webhook);
    return restOk(body, 201, { Location: restUrl(store, `/wc/v3/webhooks/${webhook.id}`) });
  },
});

export const listWebhooks = endpoint({
  permission: 'list',
  params: { ...pagingParams, status: z.enum(['all', ...WEBHOOK_STATUSES]) },
  run: (store, call, { status = 'all', ...paging }) => {
    const wanted = [...store.webhooks.values()]
      .filter((webhook) => status === 'all' || webhook.status === status)
      .sort((a, b) => b.dateCreated - a.dateCreated || a.id - b.id);
    return pageOf(store, call, wanted, paging, (webhook) => webhookJson(store, webhook));
  },
});

export const getWebhook = endpoint({
  permission: 'view',
  params: {},
  run: (store, call) => {
    const webhook = store.webhooks.get(pathId(call));
    return webhook === undefined
      ? restError(`${INVALID}_id`, 'ID is invalid.', 400)
      : restOk(webhookJson(store, webhook));
  },
});

/** `status: active` enables a disabled hook again; its failures stay counted until a delivery succeeds [src]. */
export const putWebhook = endpoint({
  permission: 'edit',
  params: webhookParams,
  run: async (store, call, input) => {
    const webhook = store.webhooks.get(pathId(call));
    if (webhook === undefined) return restError(`${INVALID}_id`, 'ID is invalid.', 400);
    const topic = input.topic ?? webhook.topic;
    if (parseTopic(topic.toLowerCase()) === undefined) {
      return restError(`${INVALID}_topic`, 'Webhook topic must be valid.', 400);
    }
    const deliveryUrl = input.delivery_url ?? webhook.deliveryUrl;
    if (!isDeliveryUrl(deliveryUrl)) return badUrl();
    const pings = webhook.pendingDelivery || deliveryUrl !== webhook.deliveryUrl;
    webhook.topic = topic;
    webhook.deliveryUrl = deliveryUrl;
    webhook.name = input.name ?? webhook.name;
    webhook.status = input.status ?? webhook.status;
    if (input.secret !== undefined && input.secret !== '') webhook.secret = input.secret;
    webhook.dateModified = store.now();
    if (pings && webhook.status === 'active') await ping(store, webhook);
    return restOk(webhookJson(store, webhook));
  },
});

export const deleteWebhook = endpoint({
  permission: 'delete',
  params: { force: wpBoolean },
  run: (store, call, { force }) => {
    if (force !== true) {
      return restError('woocommerce_rest_trash_not_supported', 'Webhooks do not support trashing.', 501);
    }
    const webhook = store.webhooks.get(pathId(call));
    if (webhook === undefined) return restError(`${INVALID}_id`, 'Invalid ID.', 404);
    store.webhooks.delete(webhook.id);
    return restOk(webhookJson(store, webhook));
  },
});
