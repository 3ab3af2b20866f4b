/** Why a payment is rejected; the values that Shopify has had since 2026-04 and that can be true of us. */
export const rejectCodes = [
  'CANCELLED_PAYMENT',
  'PROCESSING_ERROR',
  'AMOUNT_TOO_SMALL',
  'AMOUNT_TOO_LARGE',
  'INVALID_CURRENCY',
  'INVALID_PURCHASE_TYPE',
  'MERCHANT_ACCOUNT_ERROR',
] as const;
export type RejectCode = (typeof rejectCodes)[number];

export type PendingReason = 'NETWORK_ACTION_REQUIRED' | 'MERCHANT_ACTION_REQUIRED';

/** What the Payments Apps API can be told about one session, by the session's gid (contract 2.4). */
export type SessionMutation =
  | { readonly operation: 'paymentSessionResolve'; readonly gid: string }
  | {
      readonly operation: 'paymentSessionReject';
      readonly gid: string;
      readonly code: RejectCode;
      readonly merchantMessage: string;
    }
  | {
      readonly operation: 'paymentSessionPending';
      readonly gid: string;
      /** ms; recommended within three days. */
      readonly until: number;
      readonly reason: PendingReason;
    }
  | { readonly operation: 'refundSessionResolve'; readonly gid: string }
  | {
      readonly operation: 'refundSessionReject' | 'captureSessionReject' | 'voidSessionReject';
      readonly gid: string;
      readonly merchantMessage: string;
    }
  | { readonly operation: 'captureSessionResolve' | 'voidSessionResolve'; readonly gid: string };

/** What is said of a payment itself, not of a refund, capture or void of it. */
export const paymentOperations = [
  'paymentSessionResolve',
  'paymentSessionReject',
  'paymentSessionPending',
] as const;
export type PaymentOperation = (typeof paymentOperations)[number];

/** Whether the merchant can be paid through us, and the account that Shopify's payment settings show. */
export interface ConfigureMutation {
  readonly operation: 'paymentsAppConfigure';
  readonly externalHandle: string | null;
  readonly ready: boolean;
}

export type Mutation = SessionMutation | ConfigureMutation;

export type Operation = Mutation['operation'];
