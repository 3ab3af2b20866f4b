import type { Decimal } from '@gatewright/payment-core';
import type { Json } from '../store/php-json.ts';
import type { OrderStatus } from './order-status.ts';

export interface Meta {
  /** 0 until it is stored. */
  readonly id: number;
  readonly key: string;
  readonly value: Json;
}

export interface LineItem {
  /** 0 until it is stored. */
  readonly id: number;
  readonly name: string;
  /** 0 when the product is unknown (woocommerce.md 5.3). */
  readonly productId: number;
  readonly quantity: number;
  readonly subtotal: Decimal;
  readonly total: Decimal;
  readonly metaData: readonly Meta[];
}

export const SHIPPING_FIELDS = [
  'first_name',
  'last_name',
  'company',
  'address_1',
  'address_2',
  'city',
  'state',
  'postcode',
  'country',
  'phone',
] as const;

/** Keys in the order of the wire. */
export const BILLING_FIELDS = [...SHIPPING_FIELDS.slice(0, 9), 'email', 'phone'] as const;

export type Address = Readonly<Record<string, string>>;

/** An order as the database holds it. Instants are whole seconds, in milliseconds since the epoch. */
export interface Order {
  readonly id: number;
  status: OrderStatus;
  currency: string;
  total: Decimal;
  readonly orderKey: string;
  customerNote: string;
  billing: Address;
  shipping: Address;
  paymentMethod: string;
  paymentMethodTitle: string;
  transactionId: string;
  createdVia: string;
  readonly dateCreated: number;
  dateModified: number;
  dateCompleted: number | null;
  datePaid: number | null;
  cartHash: string;
  metaData: readonly Meta[];
  lineItems: readonly LineItem[];
  /** WooCommerce's own flags against doing it twice; they are read and written without a lock. */
  stockReduced: boolean;
  newOrderEmailSent: boolean;
}

export const emptyAddress = (fields: readonly string[]): Address =>
  Object.fromEntries(fields.map((field) => [field, '']));

/** The transaction id column holds 100 characters; the rest is lost in silence (woocommerce.md 2.4). */
export const cutTransactionId = (id: string): string => [...id].slice(0, 100).join('');
