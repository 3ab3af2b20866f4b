import type {
  InstructionRow,
  Storefront,
  StorefrontAnswer,
  StorefrontRefusal,
} from '@gatewright/payment-core';

/** One order of a shop that keeps the plugin's promises: decided under a lock, idempotent by claim and instruction. */
export interface ShopOrder {
  status: 'pending' | 'on-hold' | 'processing' | 'cancelled';
  total: string;
  currency: string;
  claim: string | null;
  /** How often the goods would have left: more than once is the bug this project exists to prevent. */
  fulfilments: number;
  notes: string[];
}

export interface Shop extends Storefront {
  readonly orders: Map<string, ShopOrder>;
  place(orderKey: string, total: string, currency?: string): ShopOrder;
  /** The next answers of the shop, instead of its own: `down` loses the call, `lost-answer` does it and loses the answer. */
  readonly trouble: ('down' | 'lost-answer')[];
}

const refused = (reason: StorefrontRefusal): StorefrontAnswer => ({ outcome: 'refused', reason });

const settle = (order: ShopOrder, instruction: InstructionRow): StorefrontAnswer => {
  if (order.claim === instruction.claim) return { outcome: 'already' };
  if (order.status === 'processing') return refused('paid_otherwise');
  if (order.status === 'cancelled') return refused('moved');
  if (order.total !== instruction.expected?.amount) return refused('total_changed');
  if (order.currency !== instruction.expected.currency) return refused('currency_changed');
  order.claim = instruction.claim;
  order.status = 'processing';
  order.fulfilments += 1;
  return { outcome: 'done' };
};

const obey = (order: ShopOrder, instruction: InstructionRow): StorefrontAnswer => {
  switch (instruction.kind) {
    case 'settle':
      return settle(order, instruction);
    case 'hold':
      if (order.status === 'processing' || order.status === 'cancelled') return refused('moved');
      order.status = 'on-hold';
      return { outcome: 'done' };
    case 'cancel':
    case 'fail':
      if (order.status !== 'pending') return refused('moved');
      order.status = 'cancelled';
      return { outcome: 'done' };
    case 'note':
      order.notes.push(instruction.note);
      return { outcome: 'done' };
    default: {
      const never: never = instruction.kind;
      return never;
    }
  }
};

export const createShop = (): Shop => {
  const orders = new Map<string, ShopOrder>();
  const trouble: Shop['trouble'] = [];
  return {
    orders,
    trouble,
    place: (orderKey, total, currency = 'USD') => {
      const order: ShopOrder = { status: 'pending', total, currency, claim: null, fulfilments: 0, notes: [] };
      orders.set(orderKey, order);
      return order;
    },
    tell: async (instruction) => {
      const wrong = trouble.shift();
      const order = orders.get(instruction.orderKey);
      if (wrong === 'down') return { outcome: 'unavailable', reason: 'shop-down' };
      if (!order) return refused('order_missing');
      const answer = obey(order, instruction);
      return wrong === 'lost-answer' ? { outcome: 'unavailable', reason: 'answer-lost' } : answer;
    },
  };
};
