import type { WebhookFault } from '../faults.ts';
import { sendRequest } from '../http/send-request.ts';
import { bodyHmac } from '../oauth/hmac.ts';
import type { WebhookTopic } from '../options.ts';
import { minutes } from '../store/durations.ts';
import { uuid } from '../store/identifiers.ts';
import { deployedApp, type Platform, type ShopState, trustedCa } from '../store/platform.ts';

/** Eight repeats within four hours, and then never again. */
const RETRY_DELAYS_MS = [1, 2, 4, 8, 15, 30, 60, 120].map(minutes);

interface Webhook {
  readonly shop: string;
  readonly topic: WebhookTopic;
  readonly webhookId: string;
  readonly eventId: string;
  readonly triggeredAt: number;
  readonly body: string;
}

const target = (platform: Platform, topic: WebhookTopic): URL => {
  const { webhooks } = deployedApp(platform);
  return new URL(typeof webhooks === 'string' ? webhooks : webhooks[topic]);
};

const headersOf = (platform: Platform, webhook: Webhook, wrongHmac: boolean): Record<string, string> => {
  const { apiSecret, extension } = deployedApp(platform);
  return {
    'content-type': 'application/json',
    'x-shopify-topic': webhook.topic,
    'x-shopify-shop-domain': webhook.shop,
    'x-shopify-api-version': extension.apiVersion,
    'x-shopify-webhook-id': webhook.webhookId,
    'x-shopify-event-id': webhook.eventId,
    'x-shopify-triggered-at': new Date(webhook.triggeredAt).toISOString(),
    'x-shopify-hmac-sha256': bodyHmac(wrongHmac ? `not ${apiSecret}` : apiSecret, webhook.body),
  };
};

const post = async (
  platform: Platform,
  webhook: Webhook,
  attempt: number,
  wrongHmac: boolean,
): Promise<boolean> => {
  const { shop, topic, webhookId, body } = webhook;
  const headers = headersOf(platform, webhook, wrongHmac);
  const at = platform.clock.now();
  const sent = await sendRequest({
    url: target(platform, topic),
    method: 'POST',
    headers,
    body,
    ca: trustedCa(platform),
    signal: AbortSignal.timeout(platform.settings.webhookTimeoutMs),
  });
  const status = sent.ok ? sent.status : undefined;
  platform.journal.push({ kind: 'webhook', at, shop, topic, webhookId, attempt, headers, body, status });
  return status !== undefined && status >= 200 && status <= 299;
};

const transmit = async (
  platform: Platform,
  webhook: Webhook,
  attempt: number,
  fault: WebhookFault | undefined,
): Promise<void> => {
  const wrongHmac = fault?.kind === 'webhook-wrong-hmac';
  const copies = fault?.kind === 'webhook-duplicate' ? fault.copies : 0;
  const count = fault?.kind === 'webhook-lost' ? 0 : 1 + copies;
  const sends = Array.from({ length: count }, () => post(platform, webhook, attempt, wrongHmac));
  const acknowledged = (await Promise.all(sends)).includes(true);
  const delay = RETRY_DELAYS_MS[attempt - 1];
  if (acknowledged || delay === undefined) return;
  platform.agenda.at(platform.clock.now() + delay, () => begin(platform, webhook, attempt + 1));
};

/** A held one goes to the end of what is due by then. */
const begin = async (platform: Platform, webhook: Webhook, attempt: number): Promise<void> => {
  const fault = platform.faults.takeWebhook(webhook.topic);
  if (fault?.kind === 'webhook-held')
    platform.agenda.at(platform.clock.now(), () => transmit(platform, webhook, attempt, undefined));
  else await transmit(platform, webhook, attempt, fault);
};

/** Queues a webhook of a shop; it leaves with the first `runDue` after `delayMs` (rule 15). */
export const queueWebhook = (
  platform: Platform,
  shop: ShopState,
  topic: WebhookTopic,
  payload: Readonly<Record<string, unknown>>,
  delayMs = 0,
): void => {
  const triggeredAt = platform.clock.now() + delayMs;
  const webhook: Webhook = {
    shop: shop.domain,
    topic,
    webhookId: uuid(platform.random),
    eventId: uuid(platform.random),
    triggeredAt,
    body: JSON.stringify(payload),
  };
  platform.agenda.at(triggeredAt, () => begin(platform, webhook, 1));
};
