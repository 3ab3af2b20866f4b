import { hours, type InstructionRow, type Invoice, toShopify } from '@gatewright/payment-core';
import type { SessionMutation } from '../payments-api/mutation.ts';
import type { SessionRow } from '../sessions/session-book.ts';

/** Shopify recommends to stay within three days (contract 2.4). */
const pendingForMs = hours(72);

const pending = (
  { gid }: SessionRow,
  invoice: Invoice | undefined,
  now: number,
): SessionMutation | undefined => {
  const mapped = invoice
    ? toShopify(invoice.status, invoice.exceptions, { pended: false, monitored: false })
    : undefined;
  const reason = mapped?.mutation === 'pending' ? mapped.reason : 'MERCHANT_ACTION_REQUIRED';
  return { operation: 'paymentSessionPending', gid, until: now + pendingForMs, reason };
};

/**
 * An order that ended unpaid is rejected only after it was pended: the buyer has committed then and waits for an end.
 * Any other simply goes back to the checkout, where a reject could keep the buyer from trying again (contract §6).
 */
const ended = ({ gid, state }: SessionRow): SessionMutation | undefined =>
  state === 'pending'
    ? {
        operation: 'paymentSessionReject',
        gid,
        code: 'CANCELLED_PAYMENT',
        merchantMessage: 'The payment was not completed in time.',
      }
    : undefined;

const failed = ({ gid }: SessionRow): SessionMutation => ({
  operation: 'paymentSessionReject',
  gid,
  code: 'PROCESSING_ERROR',
  merchantMessage: 'The payment failed at the gateway.',
});

/** What Shopify is told of an instruction; undefined: nothing, and that is right. */
export const sessionMutation = (
  instruction: Pick<InstructionRow, 'kind'>,
  session: SessionRow,
  invoice: Invoice | undefined,
  now: number,
): SessionMutation | undefined => {
  switch (instruction.kind) {
    case 'settle':
      return { operation: 'paymentSessionResolve', gid: session.gid };
    case 'hold':
      return pending(session, invoice, now);
    case 'cancel':
      return ended(session);
    case 'fail':
      return failed(session);
    case 'note':
      return undefined;
    default: {
      const never: never = instruction.kind;
      return never;
    }
  }
};
