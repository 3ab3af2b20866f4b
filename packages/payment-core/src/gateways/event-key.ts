import { sha256Hex } from '../signature/hmac.ts';
import type { Fact } from './fact.ts';

const receivedText = (fact: Fact): string => {
  if (fact.received === null) return '';
  return fact.received === 'attested' ? 'attested' : `${fact.received.amount} ${fact.received.currency}`;
};

/** Ids and references may be another system's and of any length; a key is short enough for every index. */
const short = (text: string): string => (text.length <= 128 ? text : sha256Hex(text));

/**
 * The part of an event key below the account: the gateway's payment id and a digest of the normalised fact
 * (invariant 5). A top-up, a forwarding flag or a second payment on one note therefore gets a key of its own,
 * while a redelivery, whatever its timestamp or white space, does not.
 */
export const eventKey = (fact: Fact): string => {
  const payment = fact.gatewayPaymentId ?? fact.reference ?? '';
  const normalised = [
    fact.authority,
    fact.status,
    fact.wireStatus,
    receivedText(fact),
    fact.final ? 'final' : '',
    fact.forwarded === null ? '' : String(fact.forwarded),
    fact.paymentRecord ?? '',
    fact.reference ?? '',
    fact.quoted ? `${fact.quoted.amount} ${fact.quoted.currency}` : '',
  ].join('\n');
  return `${short(payment)}:${sha256Hex(normalised).slice(0, 32)}`;
};

/** The key of an accepted event that says nothing about a payment: a digest of its bytes. */
export const ignoredEventKey = (body: Uint8Array): string => `ignored:${sha256Hex(body).slice(0, 32)}`;
