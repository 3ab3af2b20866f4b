import { accountIdSchema } from '@gatewright/payment-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await openStage('crypto-pay');
});
afterEach(() => stage.stop());

/** What another program does with the same token. */
const createByAnotherSystem = async (payload: string): Promise<string> => {
  const { config } = stage.simulators.gateways['crypto-pay'];
  const answer = await fetch(`${config.baseUrl}/createInvoice`, {
    method: 'POST',
    headers: { 'Crypto-Pay-API-Token': config.token, 'Content-Type': 'application/json' },
    body: JSON.stringify({ asset: 'TON', amount: '1', payload }),
  });
  expect(answer.status).toBe(200);
  return stage.gateway.payments().find(({ reference }) => reference === payload)?.id ?? '';
};

describe('a payment of another system on the same account', () => {
  it('CP-2: gets 200 and a review, and its 4 KB of payload go into no index', async () => {
    const invoice = await stage.invoice('1');
    const payload = JSON.stringify({ cart: 'x'.repeat(4_000) });
    const id = await createByAnotherSystem(payload);
    await stage.simulators.gateways['crypto-pay'].shopper.pay(id);
    await stage.work();
    expect(stage.answers).toEqual([200]);
    const account = accountIdSchema.parse('account-1');
    const rows = await stage.ledger.transact((tx) => tx.inbox.unmatched(account, id, null));
    expect(rows).toMatchObject([{ gatewayPaymentId: id, reference: null, facts: [{ reference: payload }] }]);
    expect((await stage.reviews()).map(({ kind }) => kind)).toEqual(['unmatched']);
    expect((await stage.current(invoice)).status).toBe('open');
  });
});
