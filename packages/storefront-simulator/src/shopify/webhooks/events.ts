import { hours } from '../store/durations.ts';
import type { Platform, ShopState } from '../store/platform.ts';
import { queueWebhook } from './queue.ts';

const shopFields = ({ id, domain }: ShopState) => ({ shop_id: id, shop_domain: domain });

/** About two days pass between the end of an installation and the order to forget it. */
const REDACT_AFTER_MS = hours(48);

const ordersOf = (shop: ShopState, email: string): readonly number[] =>
  [...shop.orders.values()].filter(({ customerEmail }) => customerEmail === email).map(({ id }) => id);

/** The tokens die at once, the gateway leaves the checkout, and two webhooks are queued. */
export const uninstall = (platform: Platform, shop: ShopState): void => {
  if (shop.installation === undefined) return;
  shop.tokens.revokeAll();
  shop.installation = undefined;
  const { id, domain } = shop;
  queueWebhook(platform, shop, 'app/uninstalled', { id, domain, myshopify_domain: domain });
  queueWebhook(platform, shop, 'shop/redact', shopFields(shop), REDACT_AFTER_MS);
};

export const requestCustomerData = (platform: Platform, shop: ShopState, email: string): void =>
  queueWebhook(platform, shop, 'customers/data_request', {
    ...shopFields(shop),
    orders_requested: ordersOf(shop, email),
    customer: { id: 191_167, email, phone: null },
    data_request: { id: 9_999 },
  });

export const redactCustomer = (platform: Platform, shop: ShopState, email: string): void =>
  queueWebhook(platform, shop, 'customers/redact', {
    ...shopFields(shop),
    customer: { id: 191_167, email, phone: null },
    orders_to_redact: ordersOf(shop, email),
  });
