import { describe, expect, it } from 'vitest';
import type { Account } from '../account/account.ts';
import { gatewayById } from '../gateways/registry.ts';
import { createAccountHealth } from '../health/account-health.ts';
import { checkAccount } from '../health/check-account.ts';
import type { HttpOutcome } from '../http/http-client.ts';
import { minutes } from '../identity/clock.ts';
import { accountIdSchema, orderKeySchema, storeIdSchema } from '../identity/identity.ts';
import type { Mode } from '../invoice/invoice.ts';
import { defaultPolicy } from '../invoice/policy.ts';
import { createMemoryLedger } from '../ledger/memory-ledger.ts';
import { moneySchema } from '../money/schema.ts';
import type { Ports } from '../ports.ts';
import type { FrozenRate } from '../rates/rate-source.ts';
import { frozenRateSchema } from '../rates/rate-source.ts';
import { offerAccounts } from './offer.ts';
import { startCheckout } from './start-checkout.ts';

const store = storeIdSchema.parse('store');
const start = 1_700_000_000_000;

const rate = (from: string, to: string, value: string): FrozenRate =>
  frozenRateSchema.parse({ from, to, value, source: 'test', at: start });

const account = (gateway: string, config: object, change: Partial<Account> = {}): Account => ({
  id: accountIdSchema.parse(gateway),
  store,
  gateway,
  mode: 'live',
  config,
  enabled: true,
  ...change,
});

const appKey = Buffer.alloc(32, 7).toString('base64');
const center = (config: object = {}, change: Partial<Account> = {}) =>
  account('cryptopayment-center', { apiKey: 'pk', apiSecret: 'sk', appKey, ...config }, change);
const rocket = account('xrocket-pay', { apiKey: 'key' });
const teleport = (config: object = {}) =>
  account('teleport-pay', { apiKey: 'tk', webhookSecret: 'secret', ...config });
const cryptoBot = (config: object = {}) =>
  account('crypto-pay', { token: `12345:${'a'.repeat(35)}`, ...config });

const notExpected: HttpOutcome = { outcome: 'unavailable', reason: 'not-sent' };

interface Scene {
  readonly mode?: Mode;
  readonly rates?: readonly FrozenRate[];
  readonly answer?: () => HttpOutcome;
}

/** A store with these accounts; what its gateways answer and which rates there are is up to the test. */
const sceneOf = (accounts: readonly Account[], { mode = 'live', rates = [], answer }: Scene = {}) => {
  let now = start;
  let drawn = 0;
  const ports: Ports = {
    ledger: createMemoryLedger(),
    directory: {
      store: async (id) =>
        id === store ? { id: store, name: 'Shop', mode, policy: defaultPolicy } : undefined,
      account: async (id) => accounts.find((candidate) => candidate.id === id),
      accountsOf: async () => accounts,
    },
    storefront: { tell: async () => ({ outcome: 'done' }) },
    rates: { rate: async (from, to) => rates.find((known) => known.from === from && known.to === to) },
    health: createAccountHealth(),
    clock: { now: () => now },
    random: (count) => {
      drawn += 1;
      return Uint8Array.from({ length: count }, (_, index) => (drawn >> (8 * (index % 4))) & 255);
    },
    gateway: gatewayById,
    http: () => async () => answer?.() ?? notExpected,
    webhookUrl: () => 'https://pay.example/webhook',
    sandbox: false,
  };
  const money = (amount: string, currency: string) => moneySchema.parse({ amount, currency });
  const offer = async (amount: string, currency: string) => {
    const [first] = await offerAccounts(ports, store, money(amount, currency));
    if (first === undefined) throw new Error('the store has no account');
    return first;
  };
  return {
    ports,
    offer,
    reason: async (amount: string, currency: string) => {
      const offered = await offer(amount, currency);
      return offered.available ? 'available' : offered.reason;
    },
    pay: (method: string | null = 'trc20') => {
      const [first] = accounts;
      if (first === undefined) throw new Error('the store has no account');
      return startCheckout(ports, {
        store,
        orderKey: orderKeySchema.parse('1'),
        orderNumber: '1',
        amount: money('5.00', 'USD'),
        account: first.id,
        method,
        description: 'Order 1',
        returnUrl: 'https://shop.example/thanks',
        cancelUrl: 'https://shop.example/cart',
        customerEmail: null,
        orderDeadline: null,
      });
    },
    pass: (ms: number) => {
      now += ms;
    },
  };
};

