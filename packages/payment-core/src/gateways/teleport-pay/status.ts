import { parseCurrency } from '../../money/currency.ts';
import { type Money, money } from '../../money/money.ts';
import { blankFact, type Fact } from '../fact.ts';
import type { TeleportInvoiceEvent } from './contract.ts';

const knownStatuses = ['paid', 'expired', 'cancelled', 'failed', 'manual_confirmation'] as const;
type KnownStatus = (typeof knownStatuses)[number];

type Meaning = Pick<Fact, 'status' | 'received' | 'final' | 'exceptions'>;

const quotedMoney = ({ amount, currency }: TeleportInvoiceEvent): Money | null => {
  const code = parseCurrency(currency ?? '');
  if (amount == null || code === undefined) return null;
  const result = money(amount, code);
  return result.ok ? result.money : { amount, currency: code };
};

const nothing = { received: null, final: false, exceptions: [] } as const;

/** Teleport says that it was paid, never how much or in what: attested. Without its amount nothing can be matched. */
const paid = (quoted: Money | null): Meaning =>
  quoted === null
    ? { ...nothing, status: 'paid', exceptions: ['review'] }
    : { ...nothing, status: 'paid', received: 'attested', final: true };

const meaningOf = (status: KnownStatus | undefined, quoted: Money | null): Meaning => {
  switch (status) {
    case 'paid':
      return paid(quoted);
    case 'expired':
      return { ...nothing, status: 'expired' };
    case 'cancelled':
      return { ...nothing, status: 'canceled' };
    case 'failed':
      return { ...nothing, status: 'failed' };
    case 'manual_confirmation':
      return { ...nothing, status: 'processing', exceptions: ['underpaid', 'review'] };
    case undefined:
      return { ...nothing, status: 'unknown' };
    default: {
      const never: never = status;
      return never;
    }
  }
};

/**
 * One signed event as a fact. `timestamp` is taken for the time of the change, though a retry may carry a new one;
 * `bill_uid` adds nothing to `payment_id`.
 */
export const teleportPayFact = (event: TeleportInvoiceEvent, receivedAt: number): Fact => {
  const quoted = quotedMoney(event);
  const known = knownStatuses.find((status) => status === event.status);
  return {
    ...blankFact,
    authority: 'signed',
    gatewayPaymentId: event.payment_id,
    reference: event.order_id ?? null,
    wireStatus: event.status,
    quoted,
    paidAt: known === 'paid' ? (event.timestamp ?? null) : null,
    ...meaningOf(known, quoted),
    asOf: receivedAt,
  };
};
