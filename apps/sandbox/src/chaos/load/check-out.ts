import type { SimulatedPayment } from '@gatewright/gateway-simulator';
import { orderKeySchema } from '@gatewright/payment-core';
import type { ChaosGateway, PlannedOrder } from '../plan/plan.ts';
import type { Stage } from '../stage.ts';
import type { Deeds, LoadCounts } from './deeds.ts';

/** The payment at the gateway that the order's newest invoice there stands for. */
const paymentOf = async (
  { opened, store, accounts, simulators }: Stage,
  shopOrder: number,
  gateway: ChaosGateway,
): Promise<SimulatedPayment | undefined> => {
  const attempts = await opened.ledger.transact((tx) =>
    tx.invoices.ofOrder(store, orderKeySchema.parse(String(shopOrder))),
  );
  const invoice = attempts.findLast((each) => each.account === accounts[gateway] && each.status === 'open');
  if (invoice === undefined) return undefined;
  const { gatewayPaymentId, reference } = invoice;
  return simulators.gateways[gateway]
    .payments()
    .findLast((payment) => payment.id === gatewayPaymentId || payment.reference === reference);
};

/** One try of the shopper to be sent to a gateway. False: the shop could not do it now. */
export const checkOut = async (
  stage: Stage,
  planned: PlannedOrder,
  gateway: ChaosGateway,
  deeds: Deeds,
  counts: LoadCounts,
): Promise<boolean> => {
  const { shop, journal } = stage;
  deeds.shopOrder ??= (await shop.shopper.placeOrder({ total: planned.total })).id;
  const network = gateway === 'cryptopayment-center' ? { network: 'trc20' } : {};
  counts.checkouts += 1;
  const started = await shop.shopper.tryPay(deeds.shopOrder, { gateway, ...network });
  if (!started.ok) {
    counts.checkoutsRefused += 1;
    journal.note(`checkout with ${gateway}: ${started.code}`, planned.number);
    return false;
  }
  const payment = await paymentOf(stage, deeds.shopOrder, gateway);
  if (payment === undefined) {
    journal.note(`checkout with ${gateway}: the invoice is not open any more`, planned.number);
    return false;
  }
  const { id, expiresAt = Number.POSITIVE_INFINITY } = payment;
  deeds.invoices.push({ gateway, payment: id, expiresAt });
  journal.note(`checkout with ${gateway}: order ${deeds.shopOrder}, payment ${id}`, planned.number);
  return true;
};
