import { type Answered, callStore, type Fields, isFields, type StoreApi, textOf } from './store-api.ts';

const states = [
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
] as const;

/** `looked_at`: a person of the shop decides. `ended`: the cart can no longer be paid. */
export type PaymentState = (typeof states)[number];

export interface PaymentAmount {
  /** Decimal string in major units. */
  readonly amount: string;
  /** Lower case. */
  readonly currency: string;
  readonly network?: string | undefined;
}

/** What the return page shows. */
export interface PaymentStatus {
  readonly id: string;
  readonly state: PaymentState;
  /** Nothing changes any more. */
  readonly final: boolean;
  /** The shopper can go back to `pay_url`. */
  readonly can_pay_again: boolean;
  readonly amount: PaymentAmount;
  readonly received: PaymentAmount | null;
  readonly confirmations: { readonly received: number; readonly required: number } | null;
  /** ISO 8601. */
  readonly expires_at: string | null;
  /** Null and `paid`: the order is being made at this moment. */
  readonly order_id: string | null;
  readonly cart_id: string | null;
  readonly pay_url: string;
  readonly events_url: string;
  /** Medusa has made another session of the cart: that one counts. */
  readonly replaced_by: string | null;
}

const amountOf = (value: unknown): PaymentAmount | undefined => {
  if (!isFields(value)) return undefined;
  const amount = textOf(value, 'amount');
  const currency = textOf(value, 'currency');
  const network = textOf(value, 'network');
  if (amount === undefined || currency === undefined) return undefined;
  return network === undefined ? { amount, currency } : { amount, currency, network };
};

const confirmationsOf = (value: unknown): PaymentStatus['confirmations'] =>
  isFields(value) && typeof value.received === 'number' && typeof value.required === 'number'
    ? { received: value.received, required: value.required }
    : null;

/** Undefined for anything that is no answer of `GET /store/gatewright/sessions/:id`. */
export const paymentStatusOf = ({ session }: Fields): PaymentStatus | undefined => {
  if (!isFields(session)) return undefined;
  const id = textOf(session, 'id');
  const state = states.find((each) => each === session.state);
  const amount = amountOf(session.amount);
  const pay_url = textOf(session, 'pay_url');
  const events_url = textOf(session, 'events_url');
  if (!id || !state || !amount || !pay_url || !events_url) return undefined;
  return {
    id,
    state,
    final: session.final === true,
    can_pay_again: session.can_pay_again === true,
    amount,
    received: amountOf(session.received) ?? null,
    confirmations: confirmationsOf(session.confirmations),
    expires_at: textOf(session, 'expires_at') ?? null,
    order_id: textOf(session, 'order_id') ?? null,
    cart_id: textOf(session, 'cart_id') ?? null,
    pay_url,
    events_url,
    replaced_by: textOf(session, 'replaced_by') ?? null,
  };
};

/** How a payment stands now. `unknown`: no session of Gatewright. */
export const readPayment = (
  api: StoreApi,
  sessionId: string,
  signal?: AbortSignal,
): Promise<Answered<PaymentStatus>> =>
  callStore(api, `/store/gatewright/sessions/${encodeURIComponent(sessionId)}`, paymentStatusOf, { signal });

/** The session in the address that a shopper came back to. */
export const sessionIdOf = (address: string): string | null =>
  new URL(address, 'https://shop.invalid').searchParams.get('gatewright_session');
