import { describe, expect, it } from 'vitest';
import { cryptoPay } from '../gateways/crypto-pay/index.ts';
import { hours, minutes, seconds } from '../identity/clock.ts';
import { created, sampleInvoice } from '../invoice/sample-invoice.fixture.ts';
import { nextReadAt } from './schedule.ts';

const readable = cryptoPay.capabilities;
const expiry = created + minutes(30);

describe('when reconcile looks at an invoice next', () => {
  it('is minutes while it is active', () => {
    expect(nextReadAt(sampleInvoice(), readable, created)).toBe(created + minutes(1));
    expect(nextReadAt(sampleInvoice(), readable, created + minutes(12))).toBe(created + minutes(17));
  });

  it('is right after the expiry, because an expiry needs a read that began after it', () => {
    expect(nextReadAt(sampleInvoice(), readable, expiry - minutes(2))).toBe(expiry + seconds(1));
  });

  it('slows down afterwards and ends with a read after the monitor window', () => {
    const expired = sampleInvoice({ status: 'expired' });
    const { monitorUntil } = expired;
    expect(nextReadAt(expired, readable, expiry + minutes(1))).toBe(expiry + minutes(16));
    expect(nextReadAt(expired, readable, expiry + hours(3))).toBe(expiry + hours(5));
    const readBefore = { ...expired, lastReadAt: monitorUntil - 1 };
    expect(nextReadAt(readBefore, readable, monitorUntil)).toBe(monitorUntil + hours(2));
    expect(nextReadAt({ ...expired, lastReadAt: monitorUntil }, readable, monitorUntil)).toBeNull();
  });

  it('is seldom for what may never have been made, after its expiry', () => {
    const lost = sampleInvoice({ status: 'creating', ambiguous: true, gatewayPaymentId: null });
    const byReference = { ...readable, poll: 'after-payment' } as const;
    expect(nextReadAt(lost, byReference, created)).toBe(created + minutes(1));
    expect(nextReadAt(lost, byReference, expiry + minutes(1))).toBe(expiry + minutes(16));
    expect(nextReadAt(lost, readable, created)).toBeNull();
  });

  it('comes once for what is found only when its monitor window has ended', () => {
    const adopted = sampleInvoice({ exceptions: ['adopted'], superseded: true });
    const late = adopted.monitorUntil + hours(1);
    expect(nextReadAt(adopted, readable, late)).toBe(late + minutes(1));
    expect(nextReadAt({ ...adopted, lastReadAt: late }, readable, late)).toBeNull();
  });

  it('comes thrice after the end of a settled invoice that can be paid again, together with others (GN-7)', () => {
    const again = { ...readable, secondPayment: true };
    const settled = sampleInvoice({ status: 'settled', settledAt: created + minutes(3) });
    const { monitorUntil } = settled;
    const next = (lastReadAt: number | null, now: number) =>
      nextReadAt({ ...settled, lastReadAt }, again, now);
    const soon = next(null, created + minutes(3)) ?? 0;
    const later = next(soon, soon) ?? 0;
    const last = next(later, later) ?? 0;
    for (const [look, due] of [
      [soon, expiry + minutes(5)],
      [later, expiry + hours(2)],
      [last, monitorUntil],
    ] as const) {
      expect(look - due).toBeGreaterThanOrEqual(0);
      expect(look - due).toBeLessThan(minutes(15));
      expect(look % minutes(15)).toBe(0);
    }
    expect(next(last, last)).toBeNull();
    const down = last + hours(1);
    expect(next(null, down)).toBe(down + minutes(1));
  });

  it('is never for what a person accepted: the gateway may see it otherwise for ever', () => {
    const accepted = sampleInvoice({ status: 'settled', exceptions: ['marked'] });
    expect(nextReadAt(accepted, { ...readable, secondPayment: true }, created)).toBeNull();
  });

  it('is never for what cannot be read or has settled', () => {
    expect(nextReadAt(sampleInvoice(), { ...readable, poll: 'none' }, created)).toBeNull();
    expect(nextReadAt(sampleInvoice({ status: 'settled' }), readable, created)).toBeNull();
    expect(nextReadAt(sampleInvoice({ gatewayPaymentId: null }), readable, created)).toBeNull();
  });
});
