import { compareDecimal, type Decimal, multiplyDecimal, roundDecimal } from '@gatewright/payment-core';
import { exact } from '../../kernel/exact.ts';
import type { GatewayContext } from '../../kernel/gateway.ts';
import {
  type ActionOptions,
  amountOf,
  done,
  refused,
  type Shopper,
  type ShopperAction,
  type ShopperOutcome,
  type ShopperRefusal,
} from '../../kernel/shopper.ts';
import { fractionDigits } from './catalogue.ts';
import type { Bill, BillStatus, Key } from './state.ts';
import { sendStatusChanged } from './webhook.ts';

export interface FoundBill {
  readonly key: Key;
  readonly bill: Bill;
}

/** Besides what every shopper can do: the payment fails, and Teleport's own people decide about an underpayment. */
export type TeleportShopper = Shopper & {
  readonly fail: ShopperAction;
  readonly confirm: ShopperAction;
  readonly reject: ShopperAction;
};

const refusalOf = ({ status }: Bill, late: boolean): ShopperRefusal | undefined => {
  switch (status) {
    case 'pending':
      return undefined;
    case 'expired':
      // Money sent to an address arrives whenever it arrives.
      return late ? undefined : 'expired';
    case 'paid':
    case 'manual_confirmation':
      return 'already-paid';
    case 'cancelled':
    case 'failed':
      return 'closed';
  }
};

/**
 * Less than the amount leads to `manual_confirmation`; more is `paid` like the exact amount, and nothing on the wire
 * tells. `late` pays after the expiry, whose event was sent. Reads `method`, a group id of the bill.
 */
export const teleportPayShopper = (
  context: GatewayContext,
  find: (paymentId: string) => FoundBill | undefined,
): TeleportShopper => {
  const change = async ({ key, bill }: FoundBill, status: BillStatus): Promise<ShopperOutcome> => {
    bill.status = status;
    await sendStatusChanged(context, key, bill, status);
    return done;
  };

  const expire: ShopperAction = async (id) => {
    const found = find(id);
    if (found === undefined) return refused('unknown-payment');
    const refusal = refusalOf(found.bill, false);
    if (refusal !== undefined) return refused(refusal);
    await context.clock.advance(Math.max(0, found.bill.expiresAt - context.clock.now()));
    return done;
  };

  const payAmount = async (
    id: string,
    options: ActionOptions,
    usual: (bill: Bill) => Decimal,
  ): Promise<ShopperOutcome> => {
    const found = find(id);
    if (found === undefined) return refused('unknown-payment');
    const { bill } = found;
    const late = options.late === true;
    if (late && bill.status === 'pending') await expire(id);
    const refusal = refusalOf(bill, late);
    if (refusal !== undefined) return refused(refusal);
    const amount = amountOf(options, usual(bill));
    if (amount === undefined) return refused('amount-invalid');
    if (typeof options.method === 'string' && !bill.methods.includes(options.method))
      return refused('asset-not-accepted');
    bill.received = amount;
    return await change(found, compareDecimal(amount, bill.amount) < 0 ? 'manual_confirmation' : 'paid');
  };

  const share =
    (factor: string) =>
    ({ amount, currency }: Bill): Decimal =>
      roundDecimal(multiplyDecimal(amount, exact(factor)), fractionDigits(currency), 'down');

  /** A change that is possible from one status only. */
  const from =
    (status: BillStatus, to: BillStatus): ShopperAction =>
    async (id) => {
      const found = find(id);
      if (found === undefined) return refused('unknown-payment');
      if (found.bill.status === status) return await change(found, to);
      return refused(status === 'pending' ? (refusalOf(found.bill, false) ?? 'closed') : 'not-paid');
    };

  return {
    pay: (id, options = {}) => payAmount(id, options, ({ amount }) => amount),
    underpay: (id, options = {}) => payAmount(id, options, share('0.5')),
    overpay: (id, options = {}) => payAmount(id, options, share('1.5')),
    cancel: from('pending', 'cancelled'),
    expire,
    fail: from('pending', 'failed'),
    confirm: from('manual_confirmation', 'paid'),
    reject: from('manual_confirmation', 'failed'),
  };
};
