import { addDecimal, compareDecimal, type Decimal, subtractDecimal } from '@gatewright/payment-core';
import { decimal, sameAmount, wireAmount } from '../checkout/amount.ts';
import type { Order } from '../checkout/order.ts';
import type { FollowUpOutcome } from '../people/merchant.ts';
import type { Platform, ShopState } from '../store/platform.ts';
import { type Delivery, deliver, endpointUrl } from './deliver.ts';
import type { FollowUpSession, FollowUpType } from './follow-up-session.ts';
import { judgeFollowUp } from './judge-answer.ts';

const ID_LENGTH = 24;
const MAGIC_REFUND = '999';

type Refusal = Extract<FollowUpOutcome, { readonly ok: false }>;

const gidType = (type: FollowUpType): string => {
  switch (type) {
    case 'refund':
      return 'RefundSession';
    case 'capture':
      return 'CaptureSession';
    case 'void':
      return 'VoidSession';
    default: {
      const never: never = type;
      return never;
    }
  }
};

const newFollowUp = (
  platform: Platform,
  shop: ShopState,
  order: Order,
  asked: { readonly type: FollowUpType; readonly paymentId: string; readonly amount: Decimal | undefined },
): FollowUpSession => {
  const { type, paymentId, amount } = asked;
  const id = platform.random.alphanumeric(ID_LENGTH);
  const gid = `gid://shopify/${gidType(type)}/${id}`;
  const { currency, test } = order;
  const money = amount === undefined ? {} : { amount, currency };
  const requestBody = JSON.stringify({
    id,
    gid,
    payment_id: paymentId,
    ...money,
    test,
    merchant_locale: shop.merchantLocale,
    proposed_at: new Date(platform.clock.now()).toISOString(),
  });
  return {
    id,
    gid,
    type,
    shop: shop.domain,
    orderId: order.id,
    paymentId,
    amount,
    currency,
    test,
    requestBody,
    delivery: 'waiting',
    state: 'open',
    rejection: undefined,
  };
};

export const followUpDelivery = ({ shop, type, id, requestBody }: FollowUpSession): Delivery => ({
  shop,
  endpoint: type,
  sessionId: id,
  body: requestBody,
  judge: judgeFollowUp,
});

const send = async (platform: Platform, session: FollowUpSession): Promise<FollowUpOutcome> => {
  const outcome = await deliver(platform, followUpDelivery(session));
  session.delivery = outcome.ok ? 'accepted' : 'failed';
  if (!outcome.ok) return { ok: false, reason: 'gateway-error', sessionId: session.id };
  const magic = platform.settings.magicInputs && session.type === 'refund';
  if (magic && session.state === 'open' && sameAmount(session.amount ?? '0', MAGIC_REFUND)) {
    session.state = 'rejected';
    session.rejection = { reason: 'PROCESSING_ERROR', merchantMessage: null };
  }
  return { ok: true, sessionId: session.id, gid: session.gid };
};

/** What earlier refunds or captures of an order took or may still take; a failed delivery may be retried. */
const spoken = (shop: ShopState, order: Order, type: FollowUpType): Decimal =>
  [...shop.followUps.values()]
    .filter((other) => other.orderId === order.id && other.type === type && other.state !== 'rejected')
    .reduce((sum, { amount }) => addDecimal(sum, decimal(amount ?? '0')), decimal('0'));

type Amount = { readonly ok: true; readonly amount: Decimal } | Refusal;

const amountWithin = (limit: string, taken: Decimal, asked: string | undefined, currency: string): Amount => {
  const left = subtractDecimal(decimal(limit), taken);
  const wanted = wireAmount(asked ?? left ?? '0', currency);
  if (wanted === undefined)
    return { ok: false, reason: asked === undefined ? 'amount-too-large' : 'bad-amount' };
  if (left === undefined || compareDecimal(wanted, left) > 0)
    return { ok: false, reason: 'amount-too-large' };
  return { ok: true, amount: wanted };
};

const amountOf = (
  shop: ShopState,
  order: Order,
  type: Exclude<FollowUpType, 'void'>,
  asked: string | undefined,
): Amount => {
  const limit = type === 'refund' ? order.captured : order.amount;
  return amountWithin(limit, spoken(shop, order, type), asked, order.currency);
};

const refusal = (order: Order, type: FollowUpType): Refusal | undefined => {
  const status = order.financialStatus;
  if (type !== 'refund')
    return status === 'authorized' ||
      (type === 'capture' && status === 'paid' && !sameAmount(order.captured, order.amount))
      ? undefined
      : { ok: false, reason: 'not-authorized' };
  return status === 'paid' || status === 'partially_refunded' || status === 'refunded'
    ? undefined
    : { ok: false, reason: 'not-paid' };
};

/**
 * A merchant asks for a refund, capture or void of an order. Sums stay within what was paid or authorized, those
 * still open counted in; a payment that is not resolved has nothing to refund (rule 19).
 */
export const requestFollowUp = async (
  platform: Platform,
  shop: ShopState,
  asked: { readonly type: FollowUpType; readonly orderId: number; readonly amount?: string | undefined },
): Promise<FollowUpOutcome> => {
  const { type } = asked;
  const order = shop.orders.get(asked.orderId);
  if (order === undefined) return { ok: false, reason: 'no-such-order' };
  if (shop.installation === undefined) return { ok: false, reason: 'not-installed' };
  if (endpointUrl(platform, type) === undefined) return { ok: false, reason: 'not-supported' };
  const refused = refusal(order, type);
  const paymentId = order.payments[0];
  if (refused !== undefined || paymentId === undefined) return refused ?? { ok: false, reason: 'not-paid' };
  const amount = type === 'void' ? undefined : amountOf(shop, order, type, asked.amount);
  if (amount?.ok === false) return amount;
  const session = newFollowUp(platform, shop, order, { type, paymentId, amount: amount?.amount });
  shop.followUps.set(session.id, session);
  return send(platform, session);
};

/** Sends it again as it was. @throws when there is no such session: a test's own mistake. */
export const retryFollowUp = (
  platform: Platform,
  shop: ShopState,
  sessionId: string,
): Promise<FollowUpOutcome> => {
  const session = shop.followUps.get(sessionId);
  if (session === undefined) throw new Error(`no refund, capture or void ${sessionId}`);
  return send(platform, session);
};
