import type { StoreId } from '@gatewright/payment-core';
import type { App } from '@gatewright/shopify-payments-app';
import * as z from 'zod';

/** A person with a token of the shop's test payments, on the operator's port. */
export interface Operator {
  /** Decides that nothing is owed, about everything that waits for a person of one order. */
  declineAll(order: string): Promise<void>;
}

const listSchema = z.object({ items: z.array(z.object({ id: z.string(), order: z.string().nullable() })) });

export const openOperator = async (
  { operatorUrl, vault }: Pick<App, 'operatorUrl' | 'vault'>,
  store: StoreId,
): Promise<Operator> => {
  const added = await vault.addOperator(store, 'demo');
  if (!added.ok) throw new Error(`no operator: ${added.reason}`);
  const reviews = `${operatorUrl}/v1/stores/${store}/reviews`;
  const headers = { authorization: `Bearer ${added.token}` };
  const decline = async (id: string): Promise<void> => {
    const body = JSON.stringify({ decision: 'ignore', reason: 'The demo declines it.' });
    const answer = await fetch(`${reviews}/${id}/resolution`, { method: 'POST', headers, body });
    if (!answer.ok) throw new Error(`the decision was refused: ${answer.status}`);
  };
  return {
    declineAll: async (order) => {
      const { items } = listSchema.parse(await (await fetch(reviews, { headers })).json());
      for (const item of items) if (item.order === order) await decline(item.id);
    },
  };
};
