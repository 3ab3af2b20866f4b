/** What the shop did, so that "exactly once" can be asserted. */
export type Happening =
  | { readonly kind: 'payment-complete'; readonly orderId: number; readonly transactionId: string }
  | {
      readonly kind: 'stock';
      readonly orderId: number;
      readonly productId: number;
      readonly from: number;
      readonly to: number;
    }
  | { readonly kind: 'email'; readonly orderId: number; readonly email: string };

export type StockMovement = Extract<Happening, { kind: 'stock' }>;

export interface EventCounters {
  /** Runs of payment_complete that fired `woocommerce_payment_complete`. */
  paymentComplete(orderId?: number): number;
  /** Every change of a product's stock, in order. */
  stockMovements(orderId?: number): readonly StockMovement[];
  /** E-mails by their title in WooCommerce, such as "New order" or "Processing order". */
  emails(title: string, orderId?: number): number;
}

export interface Happenings {
  record(happening: Happening): void;
  readonly counters: EventCounters;
}

export const createHappenings = (): Happenings => {
  const all: Happening[] = [];
  const of = (orderId?: number): Happening[] =>
    orderId === undefined ? all : all.filter((happening) => happening.orderId === orderId);
  return {
    record: (happening) => {
      all.push(happening);
    },
    counters: {
      paymentComplete: (orderId) => of(orderId).filter(({ kind }) => kind === 'payment-complete').length,
      stockMovements: (orderId) => of(orderId).filter((happening) => happening.kind === 'stock'),
      emails: (title, orderId) =>
        of(orderId).filter((happening) => happening.kind === 'email' && happening.email === title).length,
    },
  };
};
