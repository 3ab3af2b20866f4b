import { hours, type InstructionRow, type Invoice, minutes, toShopify } from '@gatewright/payment-core';
import type { SessionMutation } from '../payments-api/mutation.ts';
import type { SessionRow } from '../sessions/session-book.ts';
import { rejectionMessage } from '../words/merchant-words.ts';

/** Shopify recommends to stay within three days (contract 2.4). */
const pendingForMs = hours(72);

/** Shopify has to hear of a rejection while the session is still pending there. */
const rejectBeforeEndMs = hours(2);

/** Money that a person has to look at; other money only needs time. */
const needsPerson = ({ exceptions }: Invoice): boolean =>
  exceptions.includes('underpaid') || exceptions.includes('review');

/** What is done about an instruction. `reject-later`: Shopify is told at `at`, unless money comes before. */
export type SessionStep =
  | { readonly kind: 'tell'; readonly mutation: SessionMutation }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'reject-later'; readonly at: number }
  | { readonly kind: 'nothing' };

const nothing: SessionStep = { kind: 'nothing' };
const tell = (mutation: SessionMutation): SessionStep => ({ kind: 'tell', mutation });

/**
 * How long money may need to become final before the order is made without it: most of it is resolved at once instead,
 * and the buyer is led on once (contract §6).
 */
const patienceMs = minutes(5);

const held = (
  { createdAt }: Pick<InstructionRow, 'createdAt'>,
  { gid }: SessionRow,
  invoice: Invoice | undefined,
  now: number,
): SessionStep => {
  const until = now + pendingForMs;
  if (!invoice || needsPerson(invoice))
    return tell({ operation: 'paymentSessionPending', gid, until, reason: 'MERCHANT_ACTION_REQUIRED' });
  const mapped = toShopify(invoice.status, invoice.exceptions, { pended: false, monitored: false });
  // The money that was seen has gone again before it was final.
  if (mapped.mutation !== 'pending') return nothing;
  const age = now - createdAt;
  if (age < patienceMs) return { kind: 'wait', ms: patienceMs - age };
  return tell({ operation: 'paymentSessionPending', gid, until, reason: mapped.reason });
};

/** When a pending session that nobody has paid is rejected: money may come until then. */
export const rejectAt = (
  { pendedUntil }: Pick<SessionRow, 'pendedUntil'>,
  invoice: Pick<Invoice, 'monitorUntil'> | undefined,
  now: number,
): number => {
  const last = (pendedUntil ?? now) - rejectBeforeEndMs;
  return Math.max(now, Math.min(invoice?.monitorUntil ?? now, last));
};

/**
 * An order that ended unpaid is rejected only after it was pended: the buyer has committed then and waits for an end.
 * Money may come for as long as the invoice is watched, so the rejection waits for that, or until Shopify would end the
 * session itself. Any other session simply goes back to the checkout, where a reject could keep the buyer from trying
 * again (contract §6).
 */
const ended = (session: SessionRow, invoice: Invoice | undefined, now: number): SessionStep =>
  session.state === 'pending' ? { kind: 'reject-later', at: rejectAt(session, invoice, now) } : nothing;

const failed = ({ gid, merchantLocale }: SessionRow): SessionMutation => ({
  operation: 'paymentSessionReject',
  gid,
  code: 'PROCESSING_ERROR',
  merchantMessage: rejectionMessage('PROCESSING_ERROR', merchantLocale),
});

/** What becomes of an instruction of the core for the session that it is about. */
export const sessionStep = (
  instruction: Pick<InstructionRow, 'kind' | 'createdAt'>,
  session: SessionRow,
  invoice: Invoice | undefined,
  now: number,
): SessionStep => {
  switch (instruction.kind) {
    case 'settle':
      return tell({ operation: 'paymentSessionResolve', gid: session.gid });
    case 'hold':
      return held(instruction, session, invoice, now);
    case 'cancel':
      return ended(session, invoice, now);
    case 'fail':
      return tell(failed(session));
    case 'note':
      return nothing;
    default: {
      const never: never = instruction.kind;
      return never;
    }
  }
};