describe('an offer', () => {
  it('keeps to the least and the most amount that a gateway documents', async () => {
    const usd = sceneOf([center()]);
    expect(await usd.reason('0.99', 'USD')).toBe('amount-below-minimum');
    expect(await usd.reason('1.00', 'USD')).toBe('available');
    const ton = sceneOf([rocket]);
    expect(await ton.reason('1000000.000000000', 'TON')).toBe('available');
    expect(await ton.reason('1000000.000000001', 'TON')).toBe('amount-above-maximum');
  });

  it('holds the limits against what the gateway would be asked for, not against the order', async () => {
    const scene = sceneOf([center()], { rates: [rate('JPY', 'USD', '0.0064')] });
    expect(await scene.reason('156', 'JPY')).toBe('available');
    expect(await scene.reason('150', 'JPY')).toBe('amount-below-minimum');
    expect(await scene.reason('0', 'JPY')).toBe('amount-zero');
    const rich = sceneOf([rocket], { rates: [rate('IDR', 'USDT', '10')] });
    expect(await rich.reason('100001', 'IDR')).toBe('amount-above-maximum');
  });

  it('needs a rate only where the order has to be converted', async () => {
    expect(await sceneOf([center()]).reason('10', 'EUR')).toBe('no-fresh-rate');
    expect(await sceneOf([center()]).reason('10', 'USD')).toBe('available');
    expect(await sceneOf([center()], { rates: [rate('EUR', 'USD', '1.1')] }).reason('10', 'EUR')).toBe(
      'available',
    );
  });

  it('keeps live and test apart, and knows switched off from unusable', async () => {
    expect(await sceneOf([center()], { mode: 'test' }).reason('10', 'USD')).toBe('mode-mismatch');
    expect(await sceneOf([center({}, { mode: 'test' })]).reason('10', 'USD')).toBe('mode-mismatch');
    expect(await sceneOf([center({}, { enabled: false })]).reason('10', 'USD')).toBe('account-disabled');
    expect(await sceneOf([account('cryptopayment-center', {})]).reason('10', 'USD')).toBe('config-unusable');
    expect(await sceneOf([account('acme', {})]).reason('10', 'USD')).toBe('gateway-unknown');
  });

  it('never has the pseudo-gateway in a live store, whatever the account says', async () => {
    const config = { key: 'a-key-of-thirty-two-characters-x' };
    for (const mode of ['live', 'test'] as const)
      expect(await sceneOf([account('test', config, { mode })]).reason('10', 'USD')).toBe('mode-mismatch');
    const test = sceneOf([account('test', config, { mode: 'test' })], { mode: 'test' });
    expect(await test.reason('10', 'XYZ')).toBe('available');
  });

  it('names the networks that this account takes, and a checkout takes no other', async () => {
    const scene = sceneOf([center({ networks: ['trc20', 'btc'] })]);
    expect(await scene.offer('10', 'USD')).toMatchObject({
      methods: ['trc20', 'btc'],
      accepts: ['USDT (TRC20)', 'BTC'],
    });
    expect(await scene.pay('eth')).toMatchObject({ outcome: 'refused', reason: 'method-missing' });
    expect(await sceneOf([center()]).offer('10', 'USD')).toMatchObject({
      methods: ['btc', 'ltc', 'eth', 'trc20', 'bep20'],
    });
    expect(await sceneOf([center({ networks: ['doge'] })]).reason('10', 'USD')).toBe('config-unusable');
  });

  it('says what can be paid with', async () => {
    const accepted = async (one: Account, currency = 'USD', rates: readonly FrozenRate[] = []) =>
      (await sceneOf([one], { rates }).offer('10', currency)).accepts;
    expect(await accepted(teleport())).toEqual(['BTC', 'ETH', 'USDT']);
    expect(await accepted(teleport({ paymentMethods: ['cards', 'sepa'] }))).toEqual([
      'Visa',
      'Mastercard',
      'SEPA',
    ]);
    expect(await accepted(cryptoBot({ acceptedAssets: ['TON'] }))).toEqual(['TON']);
    expect(await accepted(cryptoBot())).not.toContain('JET');
    expect(await accepted(cryptoBot({ acceptedAssets: ['TON'] }), 'USDT')).toEqual(['USDT']);
    expect(await accepted(rocket, 'USD', [rate('USD', 'USDT', '1')])).toEqual(['USDT']);
  });

  it('has texts for the owner and the shopper where it is not available', async () => {
    const offered = await sceneOf([center()]).offer('0.5', 'USD');
    expect(offered).toMatchObject({
      available: false,
      text: { owner: expect.stringContaining('least amount'), shopper: expect.stringContaining('too small') },
    });
  });
});

describe('an account in trouble', () => {
  const refusal: HttpOutcome = { outcome: 'refused', status: 401, headers: {}, body: Buffer.from('{}') };

  it('is not offered for some minutes once a create call has shown that its credentials are refused', async () => {
    const scene = sceneOf([center()], { answer: () => refusal });
    expect(await scene.reason('5', 'USD')).toBe('available');
    expect(await scene.pay()).toMatchObject({ outcome: 'refused', reason: 'unauthorized' });
    expect(await scene.reason('5', 'USD')).toBe('account-refused');
    scene.pass(minutes(3));
    expect(await scene.reason('5', 'USD')).toBe('available');
  });

  it('is not offered after an account check was refused, until a check succeeds', async () => {
    let answer = refusal;
    const scene = sceneOf([center()], { answer: () => answer });
    await checkAccount(scene.ports, center().id);
    expect(await scene.reason('5', 'USD')).toBe('account-refused');
    const body = Buffer.from('{"success":true,"balances":{}}');
    answer = { outcome: 'ok', status: 200, headers: {}, body };
    await checkAccount(scene.ports, center().id);
    expect(await scene.reason('5', 'USD')).toBe('available');
  });

  it('is not offered for a minute after the gateway was silent three times, and may still be tried', async () => {
    const scene = sceneOf([center()], { answer: () => ({ outcome: 'unavailable', reason: 'dns' }) });
    for (let i = 0; i < 2; i += 1) await scene.pay();
    expect(await scene.reason('5', 'USD')).toBe('available');
    await scene.pay();
    expect(await scene.reason('5', 'USD')).toBe('gateway-unreachable');
    expect(await scene.pay()).toMatchObject({ outcome: 'unavailable' });
    scene.pass(minutes(1));
    expect(await scene.reason('5', 'USD')).toBe('available');
  });
});
