import type { Fact } from '../gateways/fact.ts';
import type { Reduction } from './decision.ts';
import { isDustFact, withEarlierDust } from './dust.ts';
import { integrityExceptions } from './integrity.ts';
import type { Invoice } from './invoice.ts';
import { onDust } from './on-dust.ts';
import { onMismatch } from './on-mismatch.ts';
import { onPaid } from './on-paid.ts';
import { onProcessing } from './on-processing.ts';
import { onEnd, onOpen } from './on-unpaid.ts';
import type { Policy } from './policy.ts';
import { review, unchanged } from './reduction.ts';

/**
 * The transition rules (gateways.md 11.2, 11.5, 11.7): one invoice, one fact, one answer; the same inputs always give
 * the same result. Hints are not facts and must have led to a read before. Nothing here undoes `settled`.
 */
export const reduceFact = (invoice: Invoice, fact: Fact, policy: Policy, now: number): Reduction => {
  if (fact.authority === 'hint') return unchanged(invoice, 'a hint is no fact');
  const mismatches = integrityExceptions(invoice, fact);
  if (mismatches.length > 0) return onMismatch(invoice, fact, mismatches, policy);
  const counted = withEarlierDust(invoice, fact);
  if (invoice.status !== 'settled' && isDustFact(invoice, counted, policy)) return onDust(invoice, counted);
  switch (fact.status) {
    case 'paid':
      return fact.final ? onPaid(invoice, counted, policy, now) : onProcessing(invoice, counted, policy);
    case 'processing':
      return onProcessing(invoice, counted, policy);
    case 'open':
      return onOpen(invoice, fact);
    case 'expired':
    case 'canceled':
    case 'failed':
      return onEnd(invoice, fact, fact.status);
    case 'unknown':
      return unchanged(invoice, `unknown status "${fact.wireStatus}"`, [
        review(
          'unknown_status',
          invoice,
          `The gateway sent a status we do not know ("${fact.wireStatus.slice(0, 60)}"). Nothing was changed.`,
        ),
      ]);
    default: {
      const never: never = fact.status;
      return never;
    }
  }
};
