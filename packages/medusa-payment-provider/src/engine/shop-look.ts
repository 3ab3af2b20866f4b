import type { Look } from '@gatewright/pay-page';
import { type Clock, minutes } from '@gatewright/payment-core';
import * as z from 'zod';
import type { ShopQuery } from '../fulfilment/shop.ts';

/** As long as a look takes. */
const nameSchema = z
  .string()
  .transform((name) => [...name.trim()].slice(0, 80).join(''))
  .pipe(z.string().min(1));
const stores = z.array(z.object({ name: nameSchema.nullish().catch(undefined) }));

/** What the owner called the shop in Medusa's admin; undefined: nothing that could be shown. */
export const readShopName = async (query: ShopQuery): Promise<string | undefined> => {
  const { data } = await query.graph({ entity: 'store', fields: ['name'] });
  return stores.parse(data)[0]?.name ?? undefined;
};

/** An owner who renames the shop sees it on the pages soon enough. */
const freshMs = minutes(5);

/**
 * How the pages look: as the plugin's options say, with the shop's own name where they give none. A name that cannot be
 * read leaves the last one.
 */
export const createShopLook = (
  look: Look,
  clock: Clock,
  readName: () => Promise<string | undefined>,
): (() => Promise<Look>) => {
  let shopName = look.shopName;
  let readAt = Number.NEGATIVE_INFINITY;
  return async () => {
    if (clock.now() >= readAt + freshMs) {
      readAt = clock.now();
      shopName = (await readName().catch(() => undefined)) ?? shopName;
    }
    return { ...look, shopName };
  };
};
