import type { Decimal } from '@gatewright/payment-core';
import { ALPHANUMERIC, type SeededRandom } from '../../kernel/random.ts';
import { buyPrice, type PricedCollection } from './pricing.ts';
import { newAddress } from './ton-address.ts';

/** A collection on the operator's whitelist. */
export interface Collection {
  readonly name: string;
  readonly address: string;
  readonly price: Decimal;
}

/** What the documents leave open, to be tried either way. */
export interface Doubts {
  /** The HMAC key: the hash as text, or the bytes that it spells. */
  readonly keyEncoding: 'hex-text' | 'raw';
  readonly currency: 'TON' | 'GRAM';
  readonly amountUnit: 'ton' | 'nanoton';
  readonly listShape: 'array' | 'payments' | 'data' | 'items';
  readonly listAmounts: boolean;
  readonly listSize: number;
}

/** One operator: an API key, a pricing list and a callback URL, all made in the admin panel. */
export interface Operator extends Doubts {
  readonly accountId: string;
  readonly name: string;
  readonly apiKey: string;
  readonly collections: readonly Collection[];
  readonly payments: Map<string, Payment>;
  callbackUrl: string | null;
}

export interface Collectible {
  readonly nftAddress: string;
  readonly collection: Collection;
  readonly payer: string;
  readonly price: Decimal;
  /** On chain, not yet seen by the gateway. */
  readonly sentAt: number;
  /** Whether the gateway gets it into the treasury wallet at once (NFT-9). */
  readonly forwards: boolean;
}

/** Times in ms since the epoch. A deposit address never expires (NFT-11). */
export interface Payment {
  readonly id: string;
  readonly depositAddress: string;
  readonly requestedNft: string | undefined;
  readonly createdAt: number;
  collectible: Collectible | undefined;
  status: 'pending' | 'received';
  forwarded: boolean;
  /** When the price was computed and the webhook became due. */
  completedAt: number | undefined;
  callbackSent: boolean;
  callbackUnderWay: boolean;
}

export interface NewOperator extends Doubts {
  readonly name: string;
  readonly webhookUrl: string | null;
  readonly collections: readonly PricedCollection[];
}

export const addOperator = (
  operators: Map<string, Operator>,
  random: SeededRandom,
  { webhookUrl, collections, ...options }: NewOperator,
): Operator => {
  const operator: Operator = {
    ...options,
    accountId: `operator-${operators.size + 1}`,
    apiKey: `sk_live_${random.text(32, ALPHANUMERIC)}`,
    collections: collections.map((collection) => ({
      name: collection.name,
      address: newAddress(random, 'contract'),
      price: buyPrice(collection),
    })),
    payments: new Map(),
    callbackUrl: webhookUrl,
  };
  operators.set(operator.apiKey, operator);
  return operator;
};

export const addPayment = (
  operator: Operator,
  random: SeededRandom,
  now: number,
  requestedNft: string | undefined,
): Payment => {
  const payment: Payment = {
    id: random.uuid(),
    depositAddress: newAddress(random, 'contract'),
    requestedNft,
    createdAt: now,
    collectible: undefined,
    status: 'pending',
    forwarded: false,
    completedAt: undefined,
    callbackSent: false,
    callbackUnderWay: false,
  };
  operator.payments.set(payment.id, payment);
  return payment;
};
