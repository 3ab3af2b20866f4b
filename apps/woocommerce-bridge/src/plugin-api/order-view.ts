import { type PageHost, pageAddress } from '@gatewright/pay-page';
import {
  type HistoryRow,
  type Invoice,
  isLive,
  type Money,
  type OrderKey,
  type Ports,
  type StoreId,
} from '@gatewright/payment-core';
import { shopOrderId } from '../woocommerce/order-identities.ts';
import { unixSeconds } from './fields.ts';

const moneyView = (money: Money | null): Readonly<Record<string, unknown>> | null =>
  money === null
    ? null
    : {
        amount: money.amount,
        currency: money.currency,
        ...(money.network ? { network: money.network } : {}),
      };

const attemptView = (
  ports: Ports,
  invoice: Invoice,
  timeline: readonly HistoryRow[],
  payUrl: string | null,
) => ({
  invoice: invoice.id,
  gateway: invoice.gateway,
  title: ports.gateway(invoice.gateway)?.title ?? invoice.gateway,
  network: invoice.method,
  status: invoice.status,
  exceptions: invoice.exceptions,
  amount: moneyView(invoice.order),
  quoted: moneyView(invoice.quoted),
  payable: moneyView(invoice.payable),
  received: moneyView(invoice.received),
  reference: invoice.reference,
  gateway_payment: invoice.gatewayPaymentId,
  transaction: invoice.transaction,
  confirmations: invoice.confirmations,
  superseded: invoice.superseded,
  pay_url: payUrl,
  created_at: unixSeconds(invoice.createdAt),
  expires_at: unixSeconds(invoice.expiresAt),
  settled_at: invoice.settledAt === null ? null : unixSeconds(invoice.settledAt),
  timeline: timeline.map(({ at, event, detail }) => ({ at: unixSeconds(at), event, detail })),
});

/** The attempt an owner means: the one that paid the order, else one that can still be paid, else the newest. */
const principal = (attempts: readonly Invoice[], paidBy: string | undefined): Invoice | undefined =>
  attempts.find((attempt) => attempt.id === paidBy) ??
  attempts.findLast((attempt) => isLive(attempt.status) && !attempt.superseded) ??
  attempts.at(-1);

/** An order as the plugin shows it to its owner; undefined where nothing was ever started for it. */
export const orderView = (
  ports: Ports,
  store: StoreId,
  orderKey: OrderKey,
  host: PageHost,
): Promise<Readonly<Record<string, unknown>> | undefined> =>
  ports.ledger.transact(async (tx) => {
    const order = await tx.orders.byKey(store, orderKey);
    const [page] = await tx.pages.ofOrder(store, orderKey);
    if (!order && !page) return undefined;
    const claim = await tx.claims.byOrder(store, orderKey);
    const attempts = await tx.invoices.ofOrder(store, orderKey);
    const paidBy = claim && claim.state !== 'released' ? claim : undefined;
    const main = principal(attempts, paidBy?.invoice);
    const link = page ? pageAddress(host, page) : null;
    const views = [];
    for (const attempt of attempts) {
      const payable = attempt.status === 'open' && !attempt.superseded;
      const timeline = await tx.history.ofInvoice(attempt.id);
      views.push(attemptView(ports, attempt, timeline, payable ? link : null));
    }
    return {
      order: shopOrderId(orderKey),
      state: order?.state ?? 'open',
      status: main?.status ?? null,
      exceptions: main?.exceptions ?? [],
      invoice: main?.id ?? null,
      paid: paidBy !== undefined,
      told_shop: paidBy?.state === 'acknowledged',
      amount: moneyView(order?.total ?? page?.amount ?? null),
      deadline: order ? unixSeconds(order.deadline) : null,
      pay_url: link,
      attempts: views,
    };
  });
