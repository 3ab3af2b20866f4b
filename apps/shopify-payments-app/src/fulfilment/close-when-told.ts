import {
  type Clock,
  type InstructionRow,
  type LedgerTransaction,
  minutes,
  type Storefront,
  withoutExceptions,
} from '@gatewright/payment-core';
import type { SqlLedger } from '@gatewright/payment-ledger';
import { answerPerson } from '../sessions/person.ts';

/** The core asks a person after this long; what is told sooner has no item. */
const silenceMs = minutes(15);

/** Of the items that the core opens about an instruction which a shop did not take or could not be told. */
export const silenceKey = 'storefront_unreachable:';
export const settleRefusedKey = 'storefront_refused:settle:';

const told = 'Shopify has been told.';

/** A settlement that was refused once keeps its invoice in front of a person, who is asked nothing more now. */
const endRefusal = async (
  tx: LedgerTransaction,
  clock: Clock,
  { store, orderKey, invoice: id }: InstructionRow,
): Promise<void> => {
  await answerPerson(tx, { clock }, store, `${settleRefusedKey}${id ?? orderKey}`, told);
  const invoice = id === null ? undefined : await tx.invoices.byId(id);
  const others = await tx.reviews.page(store, { state: 'open', limit: 1, after: null, orderKey });
  if (!invoice?.exceptions.includes('review') || others.length > 0) return;
  await tx.invoices.update({ ...invoice, exceptions: withoutExceptions(invoice.exceptions, ['review']) });
};

/** What stood in front of a person because Shopify did not know it closes itself once Shopify does. */
export const closeWhenTold =
  (
    tell: Storefront['tell'],
    { ledger, clock }: { readonly ledger: SqlLedger; readonly clock: Clock },
  ): Storefront['tell'] =>
  async (instruction, invoice) => {
    const answer = await tell(instruction, invoice);
    const isTold = answer.outcome === 'done' || answer.outcome === 'already';
    const mayStandThere =
      clock.now() - instruction.createdAt >= silenceMs || invoice?.exceptions.includes('review') === true;
    if (!isTold || !mayStandThere) return answer;
    await ledger.transact(async (tx) => {
      await answerPerson(tx, { clock }, instruction.store, `${silenceKey}${instruction.id}`, told);
      if (instruction.kind === 'settle') await endRefusal(tx, clock, instruction);
    });
    return answer;
  };
