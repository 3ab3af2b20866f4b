import { accountIdSchema } from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import { mustStart, startWorld, type World } from '../engine/world.fixture.ts';
import { leaveSession } from './leave-payment.ts';
import { type CoreWebhook, webhookAction } from './webhook-action.ts';

const account = accountIdSchema.parse('pp_gatewright_crypto-pay');

/** What the gateway sends for the payment of the only session; the ledger has not seen it yet. */
const sentFor = async ({ simulators }: World): Promise<CoreWebhook> => {
  const gateway = simulators.gateways['crypto-pay'];
  gateway.setWebhookUrl(gateway.accountId, 'http://127.0.0.1:9/');
  await gateway.shopper.pay(gateway.payments()[0]?.id ?? '');
  const request = gateway.deliveries()[0]?.request;
  if (request === undefined) throw new Error('nothing was sent');
  return { headers: request.headers, body: Buffer.from(request.body) };
};

describe('what core’s own webhook route is told', () => {
  it('is captured with the session’s own amount, out of the ledger', async () => {
    const world = await startWorld();
    const { row } = await mustStart(world.start());
    const webhook = await sentFor(world);
    expect(await webhookAction(world.engine, account, webhook)).toEqual({
      action: 'captured',
      data: { session_id: row.id, amount: '24.99' },
    });
    expect(await webhookAction(world.engine, account, webhook)).toMatchObject({ action: 'captured' });
  });

  it('is nothing for a signature that is wrong, a body that was changed, and an account nobody has', async () => {
    const world = await startWorld();
    await mustStart(world.start());
    const { headers, body } = await sentFor(world);
    const changed = Buffer.from(body.toString().replace('24.99', '99.99'));
    const spoiled: readonly CoreWebhook[] = [
      { headers: {}, body },
      { headers, body: changed },
      {
        headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value, value]])),
        body,
      },
      { headers: { ...headers, 'crypto-pay-api-signature': 7 }, body },
    ];
    for (const webhook of spoiled)
      expect(await webhookAction(world.engine, account, webhook)).toEqual({ action: 'not_supported' });
    expect(world.log.filter((line) => line.includes('was refused: 401'))).toHaveLength(spoiled.length);
    const nobody = accountIdSchema.parse('pp_gatewright_nobody');
    expect(await webhookAction(world.engine, nobody, { headers, body })).toEqual({ action: 'not_supported' });
  });

  it('is nothing when the session is gone: the money goes to the review queue by itself (contract 4.4)', async () => {
    const world = await startWorld();
    const { row } = await mustStart(world.start());
    const webhook = await sentFor(world);
    await leaveSession(world.engine, row);
    expect(await webhookAction(world.engine, account, webhook)).toEqual({ action: 'not_supported' });
    await world.engine.work();
    expect(world.told.map(({ kind }) => kind)).toEqual(['settle']);
  });

  it('is never captured for a session of another amount than was paid', async () => {
    const world = await startWorld();
    const first = await mustStart(world.start());
    const webhook = await sentFor(world);
    await mustStart(world.start({ amount: '30' }));
    await leaveSession(world.engine, first.row);
    expect(await webhookAction(world.engine, account, webhook)).toMatchObject({ action: 'pending' });
  });
});
