import { isUnresolved, type RefundRow, type RefundTable } from '@gatewright/payment-core';
import type { Kysely, Selectable } from 'kysely';
import { moneyFromText, moneyText } from './money-text.ts';
import type { LedgerSchema, RefundsTable } from './schema.ts';

const refundRow = (row: Selectable<RefundsTable>): RefundRow => ({
  store: row.store,
  invoice: row.invoice,
  refundId: row.refund_id,
  orderAmount: moneyFromText(row.order_amount),
  gatewayAmount: moneyFromText(row.gateway_amount),
  reason: row.reason,
  state: row.state,
  gatewayRefundId: row.gateway_refund_id,
  answer: row.answer,
  createdAt: row.created_at,
});

export const refundTable = (db: Kysely<LedgerSchema>): RefundTable => {
  const ofInvoice: RefundTable['ofInvoice'] = async (invoice) => {
    const rows = await db
      .selectFrom('refunds')
      .selectAll()
      .where('invoice', '=', invoice)
      .orderBy('seq')
      .execute();
    return rows.map(refundRow);
  };

  return {
    ofInvoice,

    async insert(row) {
      const others = await ofInvoice(row.invoice);
      if (others.some((other) => other.refundId === row.refundId || isUnresolved(other.state))) return false;
      await db
        .insertInto('refunds')
        .values({
          store: row.store,
          invoice: row.invoice,
          refund_id: row.refundId,
          order_amount: moneyText(row.orderAmount),
          gateway_amount: moneyText(row.gatewayAmount),
          reason: row.reason,
          state: row.state,
          gateway_refund_id: row.gatewayRefundId,
          answer: row.answer,
          created_at: row.createdAt,
        })
        .execute();
      return true;
    },

    async byId(invoice, refundId) {
      const row = await db
        .selectFrom('refunds')
        .selectAll()
        .where('invoice', '=', invoice)
        .where('refund_id', '=', refundId)
        .executeTakeFirst();
      return row === undefined ? undefined : refundRow(row);
    },

    async setState(invoice, refundId, { state, gatewayRefundId, answer }) {
      const { numUpdatedRows } = await db
        .updateTable('refunds')
        .set({ state, gateway_refund_id: gatewayRefundId, answer })
        .where('invoice', '=', invoice)
        .where('refund_id', '=', refundId)
        .executeTakeFirst();
      if (numUpdatedRows !== 1n) throw new Error(`ledger: no refund ${refundId} of this invoice`);
    },
  };
};
