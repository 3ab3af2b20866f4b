import { addDecimal, withScale } from '@gatewright/payment-core';
import * as z from 'zod';
import { decimal } from '../checkout/amount.ts';
import { settleStatus } from '../checkout/place-order.ts';
import type { FollowUpSession, FollowUpType } from '../sessions/follow-up-session.ts';
import type { ShopState } from '../store/platform.ts';
import { idOf, type MutationContext, requireScope } from './context.ts';
import { followUpPayload, followUpRefused } from './payload.ts';

const resolveArgs = z.object({ id: z.string() });
const rejectArgs = z.object({
  id: z.string(),
  reason: z.object({ code: z.string(), merchantMessage: z.string().nullish() }),
});

const NAMES = {
  refund: { gid: 'RefundSession', label: 'Refund session', code: 'REFUND_SESSION' },
  capture: { gid: 'CaptureSession', label: 'Capture session', code: 'CAPTURE_SESSION' },
  void: { gid: 'VoidSession', label: 'Void session', code: 'VOID_SESSION' },
} as const;

const find = (
  context: MutationContext,
  type: FollowUpType,
  mutation: string,
  gid: string,
): FollowUpSession | undefined => {
  requireScope(context, mutation, 'write_payment_sessions');
  const id = idOf(gid, NAMES[type].gid);
  const session = id === undefined ? undefined : context.shop.followUps.get(id);
  return session?.type === type ? session : undefined;
};

const refuse = (type: FollowUpType, suffix: 'NOT_FOUND' | 'INVALID_STATE', message: string) =>
  followUpRefused(type, { field: ['id'], message, code: `${NAMES[type].code}_${suffix}` });

const sum = (a: string, b: string): string => {
  const total = addDecimal(decimal(a), decimal(b));
  const scale = b.split('.')[1]?.length ?? 0;
  return withScale(total, scale) ?? total;
};

const apply = (shop: ShopState, { type, orderId, amount = '0' }: FollowUpSession): void => {
  const order = shop.orders.get(orderId);
  if (order === undefined) return;
  switch (type) {
    case 'refund':
      order.refunded = sum(order.refunded, amount);
      settleStatus(order);
      break;
    case 'capture':
      order.captured = sum(order.captured, amount);
      settleStatus(order);
      break;
    case 'void':
      order.financialStatus = 'voided';
      break;
    default:
      // Parentheses, because a line that begins with `type` declares one.
      (type) satisfies never;
  }
};

/** After a resolve a repeat succeeds; after a reject it fails (rule 6). */
export const resolveFollowUp =
  (type: FollowUpType, mutation: string) => (raw: unknown, context: MutationContext) => {
    const { id } = resolveArgs.parse(raw);
    const { label } = NAMES[type];
    const session = find(context, type, mutation, id);
    if (session === undefined) return refuse(type, 'NOT_FOUND', `${label} not found.`);
    if (session.state === 'resolved') return followUpPayload(session);
    if (session.state === 'rejected')
      return refuse(type, 'INVALID_STATE', `${label} has already been rejected.`);
    if (session.delivery !== 'accepted')
      return refuse(type, 'INVALID_STATE', `The response to the ${type} request has not been received.`);
    session.state = 'resolved';
    apply(context.shop, session);
    return followUpPayload(session);
  };

/** A repeated reject succeeds and keeps the first reason (rule 6). */
export const rejectFollowUp =
  (type: FollowUpType, mutation: string) => (raw: unknown, context: MutationContext) => {
    const { id, reason } = rejectArgs.parse(raw);
    const { label } = NAMES[type];
    const session = find(context, type, mutation, id);
    if (session === undefined) return refuse(type, 'NOT_FOUND', `${label} not found.`);
    if (session.state === 'rejected') return followUpPayload(session);
    if (session.state === 'resolved')
      return refuse(type, 'INVALID_STATE', `${label} has already been resolved.`);
    if (session.delivery !== 'accepted')
      return refuse(type, 'INVALID_STATE', `The response to the ${type} request has not been received.`);
    session.state = 'rejected';
    session.rejection = { reason: reason.code, merchantMessage: reason.merchantMessage ?? null };
    return followUpPayload(session);
  };
