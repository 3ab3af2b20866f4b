import { manualRefund } from './manual-refund.ts';
import type { Shop } from './shop.ts';
import type { Turns } from './turns.ts';

interface FakeSession {
  id: string;
  provider_id: string;
  status: string;
  currency_code: string;
  raw_amount: { value: string };
}

interface FakePayment {
  id: string;
  provider_id: string;
  payment_session_id: string;
  currency_code: string;
  raw_amount: { value: string };
  captured_at: string | null;
  canceled_at: string | null;
  /** What the provider keeps with it. */
  data: Record<string, unknown> | null;
  refunds: { id: string; raw_amount: { value: string }; note: string }[];
}

/** What a Medusa server holds of one cart; tests write it as a shopper, an owner or another process would. */
export interface FakeState {
  cart: { total: string; completed: boolean } | null;
  currency: string;
  collection: { amount: string };
  sessions: FakeSession[];
  payments: FakePayment[];
  order: { status: string; total: string } | null;
  /** Refuses to make an order, as core does where stock is missing. */
  outOfStock: boolean;
  /** Then the refused order is still there for a while, as on a busy server whose core takes it back step by step. */
  takesBackLate: boolean;
  /** Another run of core's is under way for this cart: its order is not final. */
  beingCompleted: boolean;
  /** Every workflow meets a cart that somebody else has locked. */
  locked: boolean;
  fulfilled: boolean;
}

export const fakeSession = (amount: string, changes: Partial<FakeSession> = {}): FakeSession => ({
  id: 'payses_1',
  provider_id: 'pp_gatewright_main',
  status: 'pending',
  currency_code: 'eur',
  raw_amount: { value: amount },
  ...changes,
});

export const fakePayment = (amount: string, changes: Partial<FakePayment> = {}): FakePayment => ({
  id: 'pay_1',
  provider_id: 'pp_gatewright_main',
  payment_session_id: 'payses_1',
  currency_code: 'eur',
  raw_amount: { value: amount },
  captured_at: '2026-01-01T00:00:00.000Z',
  canceled_at: null,
  data: null,
  refunds: [],
  ...changes,
});

/** The only cart there is. */
export const fakeCart = 'cart_01ABCDEFGH';

