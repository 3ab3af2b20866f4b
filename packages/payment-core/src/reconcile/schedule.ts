import type { GatewayCapabilities } from '../gateways/capabilities.ts';
import { hours, minutes, seconds } from '../identity/clock.ts';
import type { Invoice } from '../invoice/invoice.ts';
import { isLive } from '../invoice/status.ts';

/** Teleport's last retry comes 35.5 minutes after the event (TP-1); after that, silence is news for a person. */
export const noNewsAfterExpiryMs = minutes(36);

const wait = (invoice: Invoice, now: number): number => {
  if (now < invoice.expiresAt) return now - invoice.createdAt < minutes(10) ? minutes(1) : minutes(5);
  // Of one that may never have been made, no read is owed soon.
  if (isLive(invoice.status) && invoice.status !== 'creating') return minutes(1);
  return now - invoice.expiresAt < hours(2) ? minutes(15) : hours(2);
};

/** The last read is one that began after the monitor window; who was found or heard of only then has had none yet. */
const hasHadLastRead = ({ lastReadAt, monitorUntil }: Invoice): boolean =>
  lastReadAt !== null && lastReadAt >= monitorUntil;

/** A look of no hurry begins with a quarter of an hour, so that all of an account's become due together: one call. */
const withOthers = (at: number): number => Math.ceil(at / minutes(15)) * minutes(15);

/**
 * Of a settled invoice only a second payment is news: one that began in time is seen soon after the expiry, a later one
 * when the monitor window has ended. What a person accepted is left as the person decided.
 */
const afterSettling = (
  { expiresAt, monitorUntil, lastReadAt, settledAt, exceptions }: Invoice,
  { secondPayment }: GatewayCapabilities,
  now: number,
): number | null => {
  if (!secondPayment || exceptions.includes('marked')) return null;
  const known = Math.max(lastReadAt ?? 0, settledAt ?? 0);
  const looks = [expiresAt + minutes(5), expiresAt + hours(2), monitorUntil].map(withOthers);
  const next = looks.find((at) => at > known);
  return next === undefined ? null : Math.max(next, now + minutes(1));
};

/**
 * When reconcile looks at an invoice next, ms, or null for never: minutes while it is active, once right after its
 * expiry (an expiry needs a read that began after it), then slower until the monitor window has ended (invariant 10).
 */
export const nextReadAt = (
  invoice: Invoice,
  capabilities: GatewayCapabilities,
  now: number,
): number | null => {
  if (capabilities.poll === 'none') return null;
  if (capabilities.poll === 'id' && invoice.gatewayPaymentId === null) return null;
  if (invoice.status === 'settled') return afterSettling(invoice, capabilities, now);
  if (invoice.status === 'canceled' && !capabilities.latePayment) return null;
  if (now >= invoice.monitorUntil && hasHadLastRead(invoice) && invoice.status !== 'processing') return null;
  const regular = now + wait(invoice, now);
  const afterExpiry = invoice.expiresAt + seconds(1);
  return now < afterExpiry ? Math.min(regular, afterExpiry) : regular;
};
