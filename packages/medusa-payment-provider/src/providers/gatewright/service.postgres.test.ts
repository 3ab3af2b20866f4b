import { type GatewaySimulators, startGatewaySimulators } from '@gatewright/gateway-simulator';
import { container } from '@medusajs/framework';
import { asValue } from '@medusajs/framework/awilix';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { currentEngine, migrateLedger, startEngine, stopEngine } from '../../engine/current-engine.ts';
import { manualRefund } from '../../fulfilment/manual-refund.ts';
import { GatewrightProvider } from './service.ts';

const provider = '@gatewright/medusa-payment-provider/providers/gatewright';

/** Of this run's PostgreSQL; the plugin keeps to schemas of its own. */
const databaseUrl = inject('postgresUrl');
let simulators: GatewaySimulators<'gatenoc'>;
const said: string[] = [];
const write = (message: string): void => void said.push(message);
const logger = { info: write, warn: write, error: write };

/** Medusa's rows of sessions; whatever else is asked for is not there yet, as in a server that starts. */
const rows: { id: string; provider_id: string; payment_collection_id: string }[] = [];
const query = {
  graph: async ({
    entity,
    filters,
  }: {
    entity: string;
    filters: { id?: string; payment_collection_id?: string };
  }) => {
    if (entity === 'payment_session') return { data: rows.filter(({ id }) => id === filters.id) };
    if (entity === 'cart_payment_collection')
      return { data: [{ cart_id: `cart_of_${filters.payment_collection_id}` }] };
    throw new Error(`no ${entity} here`);
  },
};

const optionsOf = () => ({ gateway: 'gatenoc', ...simulators.gateways.gatenoc.config });
const config = (options = {}) => ({
  projectConfig: { databaseUrl, workerMode: 'shared' },
  plugins: [
    {
      resolve: '@gatewright/medusa-payment-provider',
      options: { publicUrl: 'http://127.0.0.1:1', sandbox: true, database: { clientUrl: 'x' }, ...options },
    },
  ],
  modules: { payment: { options: { providers: [{ resolve: provider, id: 'main', options: optionsOf() }] } } },
});

let configModule: ReturnType<typeof config>;
let service: GatewrightProvider;
let migrated: readonly (readonly string[])[];

beforeAll(async () => {
  simulators = await startGatewaySimulators({ gateways: ['gatenoc'], realTime: true });
  configModule = config();
  // As several processes do that start at the same time on a database without a ledger.
  migrated = await Promise.all([1, 2, 3].map(() => migrateLedger({ configModule, logger })));
  container.register({ query: asValue(query), workflows: asValue({}) });
  service = new GatewrightProvider({ configModule, logger }, optionsOf());
});

afterAll(async () => {
  await stopEngine({ configModule });
  await simulators.stop();
});

let sessions = 0;
const initiate = async (
  amount: Parameters<GatewrightProvider['initiatePayment']>[0]['amount'],
  collection: string,
) => {
  sessions += 1;
  const id = `payses_${sessions}`;
  rows.push({ id, provider_id: 'pp_gatewright_main', payment_collection_id: collection });
  const started = await service.initiatePayment({ amount, currency_code: 'usd', data: { session_id: id } });
  return { id, data: started.data ?? {}, started };
};

