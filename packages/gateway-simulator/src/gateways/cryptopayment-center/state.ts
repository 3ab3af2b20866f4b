import { addDecimal, type Decimal } from '@gatewright/payment-core';
import { exact } from '../../kernel/exact.ts';
import type { SeededRandom } from '../../kernel/random.ts';
import type { Network } from './networks.ts';

/** A merchant with one API key; webhook URL and APP_KEY belong to the key. */
export interface Merchant {
  readonly accountId: string;
  readonly apiKey: string;
  readonly apiSecret: string;
  /** Base64, with Laravel's `base64:` in front or not (CPC-5). */
  readonly appKey: string;
  webhookUrl: string | null;
  readonly invoices: Map<string, Invoice>;
  /** Taken out per balance name, fees included. */
  readonly withdrawn: Map<string, Decimal>;
}

/** Times in ms since the epoch. */
export interface Invoice {
  readonly id: string;
  readonly merchant: Merchant;
  readonly orderId: string | undefined;
  readonly network: Network;
  readonly amountUsd: Decimal;
  readonly amountCrypto: Decimal;
  readonly address: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** On chain now, oldest first; a reorganised one is taken out. */
  transactions: readonly Transaction[];
}

export interface Transaction {
  readonly txid: string;
  readonly amount: Decimal;
  readonly seenAt: number;
}

export type InvoiceStatus = 'pending' | 'confirming' | 'confirmed' | 'expired';

/** What an invoice looks like at one moment. */
export interface InvoiceView {
  readonly status: InvoiceStatus;
  readonly paid: Decimal;
  readonly txid: string | null;
  /** Of the youngest transaction, at most what is required. */
  readonly confirmations: number;
}

export const confirmedAt = ({ network }: Invoice, transaction: Transaction, confirmationMs: number): number =>
  transaction.seenAt + network.confirmations * confirmationMs;

/** Money on an expired invoice's address is still seen and credited (CPC-7; what the real one does is not documented). */
export const viewOf = (invoice: Invoice, now: number, confirmationMs: number): InvoiceView => {
  const youngest = invoice.transactions.at(-1);
  if (youngest === undefined) {
    return {
      status: now < invoice.expiresAt ? 'pending' : 'expired',
      paid: exact('0'),
      txid: null,
      confirmations: 0,
    };
  }
  const blocks = Math.floor((now - youngest.seenAt) / confirmationMs);
  return {
    status: now >= confirmedAt(invoice, youngest, confirmationMs) ? 'confirmed' : 'confirming',
    paid: invoice.transactions.map(({ amount }) => amount).reduce(addDecimal),
    txid: youngest.txid,
    confirmations: Math.min(blocks, invoice.network.confirmations),
  };
};

export interface NewMerchant {
  readonly webhookUrl: string | null;
  readonly appKey: string | undefined;
}

export const createMerchant = (random: SeededRandom, { webhookUrl, appKey }: NewMerchant): Merchant => {
  const apiKey = `pk_${random.hex(32)}`;
  return {
    accountId: `key-${apiKey.slice(3, 15)}`,
    apiKey,
    apiSecret: `sk_${random.hex(48)}`,
    appKey: appKey ?? `base64:${Buffer.from(random.bytes(32)).toString('base64')}`,
    webhookUrl,
    invoices: new Map(),
    withdrawn: new Map(),
  };
};
