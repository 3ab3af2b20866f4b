import { createHash } from 'node:crypto';
import type { Progress } from '../plan/kill-point.ts';
import type { Upstream } from '../processes/fleet.ts';
import { type Call, type Fate, type Front, openFront, plain, type Relayed, relay } from './relay.ts';

/** Path and digest of a webhook's body: what the inbox must have if it was acknowledged. */
export const webhookKey = (path: string, body: Uint8Array): string =>
  `${path} ${createHash('sha256').update(body).digest('hex')}`;

export interface WebhookCounts {
  received: number;
  acknowledged: number;
  /** Answered, but not 2xx. */
  refused: number;
  /** No process, or one that died with it. */
  unanswered: number;
}

export interface Balancer extends Front {
  /** How often each webhook was acknowledged by a bridge. */
  readonly acknowledged: ReadonlyMap<string, number>;
  readonly webhooks: Readonly<WebhookCounts>;
}

export interface BalancerOptions {
  readonly upstreams: () => readonly Upstream[];
  readonly progress: Progress;
  /** Told of each webhook that a bridge has answered with 2xx. */
  readonly onAcknowledged: (call: Call) => void;
  /** In place of asking a bridge: a bug that is planted on purpose. */
  readonly planted?: ((call: Call) => Relayed | undefined) | undefined;
}

const isWebhook = ({ target }: Call): boolean => target.startsWith('/webhooks/');

/** Stands before the bridges as a load balancer does: one after another, and 502 or 503 where there is none. */
export const openBalancer = async (options: BalancerOptions): Promise<Balancer> => {
  const { upstreams, progress, onAcknowledged, planted } = options;
  const acknowledged = new Map<string, number>();
  const webhooks: WebhookCounts = { received: 0, acknowledged: 0, refused: 0, unanswered: 0 };
  let turn = 0;

  const ask = async (call: Call): Promise<Relayed | undefined> => {
    const lie = planted?.(call);
    if (lie !== undefined) return lie;
    const serving = upstreams();
    turn += 1;
    const upstream = serving[turn % Math.max(1, serving.length)];
    if (upstream === undefined) return undefined;
    const kind = isWebhook(call) ? 'webhook' : 'call';
    const { port, replica } = upstream;
    const answer = await relay(port, call, () => progress(`${kind}-forwarded`, replica)).catch(
      () => undefined,
    );
    if (answer !== undefined) progress(`${kind}-answered`, replica);
    return answer;
  };

  const count = (call: Call, answer: Relayed | undefined): void => {
    webhooks.received += 1;
    if (answer === undefined) webhooks.unanswered += 1;
    else if (answer.status < 200 || answer.status > 299) webhooks.refused += 1;
    else {
      webhooks.acknowledged += 1;
      const key = webhookKey(call.target, call.body);
      acknowledged.set(key, (acknowledged.get(key) ?? 0) + 1);
      onAcknowledged(call);
    }
  };

  const decide = async (call: Call): Promise<Fate> => {
    const answer = await ask(call);
    if (isWebhook(call)) count(call, answer);
    return answer ?? plain(upstreams().length === 0 ? 503 : 502, 'no bridge has answered');
  };

  return { ...(await openFront(decide)), acknowledged, webhooks };
};
