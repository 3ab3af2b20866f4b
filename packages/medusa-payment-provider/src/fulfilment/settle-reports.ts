import { type Clock, newRowId, type RandomBytes, type ReviewRow } from '@gatewright/payment-core';
import type { SqlLedger } from '@gatewright/payment-ledger';
import type { SettleReports } from './settle-order.ts';

interface ReportParts {
  readonly ledger: SqlLedger;
  readonly clock: Clock;
  readonly random: RandomBytes;
}

/** Review items that say what Medusa said. */
export const createSettleReports = ({ ledger, clock, random }: ReportParts): SettleReports => {
  const open = (row: Pick<ReviewRow, 'store' | 'invoice' | 'orderKey' | 'kind' | 'key' | 'detail'>) =>
    ledger.transact(async (tx) => {
      await tx.reviews.open({
        ...row,
        id: newRowId(random),
        account: null,
        openedAt: clock.now(),
        resolution: null,
      });
    });
  return {
    declined: ({ store, invoice, orderKey }, why) =>
      open({
        store,
        invoice,
        orderKey,
        kind: 'storefront_refused',
        // The core's own key for a refused settlement: its general text gives way to this one.
        key: `storefront_refused:settle:${invoice ?? orderKey}`,
        detail: `The payment is complete, but Medusa could not make the order: "${why}". Mend that (for example restock) and accept the payment here, which makes the order, or pay the money back.`,
      }),
    odd: ({ id, store, invoice, orderKey }, what) =>
      open({
        store,
        invoice,
        orderKey,
        kind: 'order_changed',
        key: `medusa_settle:${id}`,
        detail: `The order of ${orderKey} was paid, and ${what}. Compare the order with the payment.`,
      }),
  };
};
