import * as z from 'zod';
import { type MutationContext, requireScope } from './context.ts';
import { rejectFollowUp, resolveFollowUp } from './follow-up-mutations.ts';
import {
  paymentSessionConfirm,
  paymentSessionModal,
  paymentSessionPending,
  paymentSessionRedirect,
  paymentSessionReject,
  paymentSessionResolve,
} from './payment-mutations.ts';
import { paymentsApiVersions } from './schemas.ts';

const configureArgs = z.object({ externalHandle: z.string().nullish(), ready: z.boolean() });

/** `ready: false` takes the gateway out of the checkout. */
const paymentsAppConfigure = (raw: unknown, context: MutationContext) => {
  requireScope(context, 'paymentsAppConfigure', 'write_payment_gateways');
  const { ready, externalHandle = null } = configureArgs.parse(raw);
  const { installation } = context.shop;
  if (installation === undefined) throw new Error('a token without an installation');
  installation.configuration = { ready, externalHandle };
  if (!ready) installation.active = false;
  return { userErrors: [], paymentsAppConfiguration: installation.configuration };
};

/** Card verification is no business of an offsite extension: it never has such a session. */
const noVerification = (mutation: string) => (_: unknown, context: MutationContext) => {
  requireScope(context, mutation, 'write_payment_sessions');
  return {
    verificationSession: null,
    userErrors: [
      {
        field: ['id'],
        message: "Verification session doesn't exist.",
        code: 'VERIFICATION_SESSION_NOT_FOUND',
      },
    ],
  };
};

const publicApiVersions = () =>
  paymentsApiVersions.map((handle) => ({ handle, displayName: handle, supported: true }));

/** The root fields of both operations, as graphql's `execute` takes them. */
export const rootValue = {
  publicApiVersions,
  paymentsAppConfigure,
  paymentSessionResolve,
  paymentSessionReject,
  paymentSessionPending,
  paymentSessionConfirm,
  paymentSessionModal,
  paymentSessionRedirect,
  refundSessionResolve: resolveFollowUp('refund', 'refundSessionResolve'),
  refundSessionReject: rejectFollowUp('refund', 'refundSessionReject'),
  captureSessionResolve: resolveFollowUp('capture', 'captureSessionResolve'),
  captureSessionReject: rejectFollowUp('capture', 'captureSessionReject'),
  voidSessionResolve: resolveFollowUp('void', 'voidSessionResolve'),
  voidSessionReject: rejectFollowUp('void', 'voidSessionReject'),
  verificationSessionResolve: noVerification('verificationSessionResolve'),
  verificationSessionReject: noVerification('verificationSessionReject'),
  verificationSessionRedirect: noVerification('verificationSessionRedirect'),
};
