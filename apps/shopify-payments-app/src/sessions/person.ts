import {
  closeReview,
  type LedgerTransaction,
  openReview,
  type Ports,
  type ReviewRow,
} from '@gatewright/payment-core';
import type { SessionRow } from './session-book.ts';

export type Asking = Pick<Ports, 'clock' | 'random'>;

/** Puts something about a payment session in front of a person, once while it is open (invariant 14). */
export const askPerson = async (
  tx: LedgerTransaction,
  { clock, random }: Asking,
  { store, group }: Pick<SessionRow, 'store' | 'group'>,
  item: Pick<ReviewRow, 'kind' | 'key' | 'detail'>,
): Promise<boolean> => {
  const invoice = (await tx.invoices.ofOrder(store, group)).at(-1)?.id ?? null;
  return openReview(tx, { ...item, store, invoice, orderKey: group }, random, clock.now());
};

/** Closes an item that has answered itself; one that a person has closed stays as it is. */
export const answerPerson = async (
  tx: LedgerTransaction,
  { clock }: Pick<Ports, 'clock'>,
  store: ReviewRow['store'],
  key: string,
  reason: string,
): Promise<void> => {
  await closeReview(tx, store, key, { reason, decision: 'answered' }, clock.now());
};
