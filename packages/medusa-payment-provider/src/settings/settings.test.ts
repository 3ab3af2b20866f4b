import { randomBytes } from 'node:crypto';
import { gatewayById, gateways } from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import { withDriverTls } from './database-url.ts';
import { entryWith, readMedusaConfig } from './medusa-config.ts';
import { readEntry } from './provider-entry.ts';
import { faultText } from './setting-fault.ts';

const plugin = '@gatewright/medusa-payment-provider';
const provider = `${plugin}/providers/gatewright`;
const secret = 'Sup3rSecretValueThatNobodySees';

/** A usable entry of each gateway. */
const usable: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'crypto-pay': { token: `1:${secret}` },
  'cryptopayment-center': { apiKey: 'key', apiSecret: secret, appKey: 'a'.repeat(32) },
  gatenoc: { merchantId: '12345', apiKey: 'key', webhookSecret: secret },
  'teleport-pay': { apiKey: 'key', webhookSecret: secret },
  'ton-nft': { baseUrl: 'https://nft.example', apiKey: 'key' },
  'xrocket-pay': { apiKey: secret },
  test: {},
};

const config = (
  options: Readonly<Record<string, unknown>> = { publicUrl: 'https://api.shop.example' },
  providers: readonly unknown[] = [
    { resolve: provider, id: 'main', options: { gateway: 'crypto-pay', ...usable['crypto-pay'] } },
  ],
): unknown => ({
  projectConfig: { databaseUrl: 'postgres://user:pw@db/shop' },
  plugins: ['@medusajs/draft-order', { resolve: plugin, options }],
  modules: { payment: { resolve: '@medusajs/medusa/payment', options: { providers } } },
});

const settingsOf = (given: unknown) => {
  const read = readMedusaConfig(given, randomBytes);
  if (!read.ok) throw new Error(faultText(read.faults));
  return read.settings;
};

const codesOf = (given: unknown): readonly string[] => {
  const read = readMedusaConfig(given, randomBytes);
  return read.ok ? [] : read.faults.map(({ code }) => code);
};

describe('a provider entry', () => {
  it.each([...gateways().map(({ id }) => id), 'test'])(
    'of %s becomes an account of the provider’s own id',
    (gateway) => {
      const read = readEntry('main', { gateway, ...usable[gateway] }, randomBytes);
      expect(read).toMatchObject({ ok: true, account: { id: 'pp_gatewright_main', entry: 'main', gateway } });
    },
  );

  const keys = Object.entries(usable).flatMap(([gateway, options]) =>
    Object.keys(options).map((key): [string, string] => [gateway, key]),
  );

  it.each(
    keys.filter(([gateway, key]) => {
      const rest = Object.fromEntries(Object.entries(usable[gateway] ?? {}).filter(([name]) => name !== key));
      return gatewayById(gateway)?.readConfig(rest).ok === false;
    }),
  )('of %s without %s says so, with cause and remedy and without a secret', (gateway, key) => {
    const options = { gateway, ...usable[gateway], [key]: undefined };
    const read = readEntry('shop-two', options, randomBytes);
    const text = read.ok ? '' : faultText(read.faults);
    expect(text).toContain('the provider entry "shop-two"');
    expect(text).toContain(`the option "${key}" is missing`);
    expect(text).toContain(`docs/gateways/${gateway}.md`);
    expect(text).not.toContain(secret);
  });

  it('with a credential that has a line break inside says "cannot be used" and does not repeat it', () => {
    const read = readEntry('main', { gateway: 'xrocket-pay', apiKey: `${secret}\n2` }, randomBytes);
    const text = read.ok ? '' : faultText(read.faults);
    expect(text).toContain('the option "apiKey" cannot be used');
    expect(text).not.toContain(secret);
  });

  it('without a gateway, or with one that nobody has, lists them all', () => {
    for (const options of [undefined, {}, { gateway: 'paypal' }]) {
      const read = readEntry('main', options, randomBytes);
      const text = read.ok ? '' : faultText(read.faults);
      for (const { id } of gateways()) expect(text).toContain(id);
    }
  });

  it('that says another mode than its address has is refused', () => {
    const read = readEntry(
      'main',
      { gateway: 'crypto-pay', ...usable['crypto-pay'], mode: 'test' },
      randomBytes,
    );
    expect(read).toMatchObject({ ok: false, faults: [{ code: 'entry-mode-differs' }] });
  });

  it('is named in messages by its options, because Medusa checks options without the entry', () => {
    const options = { gateway: 'crypto-pay', ...usable['crypto-pay'] };
    expect(entryWith(config(), options)).toBe('main');
    expect(entryWith(config(), { gateway: 'test' })).toBeNull();
  });
});

