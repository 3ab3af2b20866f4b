import type { Decimal } from '@gatewright/payment-core';
import { ALPHANUMERIC, type SeededRandom } from '../../kernel/random.ts';

/** One API key: what a Teleport Pay account is. */
export interface Key {
  readonly accountId: string;
  readonly apiKey: string;
  /** Not the API key. */
  readonly webhookSecret: string;
  readonly active: boolean;
  /** Group ids that this key may offer. */
  readonly methods: readonly string[];
  readonly lifetimeMs: number;
  /** Whether the signature says `sha256=`; the published sample takes both. */
  readonly signaturePrefix: boolean;
  /** Whose time the signed timestamp is: the document does not say. */
  readonly timestampPer: 'event' | 'attempt';
  readonly bills: Map<string, Bill>;
  name: string;
  /** For invoices without one of their own; every shop on the key shares it (TP-9). */
  webhookUrl: string | null;
}

/** `pending` never stands on the wire: events tell of changes only. */
export type BillStatus = 'pending' | 'paid' | 'expired' | 'cancelled' | 'failed' | 'manual_confirmation';

/** One invoice. Times in ms since the epoch. */
export interface Bill {
  /** `bill_uid`, a UUID. */
  readonly uid: string;
  /** `payment_id` */
  readonly id: string;
  readonly orderId: string | undefined;
  readonly amount: Decimal;
  readonly currency: string;
  readonly description: string | undefined;
  readonly returnUrl: string | undefined;
  readonly cancelUrl: string | undefined;
  readonly webhookUrl: string | undefined;
  readonly methods: readonly string[];
  readonly createdAt: number;
  readonly expiresAt: number;
  status: BillStatus;
  /** What really came in; the merchant is never told. */
  received: Decimal | undefined;
}

export interface NewKey {
  readonly name: string;
  readonly webhookUrl: string | null;
  readonly active: boolean;
  readonly methods: readonly string[];
  readonly lifetimeMs: number;
  readonly signaturePrefix: boolean;
  readonly timestampPer: 'event' | 'attempt';
}

export const addKey = (keys: Map<string, Key>, random: SeededRandom, options: NewKey): Key => {
  const key: Key = {
    ...options,
    accountId: `key-${keys.size + 1}`,
    apiKey: `tk_${random.text(32, ALPHANUMERIC)}`,
    webhookSecret: random.hex(64),
    bills: new Map(),
  };
  keys.set(key.apiKey, key);
  return key;
};

export type NewBill = Omit<Bill, 'uid' | 'id' | 'status' | 'received'>;

/** `payment_id` is `pay_` and the first 16 hex digits of `bill_uid`, as in the published sample. */
export const addBill = (key: Key, random: SeededRandom, bill: NewBill): Bill => {
  const uid = random.uuid();
  const id = `pay_${uid.replaceAll('-', '').slice(0, 16)}`;
  const added: Bill = { ...bill, uid, id, status: 'pending', received: undefined };
  key.bills.set(id, added);
  return added;
};
