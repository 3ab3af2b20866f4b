import type { Mutation, Operation } from './mutation.ts';

/** No state: reading it takes a scope that a first deployment is not given (contract 2.1). */
const session = `{
    id
    nextAction { action context { ... on PaymentSessionActionsRedirect { redirectUrl } } }
  }`;

/** One document per operation; a test holds each of them against Shopify's schemas. */
export const documents: Readonly<Record<Operation, string>> = {
  paymentSessionResolve: `mutation Resolve($id: ID!) {
  outcome: paymentSessionResolve(id: $id) {
    session: paymentSession ${session}
    userErrors { field message }
  }
}`,
  paymentSessionReject: `mutation Reject($id: ID!, $reason: PaymentSessionRejectionReasonInput!) {
  outcome: paymentSessionReject(id: $id, reason: $reason) {
    session: paymentSession ${session}
    userErrors { field message }
  }
}`,
  paymentSessionPending: `mutation Pending($id: ID!, $until: DateTime!, $reason: PaymentSessionStatePendingReason!) {
  outcome: paymentSessionPending(id: $id, pendingExpiresAt: $until, reason: $reason) {
    session: paymentSession ${session}
    userErrors { field message code }
  }
}`,
  refundSessionResolve: `mutation ResolveRefund($id: ID!) {
  outcome: refundSessionResolve(id: $id) {
    session: refundSession { id }
    userErrors { field message code }
  }
}`,
  refundSessionReject: `mutation RejectRefund($id: ID!, $reason: RefundSessionRejectionReasonInput!) {
  outcome: refundSessionReject(id: $id, reason: $reason) {
    session: refundSession { id }
    userErrors { field message code }
  }
}`,
  captureSessionResolve: `mutation ResolveCapture($id: ID!) {
  outcome: captureSessionResolve(id: $id) {
    session: captureSession { id }
    userErrors { field message code }
  }
}`,
  captureSessionReject: `mutation RejectCapture($id: ID!, $reason: CaptureSessionRejectionReasonInput!) {
  outcome: captureSessionReject(id: $id, reason: $reason) {
    session: captureSession { id }
    userErrors { field message code }
  }
}`,
  voidSessionResolve: `mutation ResolveVoid($id: ID!) {
  outcome: voidSessionResolve(id: $id) {
    session: voidSession { id }
    userErrors { field message code }
  }
}`,
  voidSessionReject: `mutation RejectVoid($id: ID!, $reason: VoidSessionRejectionReasonInput!) {
  outcome: voidSessionReject(id: $id, reason: $reason) {
    session: voidSession { id }
    userErrors { field message code }
  }
}`,
  paymentsAppConfigure: `mutation Configure($externalHandle: String, $ready: Boolean!) {
  outcome: paymentsAppConfigure(externalHandle: $externalHandle, ready: $ready) {
    configured: paymentsAppConfiguration { externalHandle ready }
    userErrors { field message }
  }
}`,
};

/** The variables of a mutation, as its document names them. */
export const variablesOf = (mutation: Mutation): Readonly<Record<string, unknown>> => {
  switch (mutation.operation) {
    case 'paymentSessionResolve':
    case 'refundSessionResolve':
    case 'captureSessionResolve':
    case 'voidSessionResolve':
      return { id: mutation.gid };
    case 'paymentSessionReject':
      return {
        id: mutation.gid,
        // Nothing that we reject was refused by a network or an issuer.
        reason: { code: mutation.code, merchantMessage: mutation.merchantMessage, source: 'PROVIDER' },
      };
    case 'paymentSessionPending':
      return {
        id: mutation.gid,
        until: new Date(mutation.until).toISOString(),
        reason: mutation.reason,
      };
    case 'refundSessionReject':
    case 'captureSessionReject':
    case 'voidSessionReject':
      return {
        id: mutation.gid,
        reason: { code: 'PROCESSING_ERROR', merchantMessage: mutation.merchantMessage },
      };
    case 'paymentsAppConfigure':
      return { externalHandle: mutation.externalHandle, ready: mutation.ready };
    default: {
      const never: never = mutation;
      return never;
    }
  }
};
