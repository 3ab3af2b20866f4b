import type { ConnectedAccount } from '../account/connect.ts';
import { minutes } from '../identity/clock.ts';
import type { Invoice } from '../invoice/invoice.ts';
import { openReview } from '../ledger/carry-out.ts';
import type { Ports } from '../ports.ts';

/** The answer was lost: the gateway may hold a payable invoice, so the attempt is watched, not forgotten (TP-6, CP-9). */
export const recordAmbiguous = (
  ports: Ports,
  connected: ConnectedAccount,
  invoice: Invoice,
  reason: string,
) =>
  ports.ledger.transact(async (tx) => {
    const now = ports.clock.now();
    const current = await tx.invoices.byId(invoice.id);
    if (current?.status !== 'creating') return;
    await tx.invoices.update({ ...current, ambiguous: true, superseded: true });
    await tx.history.append({ invoice: invoice.id, at: now, event: 'create unanswered', detail: reason });
    if (connected.calls.findInvoice) {
      await tx.jobs.enqueue({ kind: 'find-invoice', invoice: invoice.id }, now + minutes(1));
      return;
    }
    const detail = `${connected.gateway.title} did not answer when invoice ${invoice.reference} was created. If a payment with this reference shows up there, it is taken over automatically.`;
    const fields = {
      store: invoice.store,
      account: invoice.account,
      invoice: invoice.id,
      orderKey: invoice.orderKey,
    };
    await openReview(
      tx,
      { ...fields, kind: 'create_ambiguous', key: `create_ambiguous:${invoice.id}`, detail },
      ports.random,
      now,
    );
  });
