import { randomBytes } from 'node:crypto';
import {
  type Invoice,
  moneySchema,
  newPageId,
  newTestGatewayConfig,
  orderKeySchema,
  type PageId,
} from '@gatewright/payment-core';
import { openLedger, parseKeyRing } from '@gatewright/payment-ledger';
import { benchKeys } from '../burst/ledger-file.ts';
import { insertWithOrder, openInvoice } from '../ledger/invoice.ts';

/** A ledger whose shoppers all look at their page, opened beside the bridge that serves them. */
export interface WatchedPages {
  readonly pages: readonly PageId[];
  /** One transaction: money was seen for every order. */
  seeMoney(): Promise<void>;
  close(): Promise<void>;
}

const total = moneySchema.parse({ amount: '49.90', currency: 'USD' });

/** Makes `count` orders with an open payment each, and a page each. */
export const makePages = async (path: string, count: number): Promise<WatchedPages> => {
  const keys = parseKeyRing(benchKeys);
  if (!keys.ok) throw new Error(keys.message);
  const clock = { now: Date.now };
  const opened = await openLedger(`sqlite:${path}`, { clock, random: randomBytes, keys: keys.ring });
  if (!opened.ok) throw new Error(opened.message);
  const { vault, ledger } = opened;
  const url = 'https://shop.example';
  const added = await vault.addStore({ name: 'Shop', mode: 'test', platform: 'woocommerce', url });
  if (!added.ok) throw new Error(added.reason);
  const store = added.store.id;
  const config = newTestGatewayConfig(randomBytes);
  const made = await vault.addAccount({ store, gateway: 'test', mode: 'test', config });
  if (!made.ok) throw new Error(made.reason);
  const now = clock.now();
  const invoices: readonly Invoice[] = Array.from({ length: count }, (_, index) =>
    openInvoice(made.account, index, now, { payUrl: null }),
  );
  const pages = invoices.map(() => newPageId(randomBytes));
  await ledger.transact(async (tx) => {
    for (const [index, invoice] of invoices.entries()) {
      await insertWithOrder(tx, invoice);
      await tx.pages.insert({
        id: pages[index] ?? newPageId(randomBytes),
        store,
        orderKey: orderKeySchema.parse(invoice.orderKey),
        orderNumber: invoice.orderKey,
        amount: total,
        description: 'A pot of tea',
        returnUrl: `${url}/thanks`,
        cancelUrl: `${url}/cart`,
        customerEmail: null,
        locale: null,
        account: null,
        method: null,
        orderDeadline: null,
        createdAt: now,
        updatedAt: now,
      });
    }
  });
  return {
    pages,
    seeMoney: () =>
      ledger.transact(async (tx) => {
        for (const { id } of invoices) {
          const invoice = await tx.invoices.byId(id);
          if (invoice) await tx.invoices.update({ ...invoice, status: 'processing' });
        }
      }),
    close: () => opened.close(),
  };
};
