import type { Decimal } from '@gatewright/payment-core';
import { decimal } from '../orders/price.ts';

export interface Product {
  readonly id: number;
  readonly name: string;
  readonly sku: string;
  readonly price: Decimal;
  readonly virtual: boolean;
  readonly downloadable: boolean;
  /** Null: the stock is not managed. */
  stock: number | null;
}

/** The two products of the recorded store. */
export const defaultProducts = (): Product[] => [
  {
    id: 10,
    name: 'Test hoodie',
    sku: 'TEST-1',
    price: decimal('19.99'),
    virtual: false,
    downloadable: false,
    stock: 100,
  },
  {
    id: 11,
    name: 'Digital guide',
    sku: 'TEST-2',
    price: decimal('5.00'),
    virtual: true,
    downloadable: true,
    stock: null,
  },
];
