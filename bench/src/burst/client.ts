import { once } from 'node:events';
import autocannon from 'autocannon';
import type { SignedWebhook } from './webhooks.ts';

export const connections = 32;

export interface Burst {
  /** Answers 2xx per second, from the first answer to the last one. */
  readonly perSecond: number;
  readonly acknowledged: readonly SignedWebhook[];
  /** `performance.now()` at the first answer. */
  readonly firstAt: number;
  readonly lastAt: number;
}

const requestOf = ({ body, signature }: SignedWebhook): autocannon.Request => ({
  method: 'POST',
  headers: {
    'content-type': 'application/json',
    'user-agent': 'Teleport/1.0',
    'x-webhook-signature': signature,
  },
  body,
});

/** Each connection has its own webhooks, built before the first one is sent, and gets its answers in their order. */
const dealt = (webhooks: readonly SignedWebhook[]): readonly (readonly SignedWebhook[])[] =>
  Array.from({ length: connections }, (_, hand) => webhooks.filter((_w, at) => at % connections === hand));

export interface BurstOptions {
  /** Ends the burst; what is on its way then is not counted. */
  readonly stopAfter?: { readonly acknowledged: number; readonly stop: () => Promise<void> };
}

/** Sends every webhook once, over 32 connections, each one as soon as its connection is free. */
export const sendBurst = async (
  url: string,
  webhooks: readonly SignedWebhook[],
  { stopAfter }: BurstOptions = {},
): Promise<Burst> => {
  const hands = dealt(webhooks);
  const acknowledged: SignedWebhook[] = [];
  const answeredBy = new Map<autocannon.Client, number>();
  const handOf = new Map<autocannon.Client, readonly SignedWebhook[]>();
  let [firstAt, lastAt] = [0, 0];
  let stopping: Promise<void> | undefined;
  const setupClient = (client: autocannon.Client): void => {
    const hand = hands[handOf.size] ?? [];
    handOf.set(client, hand);
    client.setRequests(hand.map(requestOf));
  };
  const amount = Math.floor(webhooks.length / connections) * connections;
  const running = autocannon({ url, connections, amount, setupClient }, () => undefined);
  const ended = once(running, 'done');
  running.on('response', (client, status) => {
    const at = answeredBy.get(client) ?? 0;
    answeredBy.set(client, at + 1);
    const webhook = handOf.get(client)?.[at];
    if (stopping !== undefined || status !== 200 || webhook === undefined) return;
    lastAt = performance.now();
    if (acknowledged.length === 0) firstAt = lastAt;
    acknowledged.push(webhook);
    if (acknowledged.length !== stopAfter?.acknowledged) return;
    stopping = stopAfter.stop().then(() => running.stop());
  });
  await ended;
  await stopping;
  return {
    perSecond: ((acknowledged.length - 1) / (lastAt - firstAt)) * 1_000,
    acknowledged,
    firstAt,
    lastAt,
  };
};
