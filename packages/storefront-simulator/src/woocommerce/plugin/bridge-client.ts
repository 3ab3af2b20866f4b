import * as z from 'zod';
import type { Store } from '../store/store.ts';
import { type BridgeResult, createSender } from './bridge-transport.ts';
import type { WireKey } from './wire-signature.ts';

/** Real milliseconds; bridge-api.md gives 1 s at checkout for the offer and 2 s for may-cancel. */
export interface BridgeTimeouts {
  readonly offer: number;
  readonly mayCancel: number;
  readonly other: number;
}

const DEFAULT_TIMEOUTS: BridgeTimeouts = { offer: 1_000, mayCancel: 2_000, other: 10_000 };

/** Body of POST /v1/checkouts. */
export interface CheckoutRequest {
  readonly order_id: number;
  readonly order_key: string;
  readonly amount: string;
  readonly currency: string;
  /** Absent: the shopper chooses on the bridge's page. */
  readonly gateway?: string;
  readonly network?: string;
  readonly return_url: string;
  readonly cancel_url: string;
  readonly order_pay_url: string;
  readonly locale: string;
  readonly description: string;
  /** Only when the owner opted in. */
  readonly customer_email?: string;
}

/** Body of POST /v1/orders/:order/refunds. */
export interface RefundRequest {
  readonly refund_id: number;
  readonly amount: string;
  readonly reason: string;
}

const anyObject = z.record(z.string(), z.unknown());
/** No invoice: the shopper has yet to choose on the page. */
const checkout = z.looseObject({ invoice: z.string().min(1).nullable(), redirect_url: z.url() });
const refund = z.looseObject({
  outcome: z.enum(['done', 'accepted', 'manual', 'checking', 'refused']),
  instructions: z.string().optional(),
});
const mayCancel = z.looseObject({ may_cancel: z.enum(['yes', 'no', 'unknown']) });

export type CheckoutAnswer = z.output<typeof checkout>;
export type RefundOutcome = z.output<typeof refund>;
type AnyAnswer = Promise<BridgeResult<Record<string, unknown>>>;

/** The order by its number, and by the hash of its key where a caller gives it: the number alone may come again. */
const orderPath = (orderId: number, action: string, keyHash?: string): string =>
  `/v1/orders/${orderId}${action}${keyHash === undefined ? '' : `?order_key_hash=${keyHash}`}`;

/** The plugin's calls of bridge-api.md, signed. Unknown fields of an answer are kept. */
export interface BridgeClient {
  readonly baseUrl: string;
  hello(): AnyAnswer;
  /** Cached for 30 s of the shop's clock per question. */
  offer(amount: string, currency: string, locale: string): AnyAnswer;
  checkout(request: CheckoutRequest): Promise<BridgeResult<CheckoutAnswer>>;
  order(orderId: number, keyHash?: string): AnyAnswer;
  recheck(orderId: number, keyHash?: string): AnyAnswer;
  refund(orderId: number, request: RefundRequest, keyHash?: string): Promise<BridgeResult<RefundOutcome>>;
  cancel(orderId: number, keyHash?: string): AnyAnswer;
  mayCancel(orderId: number, keyHash?: string): Promise<BridgeResult<z.output<typeof mayCancel>>>;
  attention(): AnyAnswer;
}

const OFFER_LIFE_MS = 30_000;

export const createBridgeClient = (
  store: Store,
  baseUrl: string,
  key: WireKey,
  overrides: Partial<BridgeTimeouts>,
): BridgeClient => {
  const send = createSender(store, baseUrl, key);
  const timeouts = { ...DEFAULT_TIMEOUTS, ...overrides };
  const offers = new Map<string, { at: number; result: BridgeResult<Record<string, unknown>> }>();
  const get = (path: string, timeout = timeouts.other): AnyAnswer =>
    send({ method: 'GET', path, answer: anyObject, timeout });
  const post = (path: string): AnyAnswer =>
    send({ method: 'POST', path, body: {}, answer: anyObject, timeout: timeouts.other });
  return {
    baseUrl,
    hello: () => get('/v1/hello'),
    offer: async (amount, currency, locale) => {
      const path = `/v1/offer?${new URLSearchParams({ amount, currency, locale })}`;
      const cached = offers.get(path);
      if (cached !== undefined && store.clock.now() - cached.at < OFFER_LIFE_MS) return cached.result;
      const result = await get(path, timeouts.offer);
      if (result.ok) offers.set(path, { at: store.clock.now(), result });
      return result;
    },
    checkout: (body) =>
      send({ method: 'POST', path: '/v1/checkouts', body, answer: checkout, timeout: timeouts.other }),
    order: (orderId, keyHash) => get(orderPath(orderId, '', keyHash)),
    recheck: (orderId, keyHash) => post(orderPath(orderId, '/recheck', keyHash)),
    refund: (orderId, body, keyHash) =>
      send({
        method: 'POST',
        path: orderPath(orderId, '/refunds', keyHash),
        body,
        answer: refund,
        timeout: timeouts.other,
      }),
    cancel: (orderId, keyHash) => post(orderPath(orderId, '/cancel', keyHash)),
    mayCancel: (orderId, keyHash) =>
      send({
        method: 'GET',
        path: orderPath(orderId, '/may-cancel', keyHash),
        answer: mayCancel,
        timeout: timeouts.mayCancel,
      }),
    attention: () => get('/v1/attention'),
  };
};
