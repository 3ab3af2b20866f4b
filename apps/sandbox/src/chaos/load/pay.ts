import type { FaultInput } from '@gatewright/gateway-simulator';
import { type Decimal, multiplyDecimal } from '@gatewright/payment-core';
import type { PlannedOrder } from '../plan/plan.ts';
import type { Stage } from '../stage.ts';
import type { Deeds, LoadCounts, PaymentKind } from './deeds.ts';

const countFault = (fault: FaultInput, counts: LoadCounts): void => {
  switch (fault.kind) {
    case 'drop':
      if (fault.lost === true) counts.webhooksLost += 1;
      else counts.webhooksDropped += 1;
      return;
    case 'duplicate':
      counts.webhooksDuplicated += 1;
      return;
    case 'delay':
      counts.webhooksDelayed += 1;
      return;
    case 'reorder':
      counts.webhooksReordered += 1;
      return;
    default:
      counts.apiFaults += 1;
  }
};

/** Adds a fault to a gateway and counts it; null: none. */
export const spoil = (
  { simulators }: Stage,
  gateway: Deeds['invoices'][number]['gateway'],
  fault: FaultInput | null,
  counts: LoadCounts,
): void => {
  if (fault === null) return;
  simulators.gateways[gateway].faults.add(fault);
  countFault(fault, counts);
};

const words = (fault: FaultInput | null): string => (fault === null ? '' : `, ${JSON.stringify(fault)}`);

/** A collectible of the order's worth at 2 USD for a TON (bridge-process.ts), or of half of it. */
const collectibleFor = (total: string, kind: PaymentKind): { readonly amount: string } => {
  // Plain numbers with two decimals, made by the plan.
  const [price, half] = [total as Decimal, '0.5' as Decimal];
  const worth = multiplyDecimal(price, half);
  return { amount: kind === 'under' ? multiplyDecimal(worth, half) : worth };
};

/** The shopper pays one of the order's invoices; only what the gateway took counts. */
export const pay = async (
  stage: Stage,
  planned: PlannedOrder,
  deeds: Deeds,
  counts: LoadCounts,
  what: {
    readonly invoice: number;
    readonly kind: PaymentKind;
    readonly fault: FaultInput | null;
    /** Once more on an invoice that is paid (GN-7). */
    readonly again?: boolean;
  },
): Promise<void> => {
  const invoice = deeds.invoices[what.invoice];
  if (invoice === undefined) return;
  const { gateway, payment } = invoice;
  const { shopper } = stage.simulators.gateways[gateway];
  const takenAt = stage.simulators.clock.now();
  // The webhook takes its fault in the same turn of the event loop, so it is this payment's and no other's.
  spoil(stage, gateway, what.fault, counts);
  const takesLate = gateway === 'gatenoc' || gateway === 'teleport-pay';
  const late = what.kind === 'late' && takesLate ? { late: true } : {};
  const again = what.again === true ? { again: true } : {};
  const worth = gateway === 'ton-nft' ? collectibleFor(planned.total, what.kind) : {};
  const paying =
    what.kind === 'under'
      ? shopper.underpay(payment, worth)
      : shopper.pay(payment, { ...late, ...again, ...worth });
  const outcome = await paying;
  if (outcome.ok) {
    counts.payments += 1;
    deeds.payments.push({ ...invoice, kind: what.kind, takenAt });
    stage.journal.note(`paid at ${gateway} (${what.kind})${words(what.fault)}`, planned.number);
  } else {
    counts.paymentsRefused += 1;
    stage.journal.note(`${gateway} took no payment: ${outcome.reason}`, planned.number);
  }
};
