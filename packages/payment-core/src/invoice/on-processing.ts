import type { Fact } from '../gateways/fact.ts';
import { formatMoney } from '../money/money.ts';
import { isMoreThanBefore, reorged } from './after-settlement.ts';
import type { Reduction } from './decision.ts';
import type { InvoiceException } from './exception.ts';
import { hold } from './hold.ts';
import type { Invoice } from './invoice.ts';
import type { Policy } from './policy.ts';
import { learn, move, unchanged } from './reduction.ts';

export const onProcessing = (before: Invoice, fact: Fact, policy: Policy): Reduction => {
  if (before.status === 'settled') {
    const older = fact.authority !== 'api' || fact.asOf <= (before.settledAt ?? 0);
    if (older) return unchanged(before, 'older than the settlement');
    // The first payment is not gone when more than it is on its way.
    return isMoreThanBefore(before, fact)
      ? unchanged(before, 'another payment is coming in')
      : reorged(before);
  }
  const invoice = learn(before, fact);
  const late = (before.firstReceiptAt ?? fact.heardAt ?? fact.asOf) > before.expiresAt;
  const exceptions: readonly InvoiceException[] = [...fact.exceptions, ...(late ? (['late'] as const) : [])];
  if (exceptions.length > 0) {
    return hold(
      before,
      invoice,
      exceptions,
      `The gateway reports ${exceptions.join(', ')} (${fact.wireStatus}). A person has to look at it.`,
      policy,
    );
  }
  if (before.status === 'processing') return unchanged(invoice, 'still in progress');
  const seen = fact.received !== null && fact.received !== 'attested' ? ` ${formatMoney(fact.received)}` : '';
  return {
    invoice: move(invoice, 'processing'),
    decisions: [{ kind: 'hold', note: `Payment seen${seen}, not final yet.` }],
    because: 'money seen, not final',
  };
};
