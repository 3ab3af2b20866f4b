import type { SimulatedPayment } from '@gatewright/gateway-simulator';
import { type InvoiceId, orderKeySchema } from '@gatewright/payment-core';
import type { ChaosGateway, PlannedOrder } from '../plan/plan.ts';
import type { Stage } from '../stage.ts';
import type { Deeds, LoadCounts } from './deeds.ts';

/** The payment at the gateway that the order's newest invoice there stands for. */
const paymentOf = async (
  { opened, store, accounts, simulators }: Stage,
  shopOrder: number,
  gateway: ChaosGateway,
): Promise<{ readonly payment: SimulatedPayment; readonly invoice: InvoiceId } | undefined> => {
  const attempts = await opened.ledger.transact((tx) =>
    tx.invoices.ofOrder(store, orderKeySchema.parse(String(shopOrder))),
  );
  const invoice = attempts.findLast((each) => each.account === accounts[gateway] && each.status === 'open');
  if (invoice === undefined) return undefined;
  const { gatewayPaymentId, reference } = invoice;
  const payment = simulators.gateways[gateway]
    .payments()
    .findLast(({ id, reference: own }) => id === gatewayPaymentId || own === reference);
  return payment && { payment, invoice: invoice.id };
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
  const found = await paymentOf(stage, deeds.shopOrder, gateway);
  if (found === undefined) {
    journal.note(`checkout with ${gateway}: the invoice is not open any more`, planned.number);
    return false;
  }
  const { id, expiresAt = Number.POSITIVE_INFINITY } = found.payment;
  deeds.invoices.push({ gateway, payment: id, expiresAt, invoice: found.invoice });
  journal.note(`checkout with ${gateway}: order ${deeds.shopOrder}, payment ${id}`, planned.number);
  return true;
};
