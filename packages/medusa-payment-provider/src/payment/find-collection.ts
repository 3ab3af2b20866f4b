import * as z from 'zod';
import type { ShopQuery } from '../fulfilment/shop.ts';

/** Where a payment session belongs in Medusa. */
export interface SessionPlace {
  /** The provider that Medusa made it for. */
  readonly provider: string;
  readonly collection: string;
  /** Null: a collection of a draft order or an order edit. */
  readonly cart: string | null;
}

/** Looks a session up at Medusa itself; undefined: there is no such session. */
export type FindSessionPlace = (session: string) => Promise<SessionPlace | undefined>;

const sessionRows = z.array(z.object({ provider_id: z.string(), payment_collection_id: z.string() }));
const cartRows = z.array(z.object({ cart_id: z.string() }));

/**
 * The provider is told neither cart nor collection. Medusa commits the session's row before it asks the provider
 * (`createPaymentSession_` runs in a transaction of its own, @medusajs/payment 2.21.2), so both are looked up by its
 * id, and nothing a shopper wrote is believed.
 */
export const findSessionPlace =
  (query: () => ShopQuery): FindSessionPlace =>
  async (session) => {
    const { data: found } = await query().graph({
      entity: 'payment_session',
      fields: ['provider_id', 'payment_collection_id'],
      filters: { id: session },
    });
    const [row] = sessionRows.parse(found);
    if (row === undefined) return undefined;
    const { data: links } = await query().graph({
      entity: 'cart_payment_collection',
      fields: ['cart_id'],
      filters: { payment_collection_id: row.payment_collection_id },
    });
    return {
      provider: row.provider_id,
      collection: row.payment_collection_id,
      cart: cartRows.parse(links)[0]?.cart_id ?? null,
    };
  };
