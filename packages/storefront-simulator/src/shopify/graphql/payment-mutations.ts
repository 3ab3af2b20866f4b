import * as z from 'zod';
import { cancelUnpaid, orderOf, recordPayment } from '../checkout/place-order.ts';
import type { PaymentSession } from '../sessions/payment-session.ts';
import { shopUrl } from '../store/urls.ts';
import { idOf, type MutationContext, requireScope } from './context.ts';
import { paymentPayload, paymentRefused } from './payload.ts';

// The schema has checked types and enums before; this only gives the arguments their types.
const text = z.string().nullish();
const resolveArgs = z.object({
  id: z.string(),
  authorizationExpiresAt: text,
  networkTransactionId: text,
  authentication: z.unknown().optional(),
});
const rejectArgs = z.object({
  id: z.string(),
  reason: z.object({ code: z.string(), merchantMessage: text, source: text }),
});
const pendingArgs = z.object({ id: z.string(), pendingExpiresAt: z.string(), reason: z.string() });
const idArgs = z.object({ id: z.string() });

/** One text for three causes and no code: template-node#1346 (rule 5). */
const RESOLVE_REFUSED =
  'Payment session has already been resolved with a different authentication, has already been rejected, or the response to start_payment_session request has not been received.';
const REJECT_REFUSED =
  'Payment session has already been resolved, or the response to start_payment_session request has not been received.';

const find = (context: MutationContext, mutation: string, gid: string): PaymentSession | undefined => {
  requireScope(context, mutation, 'write_payment_sessions');
  const id = idOf(gid, 'PaymentSession');
  return id === undefined ? undefined : context.shop.payments.get(id);
};

const refuse = (message: string, code?: string) =>
  paymentRefused({ field: ['id'], message, ...(code === undefined ? {} : { code }) });

const milliseconds = (instant: string | null | undefined): number | undefined =>
  instant === null || instant === undefined ? undefined : Date.parse(instant);

/** From now on the buyer may come back (rule 16). */
const openReturn = ({ platform }: MutationContext, session: PaymentSession): void => {
  session.returnUrl ??= shopUrl(
    session.shop,
    `/checkouts/${session.checkoutToken}/return/${platform.random.alphanumeric(32)}`,
  );
};

export const paymentSessionResolve = (raw: unknown, context: MutationContext) => {
  const args = resolveArgs.parse(raw);
  const session = find(context, 'paymentSessionResolve', args.id);
  if (session === undefined) return refuse('Payment session not found.');
  const authentication = JSON.stringify(args.authentication ?? null);
  if (session.state.code === 'resolved' && session.authentication === authentication)
    return paymentPayload(session);
  const open = session.state.code === 'open' || session.state.code === 'pending';
  if (session.start !== 'accepted' || !open) return refuse(RESOLVE_REFUSED);
  session.state = { code: 'resolved' };
  session.authentication = authentication;
  session.networkTransactionId = args.networkTransactionId ?? undefined;
  session.authorizationExpiresAt = milliseconds(args.authorizationExpiresAt);
  openReturn(context, session);
  recordPayment(context.shop, session);
  return paymentPayload(session);
};

export const paymentSessionReject = (raw: unknown, context: MutationContext) => {
  const { id, reason } = rejectArgs.parse(raw);
  const session = find(context, 'paymentSessionReject', id);
  if (session === undefined) return refuse('Payment session not found.');
  if (session.state.code === 'rejected') return paymentPayload(session);
  const open = session.state.code === 'open' || session.state.code === 'pending';
  if (session.start !== 'accepted' || !open) return refuse(REJECT_REFUSED);
  session.state = {
    code: 'rejected',
    reason: reason.code,
    merchantMessage: reason.merchantMessage ?? null,
    source: reason.source ?? null,
  };
  openReturn(context, session);
  cancelUnpaid(context.platform, context.shop, session);
  return paymentPayload(session);
};

/** When the time is over without a final state, Shopify ends the payment (rule 8). */
const expire = ({ platform, shop }: MutationContext, session: PaymentSession): void => {
  if (session.state.code !== 'pending') return;
  session.state = { code: 'expired' };
  cancelUnpaid(platform, shop, session);
};

const pendingProblem = ({ platform }: MutationContext, expiresAt: number) => {
  const now = platform.clock.now();
  if (expiresAt <= now)
    return paymentRefused({
      field: ['pendingExpiresAt'],
      message: "Pending expiry date can't be a time in the past.",
      code: 'EXPIRED_PENDING_EXPIRES_AT',
    });
  if (expiresAt > now + platform.settings.pendingLimitMs)
    return paymentRefused({
      field: ['pendingExpiresAt'],
      message: 'Pending expiry date has exceeded the default pending expiry limit.',
      code: 'OUT_OF_RANGE_PENDING_EXPIRES_AT',
    });
  return undefined;
};

export const paymentSessionPending = (raw: unknown, context: MutationContext) => {
  const args = pendingArgs.parse(raw);
  const session = find(context, 'paymentSessionPending', args.id);
  if (session === undefined) return refuse("Payment session doesn't exist.", 'NOT_FOUND');
  if (session.state.code === 'pending') return paymentPayload(session);
  if (session.state.code !== 'open')
    return refuse('Payment session has already been resolved or rejected.', 'PENDING_INVALID_STATE');
  if (session.start !== 'accepted') return refuse(RESOLVE_REFUSED, 'PENDING_INVALID_STATE');
  const expiresAt = Date.parse(args.pendingExpiresAt);
  const problem = pendingProblem(context, expiresAt);
  if (problem !== undefined) return problem;
  session.state = { code: 'pending', reason: args.reason };
  session.pendingExpiresAt = expiresAt;
  openReturn(context, session);
  orderOf(context.shop, session);
  context.platform.agenda.at(expiresAt, () => expire(context, session));
  return paymentPayload(session);
};

/** What an offsite extension cannot do: each has its own code in the schema. */
const unsupported =
  (mutation: string, notFound: string, code: string, message: string) =>
  (raw: unknown, context: MutationContext) => {
    const { id } = idArgs.parse(raw);
    if (find(context, mutation, id) === undefined) return refuse('Payment session not found.', notFound);
    return refuse(message, code);
  };

export const paymentSessionConfirm = unsupported(
  'paymentSessionConfirm',
  'PAYMENT_SESSION_NOT_FOUND',
  'CONFIRMATION_NOT_SUPPORTED',
  'Confirmation flow requirements are not configured completely for this payment app.',
);
export const paymentSessionModal = unsupported(
  'paymentSessionModal',
  'PAYMENT_SESSION_NOT_FOUND',
  'UNSUPPORTED_PAYMENT_METHOD_FOR_MODAL',
  'Modal is not supported for this payment method.',
);
export const paymentSessionRedirect = unsupported(
  'paymentSessionRedirect',
  'PAYMENT_SESSION_NOT_FOUND',
  'REDIRECT_NOT_SUPPORTED_FOR_OFFSITE',
  'Redirect is not expected for offsite payments processing flow.',
);
