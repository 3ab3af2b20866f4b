import { type Delivery, deliverCopies } from './sessions/deliver.ts';
import { followUpDelivery } from './sessions/request-follow-up.ts';
import { paymentDelivery } from './sessions/start-payment.ts';
import type { Redelivery } from './shopify-double.ts';
import type { Platform } from './store/platform.ts';

const deliveryOf = (platform: Platform, sessionId: string): Delivery => {
  for (const shop of platform.shops.values()) {
    const payment = shop.payments.get(sessionId);
    if (payment !== undefined) return paymentDelivery(platform, shop, payment);
    const followUp = shop.followUps.get(sessionId);
    if (followUp !== undefined) return followUpDelivery(followUp);
  }
  throw new Error(`no session ${sessionId}`);
};

/** @throws when there is no such session: a test's own mistake. */
export const redeliver = async (
  platform: Platform,
  sessionId: string,
  copies: number,
): Promise<readonly Redelivery[]> => {
  const outcomes = await deliverCopies(platform, deliveryOf(platform, sessionId), copies);
  return outcomes.map(({ status, body = '' }) => ({ status, body }));
};
