import { afterEach, beforeEach, expect, it } from 'vitest';
import { type GatewaySimulators, startGatewaySimulators } from '../../index.ts';
import { call, createPayment, listPayments } from '../../test-support/ton-nft-client.ts';

let simulators: GatewaySimulators<'ton-nft'>;
let gateway: GatewaySimulators<'ton-nft'>['gateways']['ton-nft'];

beforeEach(async () => {
  simulators = await startGatewaySimulators({ gateways: ['ton-nft'], seed: 7 });
  gateway = simulators.gateways['ton-nft'];
});
afterEach(() => simulators.stop());

it('makes a payment without amount, reference or expiry', async () => {
  const payment = await createPayment(gateway.config, { amount: '9.99', order_id: '1234' });
  expect(payment).toMatchObject({
    depositAddress: payment.expectedOwner,
    nftAddress: null,
    checkoutUrl: `${gateway.baseUrl}/pay/${payment.id}`,
  });
  expect(payment.depositAddress).toMatch(/^EQ[A-Za-z0-9_-]{46}$/);
  expect(gateway.payments()).toMatchObject([{ id: payment.id, status: 'pending' }]);
  expect(gateway.payments()[0]).not.toMatchObject({ reference: expect.anything() });
});

it('makes a new payment every time: nothing is idempotent', async () => {
  const [first, second] = [await createPayment(gateway.config), await createPayment(gateway.config)];
  expect(first.id).not.toBe(second.id);
  expect(first.depositAddress).not.toBe(second.depositAddress);
});

it('asks for one collectible, if its address is one', async () => {
  const { depositAddress } = await createPayment(gateway.config);
  expect((await createPayment(gateway.config, { nftAddress: depositAddress })).nftAddress).toBe(
    depositAddress,
  );
  for (const nftAddress of ['EQ...nft', 7, `${depositAddress.slice(0, -1)}!`]) {
    expect(await call(gateway.config, 'POST', { nftAddress })).toEqual({
      status: 400,
      body: { error: 'Invalid nftAddress' },
    });
  }
});

it('takes an empty body, and no broken one', async () => {
  expect((await call(gateway.config, 'POST')).status).toBe(201);
  expect((await call(gateway.config, 'POST', '{')).status).toBe(400);
  expect((await call(gateway.config, 'POST', '[]')).status).toBe(400);
});

it('refuses a wrong key, and knows no other call', async () => {
  const wrong = { ...gateway.config, apiKey: 'sk_live_other' };
  expect(await call(wrong, 'GET')).toEqual({ status: 401, body: { error: 'Unauthorized' } });
  expect((await fetch(`${gateway.baseUrl}/api/payments`, { method: 'POST' })).status).toBe(401);
  expect((await call(gateway.config, 'DELETE')).status).toBe(405);
  const { id } = await createPayment(gateway.config);
  const one = await fetch(`${gateway.baseUrl}/api/payments/${id}`, {
    headers: { Authorization: `Bearer ${gateway.config.apiKey}` },
  });
  expect(one.status).toBe(404);
});

it('lists the most recent payments of the operator, newest first', async () => {
  const { config } = gateway.createAccount({ listSize: 2 });
  const made = [];
  for (let n = 0; n < 3; n += 1) made.push((await createPayment(config)).id);
  await createPayment(gateway.config);
  expect((await listPayments(config)).map(({ id }) => id)).toEqual([made[2], made[1]]);
});

it.each(['array', 'payments', 'data', 'items'] as const)('can list in the shape %s', async (listShape) => {
  const { config } = gateway.createAccount({ listShape });
  const { id } = await createPayment(config);
  const { body } = await call(config, 'GET');
  expect(listShape === 'array' ? body : (body as Record<string, unknown>)[listShape]).toMatchObject([
    { id, status: 'pending', forwarded: false, callbackSent: false },
  ]);
});

it('fails natively under faults', async () => {
  gateway.faults.add({ kind: 'status', status: 500 });
  expect(await call(gateway.config, 'GET')).toEqual({
    status: 500,
    body: { error: 'Internal server error' },
  });
  gateway.faults.add({ kind: 'timeout-after-commit', route: 'create-payment' });
  await expect(createPayment(gateway.config)).rejects.toThrow();
  expect(gateway.payments()).toHaveLength(1);
});