class ShopError extends Error {
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

const sessionOf = (state: FakeState, id: unknown): FakeSession => {
  const session = state.sessions.find((candidate) => candidate.id === id);
  if (!session) throw new ShopError('not_found', `PaymentSession with id: ${String(id)} was not found`);
  return session;
};

/** As core does: the provider says "captured", and Medusa books the session's own amount. */
const authorize = (state: FakeState, session: FakeSession): void => {
  if (state.payments.some(({ payment_session_id }) => payment_session_id === session.id)) return;
  session.status = 'authorized';
  const { provider_id, raw_amount, currency_code } = session;
  state.payments.push(
    fakePayment(raw_amount.value, { provider_id, currency_code, payment_session_id: session.id }),
  );
};

const workflows: Record<string, (state: FakeState, input: Record<string, unknown>) => void> = {
  'complete-cart': (state) => {
    if (state.order) return;
    const [session] = state.sessions;
    if (!session) throw new ShopError('invalid_data', 'Payment sessions are required to complete cart');
    if (state.outOfStock && state.takesBackLate)
      state.order = { status: 'pending', total: state.cart?.total ?? '0' };
    if (state.outOfStock)
      throw new ShopError('not_allowed', 'Some variant does not have the required inventory');
    state.order = { status: 'pending', total: state.cart?.total ?? '0' };
    authorize(state, session);
    if (state.cart) state.cart.completed = true;
  },
  'process-payment-workflow': (state, { data }) => {
    authorize(state, sessionOf(state, (data as { session_id: string }).session_id));
  },
  'cancel-order': (state) => {
    if (state.fulfilled)
      throw new ShopError('not_allowed', 'All fulfillments must be canceled before canceling an order');
    if (state.order) state.order.status = 'canceled';
  },
  // Core asks our provider, which sends nothing back at this gateway and only believes a person.
  'refund-payment-workflow': ({ payments }, { amount, note }) => {
    if (!manualRefund.getStore())
      throw new ShopError('not_allowed', 'Crypto Pay cannot send money back by itself.');
    const [payment] = payments;
    payment?.refunds.push({
      id: `ref_${payment.refunds.length + 1}`,
      raw_amount: { value: String(amount) },
      note: String(note),
    });
  },
  'create-payment-sessions': (state, { provider_id }) => {
    const amount = state.collection.amount;
    state.sessions = [fakeSession(amount, { id: 'payses_2', provider_id: String(provider_id) })];
  },
};

const rowsOf = (state: FakeState, entity: string): unknown[] => {
  const { cart, order, currency, collection, sessions, payments } = state;
  switch (entity) {
    case 'cart_payment_collection':
      return cart ? [{ payment_collection_id: 'pay_col_1' }] : [];
    case 'order_payment_collection':
      return order && !cart ? [{ order_id: 'order_1', payment_collection_id: 'pay_col_1' }] : [];
    case 'order_cart':
      return order ? [{ order_id: 'order_1', cart_id: fakeCart }] : [];
    case 'cart':
      return cart
        ? [
            {
              id: fakeCart,
              currency_code: currency,
              raw_total: { value: cart.total },
              completed_at: cart.completed ? new Date(0) : null,
            },
          ]
        : [];
    case 'order':
      return order ? [{ ...order, id: 'order_1', currency_code: currency }] : [];
    case 'payment_collection':
      return [
        {
          id: 'pay_col_1',
          currency_code: currency,
          raw_amount: { value: collection.amount },
          payment_sessions: sessions,
          payments,
        },
      ];
    default:
      throw new Error(`the fake shop has no ${entity}`);
  }
};

const ended = (steps: readonly string[]) => ({
  errors: [],
  transaction: { getContext: () => ({ invoke: Object.fromEntries(steps.map((step) => [step, {}])) }) },
});

/** A Medusa server with one cart over 24.99 EUR, ready to be paid. `ran` names the workflows, in order; `said` is the log. */
export const fakeShop = (
  changes: Partial<FakeState> = {},
): { shop: Shop; state: FakeState; ran: string[]; said: string[] } => {
  const state: FakeState = {
    cart: { total: '24.99', completed: false },
    currency: 'eur',
    collection: { amount: '24.99' },
    sessions: [fakeSession('24.99')],
    payments: [],
    order: null,
    outOfStock: false,
    takesBackLate: false,
    beingCompleted: false,
    locked: false,
    fulfilled: false,
    ...structuredClone(changes),
  };
  const ran: string[] = [];
  const said: string[] = [];
  const shop: Shop = {
    // Nobody who holds a cart lives: its lock has expired.
    dropExpiredLock: async () => {
      state.locked = false;
    },
    isBeingCompleted: async () => state.beingCompleted,
    warn: (message) => void said.push(message),
    dropDeadLock: async () => {
      state.locked = false;
    },
    query: { graph: async ({ entity }) => ({ data: structuredClone(rowsOf(state, entity)) }) },
    workflows: {
      async run(id, { input }) {
        ran.push(id);
        try {
          if (state.locked) throw new Error(`Failed to acquire lock for key "${fakeCart}"`);
          const workflow = workflows[id];
          if (!workflow) throw new Error(`Workflow with id "${id}" not found.`);
          const had = state.order;
          workflow(state, input as Record<string, unknown>);
          return ended(had === state.order ? [] : ['create-orders']);
        } catch (error) {
          return { ...ended([]), errors: [{ action: id, handlerType: 'invoke', error }] };
        }
      },
    },
  };
  return { shop, state, ran, said };
};

/** Where nobody else wants a turn. */
export const alone: Turns = { inTurn: async (_orderKey, job) => job('fresh') };
