import { accountIdSchema, hours, minutes, type Offer, refusalText } from '@gatewright/payment-core';
import { describe, expect, test } from 'vitest';
import { readStoreSettings } from '../storefront/store-settings.ts';
import { judgeSetUp, type SetUp } from './judge-set-up.ts';
import type { ShopFacts } from './shop-facts.ts';

const facts: ShopFacts = {
  wooCommerce: '11.0.1',
  homeUrl: 'https://shop.example',
  currency: 'EUR',
  decimals: 2,
  wpCron: true,
  plugin: { version: '0.0.0' },
  holdStockMinutes: 60,
  clockSkewMs: 800,
};

const account = {
  account: accountIdSchema.parse('A'.repeat(22)),
  gateway: 'crypto-pay',
  title: 'Crypto Pay',
  methods: [],
  accepts: [],
};
const offer: Offer = { ...account, available: true };
const refusal: Offer = {
  ...account,
  available: false,
  reason: 'mode-mismatch',
  text: refusalText('mode-mismatch'),
};

const good: SetUp = {
  facts,
  storeUrl: 'https://shop.example',
  sandbox: false,
  paired: true,
  restOnly: null,
  webhooks: [],
  report: null,
  offers: [offer],
  invoiceExpiryMs: minutes(30),
};

const codes = (setUp: SetUp): string[] =>
  judgeSetUp(setUp).map(({ severity, code }) => `${severity} ${code}`);
const withFacts = (change: Partial<ShopFacts>): SetUp => ({ ...good, facts: { ...facts, ...change } });
const { restOnly } = readStoreSettings({ restOnly: { methods: ['bacs'] } });

describe('a set-up', () => {
  test('that is right has no findings', () => {
    expect(codes(good)).toEqual([]);
  });

  test.each<[string, SetUp, readonly string[]]>([
    ['WooCommerce 8.1', withFacts({ wooCommerce: '8.1.9' }), ['error woocommerce-too-old']],
    ['WooCommerce 8.2', withFacts({ wooCommerce: '8.2.0' }), []],
    ['WooCommerce 10.0', withFacts({ wooCommerce: '10.0.2' }), []],
    ['http', { ...good, storeUrl: 'http://shop.example' }, ['error shop-not-https']],
    [
      'http in a sandbox',
      { ...good, storeUrl: 'http://shop.example', sandbox: true },
      ['warning shop-not-https'],
    ],
    ['another address', withFacts({ homeUrl: 'https://www.shop.example' }), ['warning shop-address-differs']],
    ['a clock ahead', withFacts({ clockSkewMs: minutes(6) }), ['error shop-clock-wrong']],
    ['a clock behind', withFacts({ clockSkewMs: -minutes(6) }), ['error shop-clock-wrong']],
    ['a clock that is a minute off', withFacts({ clockSkewMs: -minutes(1) }), []],
    ['no plugin', withFacts({ plugin: null }), ['error plugin-missing']],
    ['a plugin that is not paired', { ...good, paired: false }, ['error plugin-not-paired']],
    ['REST-only mode without the plugin', { ...withFacts({ plugin: null }), restOnly }, ['info hold-stock']],
    [
      'REST-only mode beside the plugin',
      { ...good, restOnly },
      ['warning plugin-beside-rest-only', 'info hold-stock'],
    ],
    ['no account', { ...good, offers: [] }, ['error no-account']],
    ['no account that can', { ...good, offers: [refusal] }, ['error currency-not-taken']],
    ['one of two that can', { ...good, offers: [refusal, offer] }, []],
    ['JPY with decimals', withFacts({ currency: 'JPY' }), ['warning currency-decimals']],
    ['JPY without', withFacts({ currency: 'JPY', decimals: 0 }), []],
    ['a currency nobody knows', withFacts({ currency: 'USDX', decimals: 2 }), []],
    ['ten minutes of hold stock', withFacts({ holdStockMinutes: 10 }), ['warning hold-stock-short']],
    ['hold stock off', withFacts({ holdStockMinutes: null }), []],
    ['no clockwork', withFacts({ wpCron: false }), ['info wp-cron-off']],
    ['long invoices', { ...good, invoiceExpiryMs: hours(2) }, ['warning hold-stock-short']],
    [
      'a paused webhook',
      { ...good, webhooks: [{ topic: 'order.updated', done: 'paused', hook: '2' }] },
      ['warning webhook-paused'],
    ],
    [
      'webhooks that were off',
      { ...good, webhooks: [{ topic: 'order.updated', done: 'enabled', hook: '2' }] },
      ['info webhook-enabled-again'],
    ],
  ])('with %s', (_name, setUp, expected) => {
    expect(codes(setUp)).toEqual(expected);
  });

  test('says what breaks payments first, each with cause, effect and remedy', () => {
    const bad = judgeSetUp({
      ...withFacts({ wpCron: false, holdStockMinutes: 5, plugin: null }),
      offers: [],
    });
    expect(bad.map(({ severity }) => severity)).toEqual(['error', 'error', 'warning', 'info']);
    for (const finding of bad)
      for (const text of [finding.cause, finding.effect, finding.remedy]) expect(text).toMatch(/^\S.+\.$/s);
  });

  test('of no account that can says of each why', () => {
    const [finding] = judgeSetUp({ ...good, offers: [refusal] });
    expect(finding?.cause).toContain(`Crypto Pay: ${refusalText('mode-mismatch').owner}`);
  });
});
