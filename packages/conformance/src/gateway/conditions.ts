import type { GatewayCapabilities } from '@gatewright/payment-core';
import type { Condition } from './story.ts';
import type { Happening, WebhookFormat } from './subject.ts';

const capable =
  (holds: (capabilities: GatewayCapabilities) => boolean, otherwise: string): Condition =>
  ({ gateway }) =>
    holds(gateway.capabilities) || otherwise;

export const canBeRead = capable(({ poll }) => poll !== 'none', 'a payment cannot be looked up');
export const cannotBeRead = capable(({ poll }) => poll === 'none', 'a payment can be looked up');
export const tellsOfExpiry = capable(
  ({ poll, sendsExpired }) => poll !== 'none' || sendsExpired,
  'nothing tells of an expiry',
);
export const canCancel = capable(({ cancel }) => cancel, 'an open invoice cannot be cancelled');
export const cannotCancel = capable(({ cancel }) => !cancel, 'an open invoice can be cancelled');
export const canRefund = capable(({ refund }) => refund !== 'none', 'refunds are made by hand');
export const canRefundInPart = capable(({ refund }) => refund === 'partial', 'no partial refunds');
export const cannotRefund = capable(({ refund }) => refund === 'none', 'refunds go through the gateway');
export const canBeUnderpaid = capable(({ underpayment }) => underpayment, 'less cannot be paid');
export const canBeOverpaid = capable(({ overpayment }) => overpayment, 'what came in is not reported');
export const canBeToppedUp = capable(({ topUp }) => topUp, 'the rest cannot be paid on the same invoice');
export const canBePaidLate = capable(({ latePayment }) => latePayment, 'no money comes after the expiry');
export const lostCreateCanBeFound = capable(
  ({ findByReference, idempotentCreate }) => findByReference || idempotentCreate,
  'a lost create call cannot be looked for',
);
export const lostCreateCannotBeFound = capable(
  ({ findByReference, idempotentCreate }) => !findByReference && !idempotentCreate,
  'a lost create call can be looked for',
);
export const signsWholeBody = capable(
  (capabilities) => capabilities.signsWholeBody,
  'the signature does not cover the body',
);
export const signsTime = capable(({ signedTimestamp }) => signedTimestamp, 'no time is signed');
export const signsNoTime = capable(({ signedTimestamp }) => !signedTimestamp, 'a time is signed');
export const quotesAtPayment = capable(({ quoteAtPayment }) => quoteAtPayment, 'the amount is asked for');
export const asksForAnAmount = capable(
  ({ quoteAtPayment }) => !quoteAtPayment,
  'the gateway decides the amount at payment',
);
export const readIsPreferred = capable(
  ({ confirmByRead }) => confirmByRead === 'preferred',
  'a signed message is not confirmed by a read',
);
export const readIsRequired = capable(
  ({ confirmByRead }) => confirmByRead === 'required',
  'a signed message is more than a hint',
);
export const readConfirms = capable(
  ({ confirmByRead }) => confirmByRead !== 'none',
  'a signed message is not confirmed by a read',
);

export const happens =
  (what: Happening): Condition =>
  (subject) =>
    subject.happens[what];

export const webhookHas =
  (field: keyof WebhookFormat['fields']): Condition =>
  ({ webhook }) =>
    webhook.fields[field] !== undefined || `a webhook carries no ${field}`;

export const webhookCanSay =
  (word: keyof WebhookFormat['words']): Condition =>
  ({ webhook }) =>
    webhook.words[word] !== undefined || `no webhook says ${word}`;

/** A currency the gateway cannot be asked for, so that a rate of ours is needed. */
export const foreignCurrencies = ['EUR', 'CHF', 'NOK'] as const;
export const convertsCurrencies: Condition = ({ gateway }) => {
  if (gateway.capabilities.quoteAtPayment) return 'the amount is valued at payment';
  if (gateway.currencies === 'any' || gateway.settlementCurrency === null)
    return 'it is asked in the currency of the order';
  const taken: readonly string[] = gateway.currencies;
  return (
    foreignCurrencies.some((currency) => !taken.includes(currency)) || 'it takes every currency we know of'
  );
};

export const needsARate: Condition = (subject) =>
  subject.gateway.capabilities.quoteAtPayment || convertsCurrencies(subject);

export const signsPartOfBody = capable(
  (capabilities) => !capabilities.signsWholeBody,
  'the signature covers the whole body',
);

export const signatureInBody: Condition = ({ webhook }) =>
  webhook.signature.in === 'body' || 'the signature stands in a header';
