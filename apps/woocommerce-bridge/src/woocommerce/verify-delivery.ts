import { createHmac, timingSafeEqual } from 'node:crypto';
import {
  type OrderKey,
  orderKeySchema,
  parseExactJson,
  singleHeader,
  wireId,
} from '@gatewright/payment-core';
import * as z from 'zod';
import type { RawCall } from '../http/raw-call.ts';

/**
 * What a delivery of a shop's own webhooks says. The topic header is not signed, so it decides nothing: whatever names
 * an order means "this order changed" (woocommerce.md 4.2). `method` is the order's payment method as of the delivery.
 */
export type Delivery =
  | { readonly ok: true; readonly kind: 'ping' }
  | {
      readonly ok: true;
      readonly kind: 'order-changed';
      readonly order: OrderKey;
      readonly method: string | null;
    }
  | { readonly ok: true; readonly kind: 'nothing'; readonly reason: 'draft' | 'no-order' }
  | { readonly ok: false; readonly status: 400 | 401; readonly reason: string };

const SIGNATURE = /^[A-Za-z0-9+/]{43}=$/;
const PING = /^webhook_id=[1-9]\d{0,19}$/;
const FORM = /^application\/x-www-form-urlencoded(?:;|$)/i;

const utf8 = new TextDecoder();

/** Sent once when a webhook is made, before WooCommerce has anything to sign: it says nothing and changes nothing. */
const isPing = ({ headers, body }: RawCall): boolean =>
  headers.some(([name, value]) => name.toLowerCase() === 'content-type' && FORM.test(value)) &&
  !headers.some(([name]) => name.toLowerCase().startsWith('x-wc-')) &&
  body.length < 64 &&
  PING.test(utf8.decode(body));

const isGenuine = (secret: string, body: Uint8Array, signature: string): boolean =>
  timingSafeEqual(
    Buffer.from(signature),
    Buffer.from(createHmac('sha256', secret).update(body).digest('base64')),
  );

const orderId = wireId.pipe(z.string().regex(/^[1-9]\d{0,19}$/)).transform((id) => orderKeySchema.parse(id));

/** An order, or the argument of `action.woocommerce_payment_complete`; `order.deleted` has an id and nothing else. */
const payload = z.union([
  z.object({ id: orderId, status: z.string().optional(), payment_method: z.string().optional() }),
  z
    .object({ arg: orderId })
    .transform(({ arg }) => ({ id: arg, status: undefined, payment_method: undefined })),
]);

/** Signature over the raw bytes, then JSON. @param secret the store's own; another store's opens nothing here */
export const verifyDelivery = (secret: string, call: RawCall): Delivery => {
  if (isPing(call)) return { ok: true, kind: 'ping' };
  const signature = singleHeader(call.headers, 'x-wc-webhook-signature');
  if (!signature.ok) return { ok: false, status: 401, reason: signature.reason };
  if (!SIGNATURE.test(signature.value)) return { ok: false, status: 401, reason: 'signature-malformed' };
  if (!isGenuine(secret, call.body, signature.value))
    return { ok: false, status: 401, reason: 'signature-mismatch' };
  const json = parseExactJson(call.body);
  if (!json.ok) return { ok: false, status: 400, reason: json.reason };
  const order = payload.safeParse(json.value);
  // Another plugin's payload, or the error that WooCommerce signs in place of an order that has vanished. A 4xx
  // would count towards the failures that switch the webhook off.
  if (!order.success) return { ok: true, kind: 'nothing', reason: 'no-order' };
  // Blocks checkout announces its drafts; nothing was ever started for one.
  const { id, status, payment_method: method = null } = order.data;
  return status === 'checkout-draft'
    ? { ok: true, kind: 'nothing', reason: 'draft' }
    : { ok: true, kind: 'order-changed', order: id, method };
};
