import type { Invoice } from '../../../src/invoice/invoice.ts';
import type { Money } from '../../../src/money/money.ts';

/** What the model's gateway can do; the wires of the real ones are tested with their adapters. */
export interface Traits {
  readonly id: string;
  readonly confirmByRead: 'none' | 'preferred' | 'required';
  readonly poll: 'id' | 'list' | 'after-payment' | 'none';
  readonly cancel: boolean;
  /** It gives its payments ids. */
  readonly givesId: boolean;
  /** Its messages and records carry our reference. */
  readonly echoesReference: boolean;
  /** A lost create call can be looked for by our reference. */
  readonly findByReference: boolean;
  /** The same reference twice makes one invoice. */
  readonly idempotentCreate: boolean;
  readonly sendsExpired: boolean;
  /** Pays parts back when asked, each time anew: the same key twice pays twice (GN-5). */
  readonly refunds: boolean;
  /** Says when the money came; else our receipt decides whether it is late (invariant 10). */
  readonly tellsTime: boolean;
  /** A read says how much came; else only the message does, and a read that it was acknowledged (NFT-4). */
  readonly listsAmounts: boolean;
}

/** The truth about one invoice at the gateway, which the core only learns from messages and reads. */
export interface GatewayInvoice {
  readonly id: string;
  readonly gateway: string;
  /** The shop's order, for the properties; no message carries it. */
  readonly orderKey: string;
  readonly reference: string;
  readonly quoted: Money;
  readonly expiresAt: number;
  readonly state: 'unpaid' | 'seen' | 'paid' | 'expired' | 'canceled';
  readonly received: Money | null;
  /** When the money was seen first. */
  readonly paidAt: number | null;
  /** Money that had been seen was dropped once; it is not tried again. */
  readonly dropped: boolean;
  /** The idempotency keys of what was paid back, in turn. */
  readonly refunded: readonly string[];
}

/** A message of the gateway about one change, sent until it is answered 2xx or given up. */
export interface Message {
  readonly id: string;
  readonly invoice: string;
  readonly says: GatewayInvoice;
  readonly state: 'waiting' | 'acknowledged' | 'lost';
}

export interface GatewayState {
  readonly invoices: readonly GatewayInvoice[];
  readonly messages: readonly Message[];
}

export const emptyGateway: GatewayState = { invoices: [], messages: [] };

const announce = (state: GatewayState, says: GatewayInvoice): readonly Message[] => [
  ...state.messages,
  { id: `m${state.messages.length + 1}`, invoice: says.id, says, state: 'waiting' },
];

/** Changes one invoice; what the gateway tells its merchants about becomes a message. */
export const changeInvoice = (
  state: GatewayState,
  id: string,
  change: Partial<GatewayInvoice>,
  tells: boolean,
): GatewayState => {
  const before = state.invoices.find((invoice) => invoice.id === id);
  if (!before) throw new Error(`model: the gateway has no invoice ${id}`);
  const after = { ...before, ...change };
  return {
    invoices: state.invoices.map((invoice) => (invoice.id === id ? after : invoice)),
    messages: tells ? announce(state, after) : state.messages,
  };
};

export const setMessage = (state: GatewayState, id: string, to: Message['state']): GatewayState => ({
  ...state,
  messages: state.messages.map((message) => (message.id === id ? { ...message, state: to } : message)),
});

/** The gateway's own clock: an unpaid invoice past its expiry takes no more money, unless late payments get through. */
export const expireInvoices = (
  state: GatewayState,
  now: number,
  traits: (gateway: string) => Traits,
): GatewayState =>
  state.invoices
    .filter((invoice) => invoice.state === 'unpaid' && invoice.expiresAt <= now)
    .reduce(
      (next, invoice) =>
        changeInvoice(next, invoice.id, { state: 'expired' }, traits(invoice.gateway).sendsExpired),
      state,
    );

/** The gateway's invoice that belongs to one of ours. */
export const gatewayInvoiceOf = (state: GatewayState, invoice: Pick<Invoice, 'reference'>) =>
  state.invoices.find((other) => other.reference === invoice.reference);
