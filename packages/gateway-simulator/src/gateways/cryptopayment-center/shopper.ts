import { type Decimal, multiplyDecimal, roundDecimal, subtractDecimal } from '@gatewright/payment-core';
import { exact } from '../../kernel/exact.ts';
import type { GatewayContext } from '../../kernel/gateway.ts';
import {
  type ActionOptions,
  amountOf,
  done,
  notSupported,
  refused,
  type Shopper,
  type ShopperAction,
  type ShopperOutcome,
} from '../../kernel/shopper.ts';
import { confirmedAt, type Invoice, type Transaction, viewOf } from './state.ts';
import { sendEvent } from './webhook.ts';

export type CpcShopper = Shopper & {
  /** Sends more to the same address: what is missing, or `amount`. */
  readonly topUp: ShopperAction;
  /** The youngest transaction leaves the chain before it is final, with `deep: true` after it; the gateway tells nobody. */
  readonly reorg: ShopperAction;
};

/** A wallet can send any amount to the address at any time, so only the amount itself can be refused. */
export const cpcShopper = (
  context: GatewayContext,
  find: (id: string) => Invoice | undefined,
): CpcShopper => {
  const { clock, knobs, random } = context;
  const view = (invoice: Invoice) => viewOf(invoice, clock.now(), knobs.confirmationMs);

  /** The block that makes the transaction final; nothing happens when it left the chain or another came after it. */
  const confirm = async (invoice: Invoice, transaction: Transaction): Promise<void> => {
    if (invoice.transactions.at(-1) === transaction) await sendEvent(context, invoice, 'payment.confirmed');
  };

  const receive = async (invoice: Invoice, amount: Decimal): Promise<ShopperOutcome> => {
    const transaction: Transaction = { txid: random.hex(64), amount, seenAt: clock.now() };
    invoice.transactions = [...invoice.transactions, transaction];
    clock.at(confirmedAt(invoice, transaction, knobs.confirmationMs), () => confirm(invoice, transaction));
    await sendEvent(context, invoice, 'payment.detected');
    return done;
  };

  const expire = async (id: string): Promise<ShopperOutcome> => {
    const invoice = find(id);
    if (invoice === undefined) return refused('unknown-payment');
    if (invoice.transactions.length > 0) return refused('already-paid');
    await clock.advance(Math.max(0, invoice.expiresAt - clock.now()));
    return done;
  };

  const first =
    (usual: (invoice: Invoice) => Decimal): ShopperAction =>
    async (id: string, options: ActionOptions = {}) => {
      const invoice = find(id);
      if (invoice === undefined) return refused('unknown-payment');
      if (invoice.transactions.length > 0) return refused('already-paid');
      const amount = amountOf(options, usual(invoice));
      if (amount === undefined) return refused('amount-invalid');
      if (options.late === true) await expire(id);
      return receive(invoice, amount);
    };

  const share = (factor: string) => (invoice: Invoice) =>
    roundDecimal(multiplyDecimal(invoice.amountCrypto, exact(factor)), invoice.network.decimals, 'down');

  return {
    pay: first((invoice) => invoice.amountCrypto),
    underpay: first(share('0.9')),
    overpay: first(share('1.1')),
    cancel: notSupported,
    expire,
    topUp: async (id, options = {}) => {
      const invoice = find(id);
      if (invoice === undefined) return refused('unknown-payment');
      if (invoice.transactions.length === 0) return refused('not-paid');
      const missing = subtractDecimal(invoice.amountCrypto, view(invoice).paid) ?? exact('0');
      const amount = amountOf(options, missing);
      return amount === undefined || !/[1-9]/.test(amount)
        ? refused('amount-invalid')
        : receive(invoice, amount);
    },
    reorg: async (id, { deep } = {}) => {
      const invoice = find(id);
      if (invoice === undefined) return refused('unknown-payment');
      if (invoice.transactions.length === 0) return refused('not-paid');
      if (view(invoice).status === 'confirmed' && deep !== true) return refused('closed');
      invoice.transactions = invoice.transactions.slice(0, -1);
      return done;
    },
  };
};
