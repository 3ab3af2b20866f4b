import {
  type HttpOutcome,
  type HttpResponseHeaders,
  parseExactJson,
  seconds,
} from '@gatewright/payment-core';
import * as z from 'zod';

/** A shop's answer after transport and JSON. `fault` is why nothing is known of the call's effect. */
export type ShopAnswer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly body: unknown;
      /** The shop's own clock, from its Date header; ms. */
      readonly clock: number | null;
    }
  | { readonly kind: 'fault'; readonly fault: ShopFault; readonly retryAfterMs?: number };

/** Kebab-case; each one has a remedy in connection-findings.ts. */
export type ShopFault =
  | 'unauthorized'
  | 'redirected'
  | 'route-missing'
  | 'not-json'
  | 'answer-not-understood'
  | 'shop-error'
  | 'shop-timeout'
  | 'shop-unreachable'
  | 'shop-certificate'
  | 'shop-address-blocked'
  | 'shop-busy'
  | 'order-busy';

const fault = (name: ShopFault, retryAfterMs?: number): ShopAnswer => ({
  kind: 'fault',
  fault: name,
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});

const unavailableFault = (outcome: Extract<HttpOutcome, { outcome: 'unavailable' }>): ShopAnswer => {
  switch (outcome.reason) {
    case 'not-sent':
    case 'dns':
      return fault('shop-unreachable');
    case 'tls':
      return fault('shop-certificate');
    case 'blocked-url':
    case 'blocked-address':
      return fault('shop-address-blocked');
    case 'rate-limited':
      return fault('shop-busy', outcome.retryAfterMs);
    default: {
      const never: never = outcome.reason;
      return never;
    }
  }
};

const restError = z.object({ code: z.string() });

/** `rest_no_route` (404): the plugin is not active, or permalinks are plain (woocommerce.md 5.1). */
const isMissingRoute = (status: number, body: unknown): boolean =>
  status === 404 && restError.safeParse(body).data?.code === 'rest_no_route';

/** Whole seconds, as HTTP has them. */
const clockOf = (headers: HttpResponseHeaders): number | null => {
  const { date = '' } = headers;
  const at = Date.parse(date);
  return Number.isNaN(at) ? null : at;
};

/**
 * A page of a cache, a firewall or the maintenance mode comes with any status and is no answer of the shop's. With
 * plain permalinks WordPress has no /wp-json/ at all and shows its "not found" page.
 */
const answered = (status: number, headers: HttpResponseHeaders, bytes: Uint8Array): ShopAnswer => {
  if (status >= 300 && status < 400) return fault('redirected');
  const json = parseExactJson(bytes);
  // WordPress refuses a key in JSON; a firewall, or a password of the web server, with a page.
  if (json.ok && (status === 401 || status === 403)) return fault('unauthorized');
  if (!json.ok) return fault(status === 404 ? 'route-missing' : 'not-json');
  return isMissingRoute(status, json.value)
    ? fault('route-missing')
    : { kind: 'answered', status, body: json.value, clock: clockOf(headers) };
};

const busyOrderMs = seconds(2);

/** The plugin's own 503 `busy`: another call has the order's lock, and nothing was done (bridge-api.md). */
const ambiguousFault = ({ reason, code }: Extract<HttpOutcome, { outcome: 'ambiguous' }>): ShopAnswer => {
  if (reason !== 'server-error') return fault('shop-timeout');
  return code === 'busy' ? fault('order-busy', busyOrderMs) : fault('shop-error');
};

export const readShopAnswer = (outcome: HttpOutcome): ShopAnswer => {
  switch (outcome.outcome) {
    case 'ok':
    case 'refused':
      return answered(outcome.status, outcome.headers, outcome.body);
    case 'ambiguous':
      return ambiguousFault(outcome);
    case 'unavailable':
      return unavailableFault(outcome);
    default: {
      const never: never = outcome;
      return never;
    }
  }
};
