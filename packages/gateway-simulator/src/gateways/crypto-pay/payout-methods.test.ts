import { afterEach, beforeEach, expect, it } from 'vitest';
import { type GatewaySimulators, startGatewaySimulators } from '../../index.ts';
import { type Account, call, createInvoice } from '../../test-support/crypto-pay-client.ts';

let simulators: GatewaySimulators<'crypto-pay'>;
let payer: Account;

beforeEach(async () => {
  simulators = await startGatewaySimulators({ gateways: ['crypto-pay'], seed: 7 });
  payer = simulators.gateways['crypto-pay'].createAccount({
    payouts: true,
    balances: { USDT: '100' },
  }).config;
});
afterEach(() => simulators.stop());

const available = async (account: Account, asset: string) => {
  const { result } = await call(account, 'getBalance');
  return (result as { currency_code: string; available: string }[]).find((row) => row.currency_code === asset)
    ?.available;
};

it('has payouts switched off unless the owner switched them on: 403 METHOD_DISABLED', async () => {
  const account = simulators.gateways['crypto-pay'].config;
  for (const method of ['transfer', 'createCheck']) {
    const answer = await call(account, method, { user_id: 1, asset: 'USDT', amount: '2', spend_id: 's' });
    expect(answer).toMatchObject({ status: 403, error: { name: 'METHOD_DISABLED' } });
  }
});

it('moves money once per spend_id', async () => {
  const given = { user_id: 42, asset: 'USDT', amount: '30', spend_id: 'refund-1' };
  const first = await call(payer, 'transfer', given);
  const second = await call(payer, 'transfer', given);
  expect(second.result).toEqual(first.result);
  expect(await available(payer, 'USDT')).toBe('70');
  expect((await call(payer, 'getTransfers', {})).result).toMatchObject({ items: [{ spend_id: 'refund-1' }] });
});

it.each([
  [{ user_id: 'someone' }, 'USER_ID_INVALID'],
  [{ spend_id: 'x'.repeat(65) }, 'SPEND_ID_INVALID'],
  [{ amount: '0.5' }, 'AMOUNT_TOO_SMALL'],
  [{ amount: '25000.01' }, 'AMOUNT_TOO_BIG'],
  [{ amount: '100.000001' }, 'NOT_ENOUGH_COINS'],
])('refuses a transfer with %j', async (parameters, name) => {
  const given = { user_id: 42, asset: 'USDT', amount: '30', spend_id: 's', ...parameters };
  expect(await call(payer, 'transfer', given)).toMatchObject({ status: 400, error: { name } });
  expect(await available(payer, 'USDT')).toBe('100');
});

it('holds the money of a check until it is deleted', async () => {
  const { result } = await call(payer, 'createCheck', { asset: 'USDT', amount: '10' });
  expect(await available(payer, 'USDT')).toBe('90');
  const { check_id } = result as { check_id: number };
  expect((await call(payer, 'getChecks')).result).toMatchObject({ items: [{ check_id, status: 'active' }] });
  expect((await call(payer, 'deleteCheck', { check_id })).result).toBe(true);
  expect(await available(payer, 'USDT')).toBe('100');
});

it('credits a payment less the fee, and counts it in the statistics', async () => {
  const account = simulators.gateways['crypto-pay'].config;
  await createInvoice(account);
  const invoice = await createInvoice(account, { amount: '10' });
  await simulators.gateways['crypto-pay'].shopper.pay(String(invoice.invoice_id));
  expect(await available(account, 'USDT')).toBe('9.7');
  expect((await call(account, 'getStats')).result).toMatchObject({
    volume: '10',
    conversion: '50',
    created_invoice_count: 2,
    paid_invoice_count: 1,
  });
});

it('lists rates as decimal strings for every asset and fiat', async () => {
  const { result } = await call(payer, 'getExchangeRates');
  const rates = result as { source: string; target: string; rate: string; is_valid: boolean }[];
  expect(rates.find((row) => row.source === 'USDT' && row.target === 'USD')).toMatchObject({
    rate: '1',
    is_valid: true,
  });
  expect(rates.every((row) => /^\d+(\.\d+)?$/.test(row.rate) && row.rate !== '0')).toBe(true);
  const currencies = (await call(payer, 'getCurrencies')).result as { code: string; decimals: number }[];
  expect(currencies.find((row) => row.code === 'TON')).toMatchObject({ decimals: 9 });
});