describe('the provider on a PostgreSQL', () => {
  it('migrates the ledger once, under its lock, for several processes at the same time', () => {
    expect(migrated.map(({ length }) => length > 0).toSorted()).toEqual([false, false, true]);
    expect(migrated.flat()).toContain('0001-0001-sessions');
  });

  it.each([
    ['a number', 24.99],
    ['a text', '24.99'],
    ['Medusa’s exact form', { value: '24.99', precision: 20 }],
    ['more digits than the currency has', { value: '24.985000000001', precision: 20 }],
  ])('reads an amount that comes as %s', async (name, amount) => {
    const { data, started } = await initiate(amount, `paycol_${name.length}`);
    expect(data).toMatchObject({ amount: '24.99', currency_code: 'usd' });
    expect(started).toMatchObject({ id: data.session_id, status: 'pending' });
  });

  it('captures what has come, refunds in Medusa’s exact form, and records what a person refunded', async () => {
    const { data } = await initiate(24.99, 'paycol_paid');
    expect(await service.authorizePayment({ data })).toMatchObject({ status: 'requires_more' });
    await expect(service.capturePayment({ data })).rejects.toThrow(/has not come in/);
    const { shopper, payments } = simulators.gateways.gatenoc;
    // No webhook reaches this process: the ledger is told by a read.
    expect(await shopper.pay(payments().at(-1)?.id ?? '')).toEqual({ ok: true });
    const status = async () => (await service.getPaymentStatus({ data })).status;
    await expect.poll(status, { timeout: 30_000, interval: 1_000 }).toBe('captured');
    expect(await service.authorizePayment({ data: { ...data, extra: 1 } })).toMatchObject({
      status: 'captured',
      data: { extra: 1, invoice_status: 'settled' },
    });
    expect(await service.capturePayment({ data })).toMatchObject({ data: { session_id: data.session_id } });
    const refund = { amount: { value: '5.55', precision: 20 }, data, context: { idempotency_key: 're_1' } };
    expect(await service.refundPayment(refund)).toEqual({ data });
    await expect(
      service.refundPayment({ ...refund, amount: 20, context: { idempotency_key: 're_2' } }),
    ).rejects.toThrow(/more than was paid/);
    const byHand = { by: 'owner', reason: 'cash' };
    const recorded = { ...refund, amount: 1, context: { idempotency_key: 're_3' } };
    expect(await manualRefund.run(byHand, () => service.refundPayment(recorded))).toEqual({ data });
  });

  it('never acts on data that it did not write', async () => {
    const { data } = await initiate(24.99, 'paycol_forged');
    const forged = { session_id: data.session_id, page_id: 'AAAAAAAAAAAAAAAAAAAAAA' };
    await service.deletePayment({ data: forged });
    const engine = await currentEngine({ configModule, logger });
    expect(await engine.sessions.byId(String(data.session_id))).toMatchObject({ state: 'living' });
    expect(await service.authorizePayment({ data: forged })).toMatchObject({ status: 'error' });
    for (const call of [
      () => service.capturePayment({ data: forged }),
      () => service.refundPayment({ data: forged, amount: 1 }),
      () => service.retrievePayment({ data: forged }),
      () => service.updatePayment({ data: forged, amount: 1, currency_code: 'usd' }),
    ])
      await expect(call()).rejects.toThrow(/does not know this payment session/);
    await service.deletePayment({ data });
    expect(await engine.sessions.byId(String(data.session_id))).toMatchObject({ state: 'gone' });
  });

  it('changes the amount of a session on its own page', async () => {
    const { data } = await initiate(24.99, 'paycol_changed');
    const updated = await service.updatePayment({ data, amount: 30, currency_code: 'usd' });
    expect(updated.data).toMatchObject({ amount: '30', page_id: data.page_id, session_id: data.session_id });
    expect(updated.data?.invoice_id).not.toBe(data.invoice_id);
  });

  it('refuses what Medusa has no session for, and makes no account holders', async () => {
    await expect(
      service.initiatePayment({ amount: 1, currency_code: 'usd', data: { session_id: 'payses_none' } }),
    ).rejects.toThrow(/no payment session payses_none/);
    await expect(service.initiatePayment({ amount: 1, currency_code: 'usd' })).rejects.toThrow(/no id/);
    expect(
      await service.createAccountHolder({ context: { customer: { id: 'cus', email: 'a@b.example' } } }),
    ).toEqual({});
  });

  it('answers core’s webhook with nothing for what nobody signed', async () => {
    const payload = { data: {}, rawData: '{}', headers: {} };
    expect(await service.getWebhookActionAndData(payload)).toEqual({ action: 'not_supported' });
  });

  it('has one engine per configuration, opens none while it ends, and one again at the next start', async () => {
    const cradle = { configModule: config(), logger };
    const [one, two] = await Promise.all([currentEngine(cradle), currentEngine({ ...cradle })]);
    expect(one).toBe(two);
    await stopEngine(cradle);
    await expect(currentEngine(cradle)).rejects.toThrow(/ending/);
    await startEngine(cradle);
    expect(await currentEngine(cradle)).not.toBe(one);
    await stopEngine(cradle);
  });

  it('says what is wrong when the database cannot be had, and tries again at the next call', async () => {
    const unreachable = config({ databaseUrl: 'postgres://nobody:secret@127.0.0.1:1/none' });
    const opening = currentEngine({ configModule: unreachable, logger });
    await expect(opening).rejects.toThrow(/cannot be opened/);
    await expect(opening).rejects.not.toThrow(/secret/);
    expect(currentEngine({ configModule: unreachable, logger })).not.toBe(opening);
  });
});
