import {
  type Clock,
  type InstructionRow,
  type LedgerTransaction,
  type Storefront,
  withoutExceptions,
} from '@gatewright/payment-core';
import type { SqlLedger } from '@gatewright/payment-ledger';
import { answerPerson } from '../sessions/person.ts';

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
  const others = await tx.reviews.page(store, { state: 'open', limit: 1, orderKey });
  if (!invoice?.exceptions.includes('review') || others.length > 0) return;
  await tx.invoices.update({ ...invoice, exceptions: withoutExceptions(invoice.exceptions, ['review']) });
};

/** A settlement that Shopify would not take stands in front of a person, and closes itself once Shopify has taken it. */
export const closeWhenTold =
  (
    tell: Storefront['tell'],
    { ledger, clock }: { readonly ledger: SqlLedger; readonly clock: Clock },
  ): Storefront['tell'] =>
  async (instruction, invoice) => {
    const answer = await tell(instruction, invoice);
    const isTold = answer.outcome === 'done' || answer.outcome === 'already';
    if (isTold && instruction.kind === 'settle' && invoice?.exceptions.includes('review') === true)
      await ledger.transact((tx) => endRefusal(tx, clock, instruction));
    return answer;
  };
