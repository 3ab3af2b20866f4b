import { sendRequest } from '../http/send-request.ts';
import { uuid } from '../store/identifiers.ts';
import { deployedApp, type Platform, trustedCa } from '../store/platform.ts';
import type { DeliveryOutcome } from './delivery-outcome.ts';
import type { Endpoint } from './endpoint.ts';

/** What a buyer's magic name does to an exchange (rule 18). */
export interface Magic {
  /** The app's answers look like this status. */
  readonly status?: number;
  readonly delayMs?: number;
}

export interface Delivery {
  readonly shop: string;
  readonly endpoint: Endpoint;
  readonly sessionId: string;
  readonly body: string;
  readonly judge: (status: number, body: string) => DeliveryOutcome;
  readonly magic?: Magic;
}

/** How long Shopify pauses before it repeats a session request: its own times are not known. */
const RETRY_PAUSE_MS = 1_000;

/** Undefined: the extension names no URL for it. */
export const endpointUrl = (platform: Platform, endpoint: Endpoint): string | undefined => {
  const { extension } = deployedApp(platform);
  switch (endpoint) {
    case 'payment':
      return extension.paymentSessionUrl;
    case 'refund':
      return extension.refundSessionUrl;
    case 'capture':
      return extension.captureSessionUrl;
    case 'void':
      return extension.voidSessionUrl;
    default: {
      const never: never = endpoint;
      return never;
    }
  }
};

const exchange = async (
  platform: Platform,
  { judge, magic, body, endpoint }: Delivery,
  headers: Readonly<Record<string, string>>,
  fault: 'lost-request' | 'lost-answer' | undefined,
): Promise<DeliveryOutcome> => {
  if (fault === 'lost-request') return { ok: false, reason: 'lost-request' };
  const url = endpointUrl(platform, endpoint);
  if (url === undefined) throw new Error(`the extension has no URL for ${endpoint} sessions`);
  const sent = await sendRequest({
    url: new URL(url),
    method: 'POST',
    headers,
    body,
    ca: trustedCa(platform),
    credentials: await platform.identity.credentials(),
    signal: AbortSignal.timeout(platform.settings.answerTimeoutMs),
  });
  if (!sent.ok) return { ok: false, reason: sent.reason, code: sent.code };
  if (fault === 'lost-answer') return { ok: false, reason: 'lost-answer' };
  return judge(magic?.status ?? sent.status, sent.body.toString('utf8'));
};

const attempt = async (
  platform: Platform,
  delivery: Delivery,
  number: number,
  fault?: 'lost-request' | 'lost-answer',
): Promise<DeliveryOutcome> => {
  const { shop, endpoint, sessionId, body } = delivery;
  const requestId = uuid(platform.random);
  const { presentation } = platform.identity;
  const headers = {
    'content-type': 'application/json',
    'shopify-shop-domain': shop,
    'shopify-request-id': requestId,
    'shopify-api-version': deployedApp(platform).extension.apiVersion,
  };
  const at = platform.clock.now();
  const outcome = await exchange(platform, delivery, headers, fault);
  platform.journal.push({
    kind: 'delivery',
    at,
    shop,
    endpoint,
    sessionId,
    requestId,
    attempt: number,
    presentation,
    headers,
    body,
    outcome,
  });
  return outcome;
};

const attemptUnderFaults = async (
  platform: Platform,
  delivery: Delivery,
  number: number,
): Promise<DeliveryOutcome> => {
  const fault = platform.faults.takeDelivery(delivery.endpoint);
  switch (fault?.kind) {
    case undefined:
      return attempt(platform, delivery, number);
    case 'duplicate': {
      const copies = Array.from({ length: fault.copies }, () => attempt(platform, delivery, 0));
      const [outcome] = await Promise.all([attempt(platform, delivery, number), ...copies]);
      return outcome;
    }
    case 'lost-request':
    case 'lost-answer':
      return attempt(platform, delivery, number, fault.kind);
    default: {
      const never: never = fault;
      return never;
    }
  }
};

/**
 * Sends a session request with the client certificate presented now, several times if need be: the id and the body
 * stay, `Shopify-Request-Id` is new each time (rules 1, 2 and 4).
 */
export const deliver = async (platform: Platform, delivery: Delivery): Promise<DeliveryOutcome> => {
  const { deliveryAttempts, pause } = platform.settings;
  if (delivery.magic?.delayMs !== undefined) await pause(delivery.magic.delayMs);
  let outcome = await attemptUnderFaults(platform, delivery, 1);
  for (let number = 2; !outcome.ok && number <= deliveryAttempts; number += 1) {
    await pause(RETRY_PAUSE_MS);
    outcome = await attemptUnderFaults(platform, delivery, number);
  }
  return outcome;
};

/** Copies sent at the same time, to whose answers Shopify does not listen (rule 3). */
export const deliverCopies = (
  platform: Platform,
  delivery: Delivery,
  copies: number,
): Promise<readonly DeliveryOutcome[]> =>
  Promise.all(Array.from({ length: copies }, () => attempt(platform, delivery, 0)));
