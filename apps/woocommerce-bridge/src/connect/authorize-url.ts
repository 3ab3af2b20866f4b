import type { StoreRecord } from '@gatewright/payment-ledger';

/** WooCommerce's own page on which the shop's owner approves a key for us (woocommerce.md 5.9). */
export const authorizeUrl = (store: StoreRecord, publicUrl: string, state: string): string => {
  const url = new URL(`${store.url}/wc-auth/v1/authorize`);
  url.searchParams.set('app_name', 'Gatewright');
  url.searchParams.set('scope', 'read_write');
  url.searchParams.set('user_id', state);
  url.searchParams.set('return_url', `${publicUrl}/connect/return`);
  url.searchParams.set('callback_url', `${publicUrl}/connect/callback`);
  return url.href;
};
