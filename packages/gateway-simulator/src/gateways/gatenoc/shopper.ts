import { type Decimal, multiplyDecimal, roundDecimal } from '@gatewright/payment-core';
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
import { type Payment, type Session, sessionStatus } from './state.ts';
import { sendCompleted } from './webhook.ts';

export interface GatenocShopperOptions {
  readonly context: GatewayContext;
  readonly find: (token: string) => Session | undefined;
  readonly nextRecordId: () => number;
}

/**
 * `late: true` is a Bybit order that was opened in time and completed after the token's end. `again: true` pays a
 * completed session once more: another payment record with the same note (GN-7).
 */
export const gatenocShopper = ({ context, find, nextRecordId }: GatenocShopperOptions): Shopper => {
  const { clock, random } = context;

  const expire = async (token: string): Promise<ShopperOutcome> => {
    const session = find(token);
    if (session === undefined) return refused('unknown-payment');
    if (session.payments.length > 0) return refused('already-paid');
    await clock.advance(Math.max(0, session.expiresAt - clock.now()));
    return done;
  };

  const complete = async (session: Session, total: Decimal): Promise<ShopperOutcome> => {
    const payment: Payment = {
      recordId: nextRecordId(),
      session,
      total,
      bybitPayId: random.hex(24),
      merchantTradeNo: random.hex(32),
      paidAt: clock.now(),
    };
    session.payments.push(payment);
    session.merchant.payments.set(payment.recordId, payment);
    await sendCompleted(context, payment);
    return done;
  };

  const paying =
    (usual: (session: Session) => Decimal): ShopperAction =>
    async (token: string, options: ActionOptions = {}) => {
      const session = find(token);
      if (session === undefined) return refused('unknown-payment');
      const total = amountOf(options, usual(session));
      if (total === undefined) return refused('amount-invalid');
      const status = sessionStatus(session, clock.now());
      if (status === 'completed' && options.again !== true) return refused('already-paid');
      if (status === 'expired' && options.late !== true) return refused('expired');
      if (options.late === true && status === 'open') await expire(token);
      return complete(session, total);
    };

  const share = (factor: string) => (session: Session) =>
    roundDecimal(multiplyDecimal(session.amount, exact(factor)), 2, 'down');

  return {
    pay: paying((session) => session.amount),
    underpay: paying(share('0.9')),
    overpay: paying(share('1.1')),
    expire,
    cancel: notSupported,
  };
};
