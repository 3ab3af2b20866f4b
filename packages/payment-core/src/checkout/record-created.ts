import type { CreateOutcome } from '../gateways/gateway.ts';
import type { RegisteredGateway } from '../gateways/registry.ts';
import { withExceptions } from '../invoice/exception.ts';
import type { Invoice } from '../invoice/invoice.ts';
import { applyUnmatchedAgain } from '../ledger/apply-facts.ts';
import type { Ports } from '../ports.ts';
import { nextReadAt, noNewsAfterExpiryMs } from '../reconcile/schedule.ts';

type Created = Extract<CreateOutcome, { outcome: 'created' }>;

/** A webhook may have been faster than the answer: what it taught is kept, only the gaps are filled. */
const merged = (
  current: Invoice,
  created: Created,
  gateway: RegisteredGateway,
  adopted: boolean,
  now: number,
): Invoice => {
  const expiresAt = created.expiresAt ?? current.expiresAt;
  const monitorMs = current.monitorUntil - current.expiresAt;
  const next: Invoice = {
    ...current,
    status: current.status === 'creating' ? 'open' : current.status,
    exceptions: adopted ? withExceptions(current.exceptions, ['adopted']) : current.exceptions,
    gatewayPaymentId: current.gatewayPaymentId ?? created.gatewayPaymentId,
    payUrl: created.payUrl,
    address: created.address,
    payable: created.payable,
    ambiguous: false,
    expiresAt,
    monitorUntil: expiresAt + monitorMs,
  };
  return { ...next, nextReadAt: nextReadAt(next, gateway.capabilities, now) };
};

/** The gateway has the invoice: links, id and expiry go into the row, and events that came before it are matched. */
export const recordCreated = (
  ports: Ports,
  invoice: Invoice,
  gateway: RegisteredGateway,
  created: Created,
  adopted: boolean,
): Promise<Invoice> =>
  ports.ledger.transact(async (tx) => {
    const now = ports.clock.now();
    const current = (await tx.invoices.byId(invoice.id)) ?? invoice;
    const next = merged(current, created, gateway, adopted, now);
    if (!(await tx.invoices.update(next))) throw new Error('an invoice changed inside its own transaction');
    await applyUnmatchedAgain(tx, next, now);
    if (gateway.capabilities.poll === 'none') {
      await tx.jobs.enqueue({ kind: 'no-news', invoice: next.id }, next.expiresAt + noNewsAfterExpiryMs);
    }
    await tx.history.append({
      invoice: next.id,
      at: now,
      event: `${current.status} → ${next.status}`,
      detail: adopted ? 'found at the gateway after a lost answer' : 'created at the gateway',
    });
    return { ...next, version: next.version + 1 };
  });
