import type { ShopperState } from '@gatewright/pay-page';
import * as z from 'zod';

/** What a storefront shows; `paid` with `order_id` null: the order is being made at this moment. */
export const sessionStateSchema = z.enum([
  'waiting',
  'seen',
  'underpaid',
  'paid',
  'refunded',
  'expired',
  'canceled',
  'failed',
  'looked_at',
  'ended',
]);
export type SessionState = z.infer<typeof sessionStateSchema>;

const moneyShape = z.object({ amount: z.string(), currency: z.string(), network: z.string().optional() });

/** `GET /store/gatewright/sessions/:id`. Amounts are decimal strings, times ISO 8601. Nothing in it is secret. */
export const storeSessionSchema = z.object({
  session: z.object({
    id: z.string(),
    state: sessionStateSchema,
    /** Nothing changes any more: the storefront can stop asking. */
    final: z.boolean(),
    can_pay_again: z.boolean(),
    amount: moneyShape,
    received: moneyShape.nullable(),
    confirmations: z.object({ received: z.number(), required: z.number() }).nullable(),
    expires_at: z.string().nullable(),
    order_id: z.string().nullable(),
    cart_id: z.string().nullable(),
    /** Our payment page. */
    pay_url: z.string(),
    /** Server-sent events: an event `status` says that it is worth asking again. */
    events_url: z.string(),
    /** Medusa made another session of the same cart meanwhile: ask for that one. */
    replaced_by: z.string().nullable(),
  }),
});
export type StoreSession = z.infer<typeof storeSessionSchema>;

export interface ShownState {
  readonly state: SessionState;
  readonly canPayAgain: boolean;
  readonly final: boolean;
}

const shown = (state: SessionState, canPayAgain = false, final = false): ShownState => ({
  state,
  canPayAgain,
  final,
});

/** A total switch: a new state of the pay page has to be named here too. */
export const shownState = (state: ShopperState): ShownState => {
  switch (state.kind) {
    case 'choose':
      return shown('waiting', true);
    case 'preparing':
    case 'waiting':
      return shown('waiting');
    case 'seen':
      return shown('seen');
    case 'underpaid':
      return shown('underpaid', state.rest !== null);
    case 'paid':
    case 'overpaid':
      return shown('paid', false, true);
    case 'refunded':
      return shown('refunded', false, true);
    // Past its time by the clock; the gateway has not said so yet.
    case 'time-up':
    case 'expired':
      return shown('expired', state.canPayAgain, !state.canPayAgain && state.kind === 'expired');
    case 'cancelled':
      return shown('canceled', state.canPayAgain, !state.canPayAgain);
    case 'failed':
      return shown('failed', state.canPayAgain, !state.canPayAgain);
    case 'late':
    case 'held':
      return shown('looked_at');
    case 'ended':
      return shown('ended', false, true);
    default: {
      const never: never = state;
      return never;
    }
  }
};
