import type {
  InstructionRow,
  OrderKey,
  Storefront,
  StorefrontAnswer,
  StorefrontOrder,
  StorefrontRefund,
  StorefrontRefusal,
} from '@gatewright/payment-core';
import { moneySchema } from '@gatewright/payment-core';

export type ShopOrderStatus = 'pending' | 'on-hold' | 'processing' | 'cancelled' | 'failed' | 'refunded';

/** One order of the reference shop. Its fields are what a person can change. */
export interface ShopOrder {
  status: ShopOrderStatus;
  total: string;
  currency: string;
  claim: string | null;
  /** How often the goods would have left: more than once is the bug this project exists to prevent. */
  fulfilments: number;
  readonly notes: string[];
  readonly refunds: StorefrontRefund[];
}

/** What happens to the shop's next call: `unreachable` never arrives, `answer-lost` takes effect first. */
export type ShopTrouble = 'unreachable' | 'answer-lost';

/**
 * A shop that keeps every promise of the storefront port, in memory: one look at the order and one change per call,
 * idempotent by claim and by instruction. The batteries pay its orders; a wrapper's author can read what is asked of him.
 */
export interface ReferenceShop extends Required<Storefront> {
  readonly orders: ReadonlyMap<string, ShopOrder>;
  place(orderKey: string, total: string, currency: string): ShopOrder;
  /** @throws Error for an order that was never placed. */
  order(orderKey: string): ShopOrder;
  /** A person deletes an order. */
  remove(orderKey: string): void;
  /** A person pays an order by another method. */
  payOtherwise(orderKey: string): void;
  /** A person gives money back; all of it makes the order refunded. */
  refund(orderKey: string, amount: string): void;
  trouble(next: ShopTrouble): void;
}

const refused = (reason: StorefrontRefusal): StorefrontAnswer => ({ outcome: 'refused', reason });
const done: StorefrontAnswer = { outcome: 'done' };
const already: StorefrontAnswer = { outcome: 'already' };

const settleRefusal = (order: ShopOrder, { expected }: InstructionRow): StorefrontRefusal | undefined => {
  switch (order.status) {
    case 'refunded':
      return 'refunded';
    case 'processing':
      return 'paid_otherwise';
    case 'cancelled':
      return 'moved';
    case 'pending':
    case 'on-hold':
    case 'failed':
      break;
    default: {
      const never: never = order.status;
      return never;
    }
  }
  if (order.currency !== expected?.currency) return 'currency_changed';
  const total = moneySchema.parse({ amount: order.total, currency: order.currency });
  return sameAmount(total.amount, expected.amount) ? undefined : 'total_changed';
};

/** "50" is "50.00"; digits only, so no number is needed to see it. */
const sameAmount = (a: string, b: string): boolean => plain(a) === plain(b);
const plain = (amount: string): string => (amount.includes('.') ? amount.replace(/\.?0+$/, '') : amount);

const settle = (order: ShopOrder, instruction: InstructionRow): StorefrontAnswer => {
  if (order.claim !== null) return order.claim === instruction.claim ? already : refused('paid_otherwise');
  const reason = settleRefusal(order, instruction);
  if (reason) return refused(reason);
  order.claim = instruction.claim;
  order.status = 'processing';
  order.fulfilments += 1;
  return done;
};

const movable: Readonly<Record<'hold' | 'cancel' | 'fail', readonly ShopOrderStatus[]>> = {
  hold: ['pending', 'failed'],
  // What is on hold has money on it: only a person ends it.
  cancel: ['pending', 'failed'],
  fail: ['pending'],
};
const target = { hold: 'on-hold', cancel: 'cancelled', fail: 'failed' } as const;

const move = (order: ShopOrder, kind: 'hold' | 'cancel' | 'fail'): StorefrontAnswer => {
  if (order.status === target[kind]) return already;
  if (!movable[kind].includes(order.status)) return refused('moved');
  order.status = target[kind];
  return done;
};

const obey = (order: ShopOrder, instruction: InstructionRow): StorefrontAnswer => {
  switch (instruction.kind) {
    case 'settle':
      return settle(order, instruction);
    case 'hold':
    case 'cancel':
    case 'fail':
      return move(order, instruction.kind);
    case 'note':
      return done;
    default: {
      const never: never = instruction.kind;
      return never;
    }
  }
};

const stateOf = (order: ShopOrder | undefined): StorefrontOrder['state'] => {
  const status = order?.status;
  switch (status) {
    case undefined:
      return 'missing';
    case 'pending':
    case 'on-hold':
    case 'failed':
      return 'open';
    case 'processing':
      return 'paid';
    case 'cancelled':
    case 'refunded':
      return 'ended';
    default: {
      const never: never = status;
      return never;
    }
  }
};

export const createReferenceShop = (): ReferenceShop => {
  const orders = new Map<string, ShopOrder>();
  const told = new Set<string>();
  const troubles: ShopTrouble[] = [];

  const order = (orderKey: string): ShopOrder => {
    const found = orders.get(orderKey);
    if (!found) throw new Error(`the reference shop has no order ${orderKey}`);
    return found;
  };

  const tellOnce = (instruction: InstructionRow): StorefrontAnswer => {
    const found = orders.get(instruction.orderKey);
    if (!found) return refused('order_missing');
    if (told.has(instruction.id)) return already;
    const answer = obey(found, instruction);
    if (answer.outcome === 'done') {
      told.add(instruction.id);
      if (instruction.note !== '') found.notes.push(instruction.note);
    }
    return answer;
  };

  return {
    orders,
    order,
    place: (orderKey, total, currency) => {
      const placed: ShopOrder = {
        status: 'pending',
        total,
        currency,
        claim: null,
        fulfilments: 0,
        notes: [],
        refunds: [],
      };
      orders.set(orderKey, placed);
      return placed;
    },
    remove: (orderKey) => void orders.delete(orderKey),
    payOtherwise: (orderKey) => {
      const paid = order(orderKey);
      paid.status = 'processing';
      paid.fulfilments += 1;
    },
    refund: (orderKey, amount) => {
      const { refunds, currency, total } = order(orderKey);
      const money = moneySchema.parse({ amount, currency });
      refunds.push({ id: `${orderKey}-${refunds.length + 1}`, amount: money, reason: 'returned' });
      if (sameAmount(amount, total)) order(orderKey).status = 'refunded';
    },
    trouble: (next) => void troubles.push(next),
    tell: async (instruction) => {
      const wrong = troubles.shift();
      if (wrong === 'unreachable') return { outcome: 'unavailable', reason: 'shop-unreachable' };
      const answer = tellOnce(instruction);
      return wrong === 'answer-lost' ? { outcome: 'unavailable', reason: 'answer-lost' } : answer;
    },
    readOrder: async (_store, orderKey: OrderKey) => {
      if (troubles.shift() !== undefined) return { outcome: 'unavailable', reason: 'shop-unreachable' };
      const found = orders.get(orderKey);
      return { outcome: 'read', order: { state: stateOf(found), refunds: [...(found?.refunds ?? [])] } };
    },
  };
};
