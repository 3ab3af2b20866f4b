import type { SqlLedger } from '@gatewright/payment-ledger';
import type { Logger } from 'pino';
import type { App } from '../app.ts';
import type { ShopBook } from '../shops/shop-book.ts';
import { type Asking, askPerson } from './person.ts';
import type { SessionRow } from './session-book.ts';

export interface Offering {
  readonly ports: Asking;
  readonly ledger: SqlLedger;
  readonly shops: ShopBook;
  readonly configure: App['configure'];
  readonly log: Logger;
}

const mend = 'Check the accounts on the page Accounts, then activate again on the page Activation.';

const detailOf = (id: string, withdrawn: boolean): string =>
  withdrawn
    ? `No connected account could take payment ${id}, so Shopify was told that this shop cannot be paid: checkouts do not offer this payment method any more. ${mend}`
    : `No connected account could take payment ${id}, and Shopify could not be told so: checkouts still offer this payment method, and no buyer can pay with it. ${mend}`;

/** Nobody can be paid through this shop's accounts: Shopify stops to offer us until the merchant has mended it, and hears why. */
export const stopOffering = async (offering: Offering, session: SessionRow): Promise<void> => {
  const { ports, ledger, shops, configure, log } = offering;
  const { shop, store, id } = session;
  const row = await shops.byDomain(shop);
  if (!row?.ready || store !== row.live) return;
  const told = await configure(shop, row.externalHandle, false);
  log.error({ shop, told }, 'no account of the shop can take payments; it is taken out of the checkout');
  const key = `payments_withdrawn:${shop}`;
  const detail = detailOf(id, told === 'done');
  await ledger.transact((tx) => askPerson(tx, ports, session, { kind: 'payments_withdrawn', key, detail }));
};
