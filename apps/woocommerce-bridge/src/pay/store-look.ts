import { type Look, lookSchema } from '@gatewright/pay-page';
import type { Store } from '@gatewright/payment-core';
import type { Vault } from '@gatewright/payment-ledger';
import * as z from 'zod';

/** What the owner may set; the shop's name is the store's own. */
const settingsSchema = z.object({ look: lookSchema.omit({ shopName: true }).partial().nullish() });

/** A page of no store: nobody learns whose bridge this is. */
export const ownLook: Look = lookSchema.parse({ shopName: 'Shop' });

const nameOf = ({ name }: Store): string => [...name.trim()].slice(0, 80).join('') || ownLook.shopName;

/** `settings.look` of the store's record. One that cannot be read is left out: the page is plain, not gone. */
const lookFrom = (store: Store, settings: unknown): Look => {
  const read = settingsSchema.safeParse(settings ?? {});
  const shopName = nameOf(store);
  const look = lookSchema.safeParse({ ...(read.success ? read.data.look : {}), shopName });
  return look.success ? look.data : lookSchema.parse({ shopName });
};

/** How a store's pages look. A store of another platform shows its pages at its own wrapper's address. */
export const storeLook =
  (vault: Pick<Vault, 'store'>) =>
  async (store: Store): Promise<Look | undefined> => {
    const record = await vault.store(store.id);
    return record?.platform === 'woocommerce' ? lookFrom(store, record.settings) : undefined;
  };
