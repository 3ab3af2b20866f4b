import type { FollowUpSession } from '../sessions/follow-up-session.ts';
import type { PaymentSession, PaymentState } from '../sessions/payment-session.ts';

/** A user error; `code` only where the schema has one. */
export interface UserError {
  readonly field: readonly string[] | null;
  readonly message: string;
  readonly code?: string;
}

const instant = (ms: number | undefined): string | null =>
  ms === undefined ? null : new Date(ms).toISOString().replace(/\.000Z$/, 'Z');

const stateOf = (state: PaymentState): Readonly<Record<string, unknown>> => {
  switch (state.code) {
    case 'pending':
      return { __typename: 'PaymentSessionStatePending', code: 'PENDING', reason: state.reason };
    case 'resolved':
      return { __typename: 'PaymentSessionStateResolved', code: 'RESOLVED' };
    case 'rejected': {
      const { reason, merchantMessage, source } = state;
      return { __typename: 'PaymentSessionStateRejected', code: 'REJECTED', reason, merchantMessage, source };
    }
    case 'open':
    case 'expired':
      throw new Error(`no mutation answers with a payment that is ${state.code}`);
    default: {
      const never: never = state;
      return never;
    }
  }
};

export const paymentPayload = (session: PaymentSession) => ({
  userErrors: [],
  paymentSession: {
    id: session.gid,
    state: stateOf(session.state),
    nextAction: {
      action: 'REDIRECT',
      context: { __typename: 'PaymentSessionActionsRedirect', redirectUrl: session.returnUrl },
    },
    pendingExpiresAt: instant(session.pendingExpiresAt),
    authorizationExpiresAt: instant(session.authorizationExpiresAt),
  },
});

export const paymentRefused = (error: UserError) => ({ paymentSession: null, userErrors: [error] });

const TYPES = {
  refund: { field: 'refundSession', name: 'RefundSession' },
  capture: { field: 'captureSession', name: 'CaptureSession' },
  void: { field: 'voidSession', name: 'VoidSession' },
} as const;

export const followUpPayload = ({ gid, type, state, rejection }: FollowUpSession) => {
  const { field, name } = TYPES[type];
  const shown =
    state === 'rejected'
      ? { __typename: `${name}StateRejected`, code: 'REJECTED', ...rejection }
      : { __typename: `${name}StateResolved`, code: 'RESOLVED' };
  return { userErrors: [], [field]: { id: gid, state: shown } };
};

export const followUpRefused = (type: FollowUpSession['type'], error: UserError) => ({
  [TYPES[type].field]: null,
  userErrors: [error],
});
