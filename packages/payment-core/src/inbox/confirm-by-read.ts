import type { ConnectedAccount } from '../account/connect.ts';
import type { Fact } from '../gateways/fact.ts';
import { seconds } from '../identity/clock.ts';
import type { Invoice } from '../invoice/invoice.ts';
import { isOfOtherMode } from '../invoice/other-mode.ts';
import type { Ports } from '../ports.ts';
import { readInvoices } from '../reconcile/read-invoices.ts';
import { about, openReview } from '../review/review-item.ts';

/** How long a signed fact waits for a read to confirm it before it stands alone (invariant 2). */
const confirmWithinMs = seconds(60);

/**
 * `confirmed`: a read that began after the fact was received has been applied. `stands`: apply the signed fact.
 * `again`: nothing is known yet. `disputed`: reads keep saying something else, a person has been told.
 */
export type Confirmation = 'confirmed' | 'stands' | 'again' | 'disputed';

const dispute = (ports: Ports, invoice: Invoice, fact: Fact) =>
  ports.ledger.transact((tx) =>
    openReview(
      tx,
      {
        ...about(invoice),
        kind: 'contradiction',
        key: `contradiction:${invoice.id}`,
        detail: `A signed message said "${fact.wireStatus.slice(0, 60)}", but the gateway's own record does not. Look at the payment at the gateway before accepting it.`,
      },
      ports.random,
      ports.clock.now(),
    ),
  );

/** Reads the invoice again after a signed "paid", because the read is worth more than the signature (invariant 2). */
export const confirmByRead = async (
  ports: Ports,
  connected: ConnectedAccount,
  invoice: Invoice,
  fact: Fact,
): Promise<Confirmation> => {
  const inTime = ports.clock.now() - fact.asOf < confirmWithinMs;
  const read = await readInvoices(ports, connected, [invoice]);
  if (read.outcome !== 'read' || read.found === 0) return inTime ? 'again' : 'stands';
  const current = await ports.ledger.transact((tx) => tx.invoices.byId(invoice.id));
  const agrees =
    current !== undefined &&
    (current.status === 'settled' ||
      current.status === 'processing' ||
      // Money of the other mode moves nothing; a person has been told of it (invariant 13).
      (current.firstReceiptAt !== null && isOfOtherMode(current, fact, connected.store.mode)));
  if (agrees || fact.status !== 'paid') return 'confirmed';
  // A real contradiction is read again before a person is asked.
  if (inTime) return 'again';
  await dispute(ports, invoice, fact);
  return 'disputed';
};
