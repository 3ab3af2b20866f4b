import { formatMoney } from '@gatewright/payment-core';
import type { ShopClient, ShopFailure } from '../storefront/shop-client.ts';
import type { ShopConnection } from '../storefront/store-call.ts';
import type { RestOnly } from '../storefront/store-settings.ts';
import { addNoteOnce, noteText } from './order-notes.ts';
import { metaKeys, type RestOrder } from './rest-order.ts';
import type { RestOrders } from './rest-orders.ts';

export interface PayLink {
  readonly shops: ShopClient;
  readonly orders: RestOrders;
}

const linkText = ({ linkText: text }: RestOnly, order: RestOrder, link: string): string => {
  const words: Readonly<Record<string, string>> = {
    '{order}': order.number,
    '{amount}': formatMoney(order.total),
    '{link}': link,
  };
  return noteText(text.replace(/\{(?:order|amount|link)\}/g, (word) => words[word] ?? word));
};

/**
 * Gives the customer the link, once: as a note that WooCommerce e-mails, then as meta that says it was given. A process
 * that dies between the two finds the note again by the link in it.
 */
export const givePayLink = async (
  { shops, orders }: PayLink,
  connection: ShopConnection,
  restOnly: RestOnly,
  order: RestOrder,
  link: string,
): Promise<{ readonly kind: 'given' } | ShopFailure> => {
  if (order.meta(metaKeys.payLink) === link) return { kind: 'given' };
  const note = { text: linkText(restOnly, order, link), toCustomer: true, mark: link };
  const noted = await addNoteOnce(shops, connection, order.id, note);
  if (noted.kind === 'fault') return noted;
  const body = { meta_data: [{ key: metaKeys.payLink, value: link }] };
  const after = await orders.write(connection, order, body);
  if (after.kind === 'fault') return after;
  const isThere = after.kind === 'order' && after.order.meta(metaKeys.payLink) === link;
  // A deleted order needs no link.
  return isThere || after.kind === 'missing' ? { kind: 'given' } : { kind: 'fault', fault: 'write-ignored' };
};
