import { jsonNumber } from '@gatewright/payment-core';
import { isoOffset } from '../../kernel/instant.ts';
import { type NativeObject, phpNumber } from '../../kernel/native-json.ts';
import { type Invoice, viewOf } from './state.ts';

/** The invoice object of create, get and list. Amounts are numbers, written with the digits they have. */
export const invoiceWire = (invoice: Invoice, now: number, confirmationMs: number): NativeObject => {
  const view = viewOf(invoice, now, confirmationMs);
  return {
    id: invoice.id,
    order_id: invoice.orderId ?? null,
    status: view.status,
    network: invoice.network.id,
    network_label: invoice.network.label,
    coin: invoice.network.coin,
    amount_usd: jsonNumber(invoice.amountUsd),
    amount_crypto: phpNumber(invoice.amountCrypto),
    address: invoice.address,
    paid_amount: phpNumber(view.paid),
    txid: view.txid,
    confirmations: { received: view.confirmations, required: invoice.network.confirmations },
    expires_at: isoOffset(invoice.expiresAt),
    created_at: isoOffset(invoice.createdAt),
  };
};
