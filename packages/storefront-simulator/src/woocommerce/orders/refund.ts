import type { Decimal } from '@gatewright/payment-core';
import type { Meta } from './order.ts';

export interface Refund {
  readonly id: number;
  readonly orderId: number;
  readonly amount: Decimal;
  readonly reason: string;
  readonly date: number;
  /** True when the gateway paid it back, false when it was only recorded (woocommerce.md 5.7). */
  refundedPayment: boolean;
  readonly metaData: readonly Meta[];
}
