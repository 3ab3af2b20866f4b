import { isUnresolved } from '../../../src/ledger/rows.ts';
import { type StepProperty, violated } from './property.ts';

/** Invariant 4: settled is undone by nothing. */
const settledKept: StepProperty = (before, after) => {
  for (const invoice of before.ledger.invoices.values()) {
    const now = after.ledger.invoices.get(invoice.id);
    if (invoice.status === 'settled' && now?.status !== 'settled')
      return violated('settled-undone', `a settled invoice became ${now?.status ?? 'nothing'}`);
  }
  return undefined;
};

/** Invariant 4: what a person decided in the shop stays as it is, and its order is not fulfilled after all. */
const decisionKept: StepProperty = (before, after) => {
  for (const order of before.shop.orders) {
    const now = after.shop.orders.find(({ key }) => key === order.key);
    if (!now || now.decided !== order.decided) continue;
    if (order.decided !== 'cancelled' && order.decided !== 'paid') continue;
    if (now.status !== order.status || now.fulfilments > order.fulfilments)
      return violated(
        'decision-overwritten',
        `order ${order.key}, ${order.decided} by a person, became ${now.status}, fulfilled ${now.fulfilments} times`,
      );
  }
  return undefined;
};

/** Identity rows are for ever: no claim, event or applied fact disappears. */
const rowsKept: StepProperty = (before, after) => {
  const gone = (['inbox', 'facts', 'claims', 'invoices', 'refunds'] as const).find((table) =>
    [...before.ledger[table].keys()].some((key) => !after.ledger[table].has(key)),
  );
  return gone && violated('row-gone', `a row of ${gone} disappeared`);
};

/** Invariant 11: nothing is paid back while it is not known of another wish whether it was. */
const refundsInTurn: StepProperty = (before, after) => {
  for (const { id, reference, refunded } of after.gateway.invoices) {
    const earlier = before.gateway.invoices.find((invoice) => invoice.id === id);
    if (refunded.length === earlier?.refunded.length) continue;
    const row = [...before.ledger.invoices.values()].find((invoice) => invoice.reference === reference);
    const open = [...before.ledger.refunds.values()].find(
      ({ invoice, state, refundId }) =>
        invoice === row?.id && isUnresolved(state) && `${reference}-${refundId}` !== refunded.at(-1),
    );
    if (open)
      return violated(
        'refunded-in-the-dark',
        `${refunded.at(-1)} was paid back while ${open.refundId} was ${open.state}`,
      );
  }
  return undefined;
};

export const everyStep: readonly StepProperty[] = [settledKept, decisionKept, rowsKept, refundsInTurn];
