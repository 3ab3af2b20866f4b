import type { InvoiceException } from '../invoice/exception.ts';
import type { InvoiceStatus } from '../invoice/status.ts';

export type MedusaSessionStatus =
  | 'pending'
  | 'pending_authorization'
  | 'requires_more'
  | 'captured'
  | 'canceled'
  | 'error';

/** The webhook actions Medusa 2.21 acts on or ignores; the ignored ones have to be pushed by our own job. */
export type MedusaWebhookAction =
  | 'pending'
  | 'pending_authorization'
  | 'requires_more'
  | 'captured'
  | 'canceled'
  | 'failed';

export interface MedusaMapping {
  readonly session: MedusaSessionStatus;
  readonly action: MedusaWebhookAction;
}

/** `before_payment`: the order exists before the money (deferred authorization); `after_payment`: the payment makes it. */
export type MedusaOrderTiming = 'before_payment' | 'after_payment';

const needsPerson = (exceptions: readonly InvoiceException[]): boolean =>
  exceptions.includes('underpaid') || exceptions.includes('review');

const waiting = (timing: MedusaOrderTiming): MedusaMapping =>
  timing === 'before_payment'
    ? { session: 'pending_authorization', action: 'pending_authorization' }
    : { session: 'pending', action: 'pending' };

/** gateways.md 11.6, Medusa column: session status and webhook action. The action `captured` is Medusa's SUCCESSFUL. */
export const toMedusa = (
  status: InvoiceStatus,
  exceptions: readonly InvoiceException[],
  timing: MedusaOrderTiming,
): MedusaMapping => {
  switch (status) {
    case 'creating':
    case 'open':
      return waiting(timing);
    case 'processing':
      if (needsPerson(exceptions)) return { session: 'requires_more', action: 'requires_more' };
      return { session: waiting(timing).session, action: 'pending' };
    case 'settled':
      return { session: 'captured', action: 'captured' };
    case 'expired':
    case 'canceled':
      return { session: 'canceled', action: 'canceled' };
    case 'failed':
      return { session: 'error', action: 'failed' };
    default: {
      const never: never = status;
      return never;
    }
  }
};
