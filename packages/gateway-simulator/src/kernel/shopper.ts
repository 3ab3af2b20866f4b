import { type Decimal, parseDecimal } from '@gatewright/payment-core';

/**
 * How a shopper acts: plain texts and switches, as an HTML form can give them.
 * `amount`: decimal string in the payment's own asset. `late`: wait until the payment has expired, then act; the
 * clock of all gateways moves. A gateway may read further fields; its README section names them.
 */
export interface ActionOptions {
  readonly amount?: string | undefined;
  readonly late?: boolean | undefined;
  readonly [detail: string]: string | boolean | undefined;
}

export type ShopperRefusal =
  | 'unknown-payment'
  /** The gateway has no such thing, for example underpaying a Crypto Pay invoice. */
  | 'not-supported'
  | 'amount-invalid'
  | 'asset-not-accepted'
  | 'already-paid'
  | 'not-paid'
  | 'expired'
  | 'never-expires'
  | 'closed';

export type ShopperOutcome = { readonly ok: true } | { readonly ok: false; readonly reason: ShopperRefusal };

/** Resolves when the webhook it caused was answered once, unless a fault put that off. */
export type ShopperAction = (paymentId: string, options?: ActionOptions) => Promise<ShopperOutcome>;

/** What every gateway's shopper can try. `expire` waits until the payment has expired: the shared clock moves. */
export type Shopper = {
  readonly pay: ShopperAction;
  readonly underpay: ShopperAction;
  readonly overpay: ShopperAction;
  readonly cancel: ShopperAction;
  readonly expire: ShopperAction;
};

export const refused = (reason: ShopperRefusal): ShopperOutcome => ({ ok: false, reason });

export const done: ShopperOutcome = { ok: true };

export const notSupported: ShopperAction = () => Promise.resolve(refused('not-supported'));

/** The amount of an action, or the usual one; undefined for text that is no positive plain decimal. */
export const amountOf = (options: ActionOptions | undefined, usual: Decimal): Decimal | undefined => {
  if (options?.amount === undefined) return usual;
  const amount = parseDecimal(options.amount);
  return amount === undefined || !/[1-9]/.test(amount) ? undefined : amount;
};
