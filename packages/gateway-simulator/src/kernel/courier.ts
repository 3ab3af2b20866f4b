import type { KernelClock } from './clock.ts';
import type { FaultBoard, WebhookFault } from './faults.ts';
import { judgeWebhookUrl } from './loopback.ts';

export interface SealedWebhook {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How one attempt is spoiled. `fields` replace fields of the body, as a forger would. */
export interface Tampering {
  readonly kind: 'wrong-signature' | 'forged-body' | 'forged-unsigned' | 'serialisation';
  readonly fields: Readonly<Record<string, string>> | undefined;
}

/** One thing to tell the merchant, with the gateway's own way of saying and repeating it. */
export interface Webhook {
  readonly accountId: string;
  readonly paymentId: string;
  readonly event: string;
  /** Ms since the epoch; the `expiry-race` fault holds the first attempt until a second after it. */
  readonly expiresAt?: number | undefined;
  /** Read before each attempt; null ends the webhook, because the merchant has switched it off. */
  readonly target: () => string | null;
  /** Serialises and signs for one attempt. */
  readonly seal: (tampering: Tampering | undefined) => SealedWebhook;
  /** The pauses between attempts; none means one attempt. */
  readonly retryDelaysMs: readonly number[];
  readonly acknowledges: (status: number) => boolean;
  readonly ended?: (outcome: WebhookOutcome) => void;
}

export type WebhookOutcome = 'delivered' | 'exhausted' | 'lost' | 'switched-off';

export type DeliveryError = 'dropped' | 'timeout' | 'connection-failed' | 'not-loopback' | 'switched-off';

/** One attempt as it went over the wire, or why it did not. */
export interface Delivery {
  /** Ms since the epoch, virtual. */
  readonly at: number;
  readonly accountId: string;
  readonly paymentId: string;
  readonly event: string;
  /** Counts from 1; a duplicate carries the number of the attempt that it copies. */
  readonly attempt: number;
  readonly url: string | null;
  readonly status?: number;
  readonly error?: DeliveryError;
  /** What was sent, credentials included: a simulator's secrets open nothing. */
  readonly request?: SealedWebhook;
}

export interface Courier {
  /** Resolves when the first attempt was answered, or put off or dropped by a fault. */
  send(webhook: Webhook): Promise<void>;
  deliveries(): readonly Delivery[];
}

export interface CourierOptions {
  readonly clock: KernelClock;
  readonly faults: Pick<FaultBoard, 'takeWebhook'>;
  readonly fetch: typeof fetch;
  /** Real milliseconds that a merchant has to answer. */
  readonly timeoutMs: number;
}

/** A webhook held back by `reorder` goes out after the next one, or after this long when none comes. */
const REORDER_HOLD_MS = 60_000;
const RACE_MS = 1_000;

const isTampering = (fault: WebhookFault): fault is Extract<WebhookFault, { kind: Tampering['kind'] }> =>
  fault.kind === 'wrong-signature' ||
  fault.kind === 'forged-body' ||
  fault.kind === 'forged-unsigned' ||
  fault.kind === 'serialisation';

const tamperingOf = (faults: readonly WebhookFault[]): Tampering | undefined => {
  const fault = faults.find(isTampering);
  if (fault === undefined) return undefined;
  return { kind: fault.kind, fields: 'fields' in fault ? fault.fields : undefined };
};

export const createCourier = ({ clock, faults, fetch, timeoutMs }: CourierOptions): Courier => {
  const log: Delivery[] = [];
  let held: (() => Promise<void>)[] = [];

  const post = async (
    url: string,
    sealed: SealedWebhook,
  ): Promise<{ status: number } | { error: DeliveryError }> => {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: sealed.headers,
        body: sealed.body,
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      });
      await response.body?.cancel();
      return { status: response.status };
    } catch (error) {
      const timedOut = error instanceof DOMException && error.name === 'TimeoutError';
      return { error: timedOut ? 'timeout' : 'connection-failed' };
    }
  };

  /** True when the merchant acknowledged. */
  const sendOnce = async (
    webhook: Webhook,
    attempt: number,
    url: string,
    sealed: SealedWebhook,
  ): Promise<boolean> => {
    const { accountId, paymentId, event } = webhook;
    const entry = { at: clock.now(), accountId, paymentId, event, attempt, url, request: sealed };
    // The API may take any address, as the real one does, but nothing leaves this machine.
    const answer = judgeWebhookUrl(url).ok ? await post(url, sealed) : { error: 'not-loopback' as const };
    log.push({ ...entry, ...answer });
    return 'status' in answer && webhook.acknowledges(answer.status);
  };

  const failed = (webhook: Webhook, attempt: number): void => {
    const delay = webhook.retryDelaysMs[attempt - 1];
    if (delay === undefined) webhook.ended?.('exhausted');
    else clock.at(clock.now() + delay, () => begin(webhook, attempt + 1));
  };

  const unsent = (webhook: Webhook, attempt: number, url: string | null, error: DeliveryError): void => {
    const { accountId, paymentId, event } = webhook;
    log.push({ at: clock.now(), accountId, paymentId, event, attempt, url, error });
  };

  const transmit = async (
    webhook: Webhook,
    attempt: number,
    spoiling: readonly WebhookFault[],
    seal: () => SealedWebhook,
  ): Promise<void> => {
    const url = webhook.target();
    if (url === null) {
      unsent(webhook, attempt, null, 'switched-off');
      return webhook.ended?.('switched-off');
    }
    const drop = spoiling.find((fault) => fault.kind === 'drop');
    if (drop !== undefined) {
      unsent(webhook, attempt, url, 'dropped');
      return drop.lost ? webhook.ended?.('lost') : failed(webhook, attempt);
    }
    const sealed = seal();
    const copies = spoiling.find((fault) => fault.kind === 'duplicate');
    const sendCopy = (): Promise<boolean> => sendOnce(webhook, attempt, url, sealed);
    const answers: Promise<boolean>[] = [];
    for (let copy = 0; copy <= (copies?.copies ?? 0); copy += 1) {
      const answer = sendCopy();
      answers.push(answer);
      if (copies?.concurrent !== true) await answer;
    }
    const acknowledged = (await Promise.all(answers)).includes(true);
    if (acknowledged) webhook.ended?.('delivered');
    else failed(webhook, attempt);
  };

  const release = async (): Promise<void> => {
    const waiting = held;
    held = [];
    for (const go of waiting) await go();
  };

  const begin = async (webhook: Webhook, attempt: number): Promise<void> => {
    const spoiling = faults.takeWebhook(webhook.event);
    const seal = (): SealedWebhook => webhook.seal(tamperingOf(spoiling));
    const early = spoiling.some((fault) => fault.kind === 'delay' && fault.signedBefore) ? seal() : undefined;
    const go = (): Promise<void> => transmit(webhook, attempt, spoiling, () => early ?? seal());
    const putOff = putOffMs(spoiling, webhook, clock.now());
    if (putOff > 0) {
      clock.at(clock.now() + putOff, go);
      return;
    }
    if (spoiling.some((fault) => fault.kind === 'reorder')) {
      held.push(go);
      clock.at(clock.now() + REORDER_HOLD_MS, () => (held.includes(go) ? release() : undefined));
      return;
    }
    await go();
    await release();
  };

  return {
    send: (webhook) => clock.track(begin(webhook, 1)),
    deliveries: () => [...log],
  };
};

const putOffMs = (faults: readonly WebhookFault[], webhook: Webhook, now: number): number => {
  let ms = 0;
  for (const fault of faults) {
    if (fault.kind === 'delay') ms += fault.ms;
    if (fault.kind === 'expiry-race' && webhook.expiresAt !== undefined) {
      ms += Math.max(0, webhook.expiresAt + RACE_MS - now);
    }
  }
  return ms;
};
