import { type CurrencyCode, parseCurrency } from '@gatewright/payment-core';
import * as z from 'zod';
import type { ShopQuery } from '../fulfilment/shop.ts';

/** A region of the shop: what it prices in, and which payment providers it offers. */
export interface Market {
  readonly name: string;
  readonly currency: CurrencyCode;
  readonly providers: readonly string[];
}

const regions = z.array(
  z.object({
    name: z.string().nullish(),
    currency_code: z.string(),
    payment_providers: z.array(z.object({ id: z.string() }).nullable()).nullish(),
  }),
);

/** Regions of a currency that we cannot name are left out. */
export const readMarkets = async (query: ShopQuery): Promise<readonly Market[]> => {
  const { data } = await query.graph({
    entity: 'region',
    fields: ['name', 'currency_code', 'payment_providers.id'],
  });
  return regions.parse(data).flatMap((region): readonly Market[] => {
    const currency = parseCurrency(region.currency_code);
    const providers = (region.payment_providers ?? []).flatMap((provider) => provider?.id ?? []);
    return currency === undefined ? [] : [{ name: region.name ?? '', currency, providers }];
  });
};
