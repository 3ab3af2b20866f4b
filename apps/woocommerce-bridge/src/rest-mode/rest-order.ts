import {
  type CurrencyCode,
  type Decimal,
  equalDecimal,
  isZero,
  type Money,
  parseCurrency,
  parseDecimal,
  wireId,
} from '@gatewright/payment-core';
import * as z from 'zod';
import { orderKeyHash } from '../woocommerce/order-identities.ts';

/** Under these keys the order itself says what we did to it; shown in REST because of the API, not to shoppers. */
export const metaKeys = {
  claim: '_gatewright_claim',
  invoice: '_gatewright_invoice',
  transaction: '_gatewright_transaction',
  payLink: '_gatewright_pay_link',
  /** Ids of the last instructions that moved the order. */
  told: '_gatewright_told',
} as const;

/** `wc/v3` keeps no more of a transaction id and says nothing (woocommerce.md 2.4). */
export const longestTransactionId = 100;

const schema = z.object({
  id: wireId,
  number: wireId.optional(),
  status: z.string(),
  order_key: z.string().default(''),
  currency: z.string(),
  total: z.string(),
  date_created_gmt: z.string().nullish(),
  date_paid_gmt: z.string().nullish(),
  transaction_id: z.string().default(''),
  payment_method: z.string().default(''),
  payment_url: z.string().default(''),
  refunds: z.array(z.object({ total: z.string() })).default([]),
  meta_data: z.array(z.object({ key: z.string(), value: z.unknown() })).default([]),
});

/** An order as plain `wc/v3` has it, as far as REST-only mode decides by it. */
export interface RestOrder {
  /** The shop's own. */
  readonly id: string;
  /** Of the order key, which no other order ever has; null: the shop shows none. */
  readonly keyHash: string | null;
  /** What people call it. */
  readonly number: string;
  readonly status: string;
  readonly total: Money;
  /** ms; null: the shop does not say. */
  readonly createdAt: number | null;
  readonly datePaid: string | null;
  readonly transactionId: string;
  readonly method: string;
  readonly paymentUrl: string;
  readonly refunded: boolean;
  readonly meta: (key: string) => string | undefined;
}

const moneyOf = (total: string, currency: string): Money | undefined => {
  const amount: Decimal | undefined = parseDecimal(total);
  const code: CurrencyCode | undefined = parseCurrency(currency);
  return amount === undefined || code === undefined ? undefined : { amount, currency: code };
};

const isRefund = ({ total }: { total: string }): boolean => {
  const amount = parseDecimal(total.replace(/^-/, ''));
  return amount === undefined || !isZero(amount);
};

/** WordPress writes UTC without the Z. */
const momentOf = (gmt: string | null | undefined): number | null => {
  const at = Date.parse(`${gmt ?? ''}Z`);
  return Number.isNaN(at) ? null : at;
};

export type ReadRestOrder =
  | { readonly kind: 'order'; readonly order: RestOrder }
  | { readonly kind: 'missing' }
  | { readonly kind: 'not-understood' };

const missingOrder = z.object({ code: z.literal('woocommerce_rest_shop_order_invalid_id') });

/** A GET of a missing order is 404, a PUT 400, with the same code (woocommerce.md 5.2). */
export const readRestOrder = (status: number, body: unknown): ReadRestOrder => {
  if ((status === 404 || status === 400) && missingOrder.safeParse(body).success) return { kind: 'missing' };
  const parsed = status === 200 ? schema.safeParse(body) : undefined;
  const total = parsed?.success ? moneyOf(parsed.data.total, parsed.data.currency) : undefined;
  if (!parsed?.success || total === undefined) return { kind: 'not-understood' };
  const { data } = parsed;
  return {
    kind: 'order',
    order: {
      id: data.id,
      keyHash: orderKeyHash(data.order_key),
      number: data.number ?? data.id,
      status: data.status,
      total,
      createdAt: momentOf(data.date_created_gmt),
      datePaid: data.date_paid_gmt ?? null,
      transactionId: data.transaction_id,
      method: data.payment_method,
      paymentUrl: data.payment_url,
      refunded: data.refunds.some(isRefund),
      meta: (key) => {
        const value = data.meta_data.find((entry) => entry.key === key)?.value;
        return typeof value === 'string' && value !== '' ? value : undefined;
      },
    },
  };
};

/** Nothing but these three waits for money; statuses of other plugins are theirs. */
export const isUnpaid = ({ status, datePaid }: RestOrder): boolean =>
  datePaid === null && (status === 'pending' || status === 'on-hold' || status === 'failed');

export const sameMoney = (a: Money, b: Money): boolean =>
  a.currency === b.currency && equalDecimal(a.amount, b.amount);
