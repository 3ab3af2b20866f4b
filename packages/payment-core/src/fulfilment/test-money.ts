import { withExceptions } from '../invoice/exception.ts';
import type { Invoice } from '../invoice/invoice.ts';
import type { InstructionRow } from '../ledger/rows.ts';
import type { Ports } from '../ports.ts';
import { about, openReview } from '../review/review-item.ts';

const detail =
  'This order was paid with test money, and the store is live now. The shop was not told that it is paid: let the shopper pay again, or end the order.';

/**
 * Invariant 13, at the last moment: the store went live after the settlement was decided, or a person accepted a test
 * payment. The claim is free again for real money.
 * @returns whether the instruction was refused, and must not be told
 */
export const refuseTestMoney = async (
  ports: Ports,
  { id, kind, store, orderKey, claim }: InstructionRow,
  invoice: Invoice | undefined,
): Promise<boolean> => {
  if (kind !== 'settle' || invoice?.mode !== 'test') return false;
  if ((await ports.directory.store(store))?.mode !== 'live') return false;
  await ports.ledger.transact(async (tx) => {
    if ((await tx.instructions.byId(id))?.state !== 'pending') return;
    const now = ports.clock.now();
    await tx.instructions.setState(id, 'refused', 'test_money', now);
    if (claim) await tx.claims.setState(store, orderKey, claim, 'released');
    const current = await tx.invoices.byId(invoice.id);
    if (current)
      await tx.invoices.update({ ...current, exceptions: withExceptions(current.exceptions, ['review']) });
    await tx.history.append({ invoice: invoice.id, at: now, event: 'settle not told', detail });
    const item = { ...about(invoice), kind: 'review', key: `review:${invoice.id}`, detail } as const;
    await openReview(tx, item, ports.random, now);
  });
  return true;
};
