import type {
  Storefront,
  StorefrontAnswer,
  StorefrontOrder,
  StorefrontOrderAnswer,
} from '../../../src/fulfilment/storefront.ts';
import type { InstructionRow } from '../../../src/ledger/rows.ts';
import type { Door, Outcome } from '../process/port-call.ts';
import { type ShopOrder, shopOrder, tellShop } from './shop-state.ts';
import type { Stage } from './stage.ts';

const unavailable = { outcome: 'unavailable', reason: 'shop-down' } as const;

const tell = (stage: Stage, instruction: InstructionRow, outcome: Outcome): StorefrontAnswer => {
  if (outcome === 'down') return unavailable;
  if (outcome === 'late') {
    stage.shop = { ...stage.shop, underWay: [...stage.shop.underWay, instruction] };
    return unavailable;
  }
  const { shop, answer } = tellShop(stage.shop, instruction, stage.scenario.design.shop);
  stage.shop = shop;
  return outcome === 'ok' ? answer : unavailable;
};

const stateOf = (order: ShopOrder): StorefrontOrder['state'] => {
  switch (order.status) {
    case 'pending':
    case 'on-hold':
      return 'open';
    case 'processing':
      return 'paid';
    case 'cancelled':
      return 'ended';
    default: {
      const never: never = order.status;
      return never;
    }
  }
};

/** The shop behind the core's port: every call is a point where others may go first, and can fail in four ways. */
export const modelStorefront = (stage: Stage, door: Door): Storefront => ({
  tell: (instruction) =>
    door.ask(
      {
        what: `telling the shop to ${instruction.kind} ${instruction.orderKey}`,
        outcomes: ['ok', 'lost-answer', 'down', 'late'],
      },
      async (outcome) => tell(stage, instruction, outcome),
    ),
  readOrder: (_store, orderKey) =>
    door.ask(
      { what: `asking the shop about ${orderKey}`, outcomes: ['ok', 'down'] },
      async (outcome): Promise<StorefrontOrderAnswer> =>
        outcome === 'ok'
          ? { outcome: 'read', order: { state: stateOf(shopOrder(stage.shop, orderKey)), refunds: [] } }
          : unavailable,
    ),
});
