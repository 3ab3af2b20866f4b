import type { StorefrontAnswer, StorefrontRefusal } from '../../../src/fulfilment/storefront.ts';
import type { InstructionRow } from '../../../src/ledger/rows.ts';

type OrderStatus = 'pending' | 'on-hold' | 'processing' | 'cancelled';

/** One order of the shop. `fulfilments` counts how often the goods left: more than once is what must never be. */
export interface ShopOrder {
  readonly key: string;
  readonly status: OrderStatus;
  /** The status that the bridge set or saw last; another one is somebody else's doing. */
  readonly own: OrderStatus;
  readonly total: string;
  readonly claim: string | null;
  readonly fulfilments: number;
  /** Set when a person changed the order by hand: from then on nobody else may. */
  readonly decided: 'cancelled' | 'paid' | 'total' | null;
}

export interface ShopState {
  readonly orders: readonly ShopOrder[];
  /** Calls that the caller gave up but that the network still carries. */
  readonly underWay: readonly InstructionRow[];
}

/**
 * What a shop promises (the Storefront port, the WooCommerce plugin's rules): `keeps` decides under its lock and knows a claim again. The other two
 * are planted bugs: one forgets claims and fulfils whatever it is told, one does not look at the order first.
 */
export type ShopManners = 'keeps' | 'forgets-claims' | 'does-not-look';

interface Obeyed {
  readonly order: ShopOrder;
  readonly answer: StorefrontAnswer;
}

const refused = (order: ShopOrder, reason: StorefrontRefusal): Obeyed => ({
  order,
  answer: { outcome: 'refused', reason },
});
const done = (order: ShopOrder): Obeyed => ({ order, answer: { outcome: 'done' } });

const fulfil = (order: ShopOrder, claim: string | null): Obeyed =>
  done({ ...order, status: 'processing', own: 'processing', claim, fulfilments: order.fulfilments + 1 });

const settle = (order: ShopOrder, told: InstructionRow, manners: ShopManners): Obeyed => {
  if (manners === 'forgets-claims') return fulfil(order, told.claim);
  if (order.claim === told.claim) return { order, answer: { outcome: 'already' } };
  if (manners === 'does-not-look') return fulfil(order, told.claim);
  if (order.status === 'processing') return refused(order, 'paid_otherwise');
  if (order.status === 'cancelled') return refused(order, 'moved');
  if (order.total !== told.expected?.amount) return refused(order, 'total_changed');
  return fulfil(order, told.claim);
};

const move = (order: ShopOrder, target: OrderStatus): Obeyed => {
  if (order.claim !== null || order.status !== order.own) return refused(order, 'moved');
  if (order.status === target) return { order, answer: { outcome: 'already' } };
  if (order.status !== 'pending' && order.status !== 'on-hold') return refused(order, 'moved');
  return done({ ...order, status: target, own: target });
};

const obey = (order: ShopOrder, told: InstructionRow, manners: ShopManners): Obeyed => {
  switch (told.kind) {
    case 'settle':
      return settle(order, told, manners);
    case 'hold':
      return move(order, 'on-hold');
    case 'cancel':
    case 'fail':
      return move(order, 'cancelled');
    case 'note':
      return done(order);
    default: {
      const never: never = told.kind;
      return never;
    }
  }
};

export const shopOrder = (shop: ShopState, key: string): ShopOrder => {
  const order = shop.orders.find((candidate) => candidate.key === key);
  if (!order) throw new Error(`model: the shop has no order ${key}`);
  return order;
};

export const putOrder = (shop: ShopState, order: ShopOrder): ShopState => ({
  ...shop,
  orders: shop.orders.map((other) => (other.key === order.key ? order : other)),
});

/** One instruction at the shop's counter, decided under its lock. */
export const tellShop = (
  shop: ShopState,
  told: InstructionRow,
  manners: ShopManners,
): { readonly shop: ShopState; readonly answer: StorefrontAnswer } => {
  const { order, answer } = obey(shopOrder(shop, told.orderKey), told, manners);
  return { shop: putOrder(shop, order), answer };
};
