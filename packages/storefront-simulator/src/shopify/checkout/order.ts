/** As the orders page of the shop's admin would show it. */
export type FinancialStatus =
  | 'pending'
  | 'authorized'
  | 'paid'
  | 'partially_refunded'
  | 'refunded'
  | 'voided';

export interface Order {
  readonly id: number;
  /** "#1001". */
  readonly name: string;
  readonly checkoutToken: string;
  /** In the buyer's currency. */
  readonly amount: string;
  readonly currency: string;
  /** May differ from `currency` (rule 20). */
  readonly shopCurrency: string;
  readonly test: boolean;
  readonly customerEmail: string | undefined;
  financialStatus: FinancialStatus;
  /** Set when the payment failed or ran out after the order was made. */
  cancelledAt: number | undefined;
  /** Ids of the resolved payment sessions; more than one is a double payment. */
  readonly payments: string[];
  /** The resolved refunds. */
  refunded: string;
  /** Captured so far; equal to `amount` for a sale. */
  captured: string;
}
