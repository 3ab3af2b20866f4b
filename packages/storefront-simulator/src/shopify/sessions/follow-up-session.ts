import type { Endpoint } from './endpoint.ts';

export type FollowUpType = Exclude<Endpoint, 'payment'>;

/** A refund, capture or void that a merchant asked for. */
export interface FollowUpSession {
  readonly id: string;
  /** `gid://shopify/RefundSession/<id>`, or CaptureSession or VoidSession. */
  readonly gid: string;
  readonly type: FollowUpType;
  readonly shop: string;
  readonly orderId: number;
  /** The id of the payment session. */
  readonly paymentId: string;
  /** Undefined for a void. */
  readonly amount: string | undefined;
  readonly currency: string;
  readonly test: boolean;
  readonly requestBody: string;
  /** `failed`: the app did not answer with 201; the merchant has to try again by hand. */
  delivery: 'waiting' | 'accepted' | 'failed';
  state: 'open' | 'resolved' | 'rejected';
  rejection: { readonly reason: string; readonly merchantMessage: string | null } | undefined;
}