describe('medusa-config', () => {
  it('is read with defaults', () => {
    expect(settingsOf(config())).toMatchObject({
      publicUrl: 'https://api.shop.example',
      storefrontUrls: [],
      orderTiming: 'after_payment',
      databaseUrl: 'postgres://user:pw@db/shop',
      store: { id: 'medusa', mode: 'live' },
      sandbox: false,
    });
  });

  it('leaves the connection settings out that Medusa writes into options', () => {
    expect(codesOf(config({ publicUrl: 'https://a.example', database: { clientUrl: 'x' } }))).toEqual([]);
  });

  it('reports every fault at once', () => {
    const given = config({ publicUrl: 'http://shop.example', orderTimng: 'after_payment' }, [
      { resolve: provider, id: 'one', options: { gateway: 'crypto-pay' } },
      { resolve: provider, options: { gateway: 'test' } },
    ]);
    expect(codesOf(given).toSorted()).toEqual([
      'entry-id-missing',
      'entry-key-missing',
      'option-unknown',
      'option-unusable',
    ]);
  });

  it('misses the public address, the plugin, a database', () => {
    expect(codesOf(config({}))).toEqual(['option-missing']);
    expect(codesOf({ plugins: [], modules: {} })).toEqual(['plugin-missing']);
    expect(codesOf({ plugins: [{ resolve: plugin, options: { publicUrl: 'https://a.example' } }] })).toEqual([
      'database-missing',
    ]);
  });

  it('takes two entries with one id for a mistake', () => {
    const entry = { resolve: provider, id: 'main', options: { gateway: 'test' } };
    expect(codesOf(config(undefined, [entry, entry]))).toEqual(['entry-id-repeated']);
  });

  it('leaves other providers alone', () => {
    const stripe = { resolve: '@medusajs/medusa/payment-stripe', id: 'stripe', options: {} };
    expect(settingsOf(config(undefined, [stripe])).accounts).toEqual([]);
  });

  it('finds an entry that is given as a module or by a path', () => {
    const services = [Object.assign(() => undefined, { identifier: 'gatewright' })];
    const given = config(undefined, [
      { resolve: { services }, id: 'one', options: { gateway: 'test' } },
      {
        resolve: '/app/node_modules/@gatewright/medusa-payment-provider/providers/gatewright',
        id: 'two',
        options: { gateway: 'test' },
      },
    ]);
    expect(settingsOf(given).accounts.map(({ id }) => id)).toEqual([
      'pp_gatewright_one',
      'pp_gatewright_two',
    ]);
  });

  it('is a test shop only where every entry is a test one, or it says so', () => {
    const test = { resolve: provider, id: 'test', options: { gateway: 'test' } };
    const live = { resolve: provider, id: 'main', options: { gateway: 'crypto-pay', token: '1:abc' } };
    expect(settingsOf(config(undefined, [test])).store.mode).toBe('test');
    expect(settingsOf(config(undefined, [test, live])).store.mode).toBe('live');
    const said = config({ publicUrl: 'https://a.example', mode: 'test' }, [test, live]);
    expect(settingsOf(said).store.mode).toBe('test');
  });

  it('refuses a live account in a sandbox', () => {
    expect(codesOf(config({ publicUrl: 'http://127.0.0.1:9000', sandbox: true }))).toEqual(['sandbox-live']);
  });

  it('takes rates from the entry of a Crypto Pay account only', () => {
    const rates = (account: string) => config({ publicUrl: 'https://a.example', rates: { account } });
    expect(settingsOf(rates('main')).rates.account).toBe('pp_gatewright_main');
    expect(codesOf(rates('other'))).toEqual(['rates-account-unknown']);
  });

  it('never repeats what stands in an option', () => {
    const given = config({
      publicUrl: `https://user:${secret}@a.example`,
      look: { accent: secret },
      databaseUrl: 7,
    });
    const read = readMedusaConfig(given, randomBytes);
    expect(read.ok).toBe(false);
    expect(JSON.stringify(read)).not.toContain(secret);
  });
});

describe('the database of the ledger', () => {
  const url = 'postgres://u:p@db.example/shop';
  it.each([
    [undefined, url],
    [{ ssl: false, connection: { ssl: false } }, url],
    [{ connection: { ssl: { rejectUnauthorized: false } } }, `${url}?sslmode=no-verify`],
    [{ connection: { ssl: true } }, `${url}?sslmode=verify-full`],
  ])('is reached with the TLS that Medusa uses: %j', (driver, expected) => {
    expect(withDriverTls(url, driver)).toBe(expected);
  });
  it('keeps what its address says itself', () => {
    const own = `${url}?sslmode=disable`;
    expect(withDriverTls(own, { connection: { ssl: true } })).toBe(own);
  });
});
