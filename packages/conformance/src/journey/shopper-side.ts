import { moneySchema, orderKeySchema, type Ports, startCheckout } from '@gatewright/payment-core';
import type { GatewayBench } from '../gateway/bench.ts';
import type { GatewaySubject } from '../gateway/subject.ts';
import { amountToSend, orderOf, shareOf, usualRate } from './amounts.ts';
import type { Seat, SeatName } from './seats.ts';
import type { ReferenceShop } from './shop.ts';
import type { Stage, Wanted } from './stage.ts';

export interface ShopperSurroundings {
  readonly subject: GatewaySubject;
  readonly bench: GatewayBench;
  readonly shop: ReferenceShop;
  readonly seats: ReadonlyMap<SeatName, Seat>;
}

/** What shoppers do on a stage: place an order, go to checkout, pay. */
export const shopperSide = (
  { subject, bench, seats, shop }: ShopperSurroundings,
  ports: Ports,
  main: Seat,
): Pick<Stage, 'payment' | 'share' | 'tryCheckout' | 'checkout' | 'send'> => {
  const usual = orderOf(subject);
  const payment: Stage['payment'] = (invoice) => {
    const payments = [...seats.values()].flatMap(({ atGateway }) => atGateway.payments());
    const found =
      payments.find(({ id }) => id === invoice.gatewayPaymentId) ??
      payments.find(({ reference }) => reference === invoice.reference);
    if (!found) throw new Error('the gateway has no such payment');
    return found;
  };
  const share: Stage['share'] = (invoice, factor) =>
    shareOf(amountToSend(payment(invoice), invoice, usualRate), factor);
  const tryCheckout = ({ order: orderKey = '1', currency = usual.currency, seat = main }: Wanted = {}) => {
    const order = shop.orders.get(orderKey) ?? shop.place(orderKey, usual.total, currency);
    return startCheckout(ports, {
      store: seat.store,
      orderKey: orderKeySchema.parse(orderKey),
      orderNumber: orderKey,
      amount: moneySchema.parse({ amount: order.total, currency: order.currency }),
      account: seat.account.id,
      method: subject.gateway.methods[0] ?? null,
      description: `Order ${orderKey}`,
      returnUrl: 'https://shop.example/thanks',
      cancelUrl: 'https://shop.example/cart',
      customerEmail: null,
      orderDeadline: null,
    });
  };
  return {
    payment,
    share,
    tryCheckout,
    checkout: async (wanted) => {
      const result = await tryCheckout(wanted);
      if (result.outcome !== 'ready') throw new Error(`no invoice: ${JSON.stringify(result)}`);
      return result.invoice;
    },
    send: (invoice, how) => {
      const { id, amount } = payment(invoice);
      return bench.shopper.pay(id, { ...(amount === null ? { amount: share(invoice, '1') } : {}), ...how });
    },
  };
};
