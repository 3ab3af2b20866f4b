import { dirname } from 'node:path';
import { minutes, offerAccounts, parseCurrency, parseDecimal } from '@gatewright/payment-core';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { openAccount } from './support/accounts.ts';
import { browser } from './support/browser.ts';
import { tokenOf } from './support/operator-call.ts';
import { leaksOf } from './support/secret-forms.ts';
import { storedBytes } from './support/stored-bytes.ts';
import { openShop, startWorld } from './support/world.ts';

/** A configuration as its owner types it into the form. */
const typed = (config: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(Object(config)).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value === true ? 'on' : String(value),
    ]),
  );

const alertIn = (text: string): string => /role="alert"[\s\S]*?<\/div>/.exec(text)?.[0] ?? '';

/** The part of the page that is about one form. */
const formIn = (text: string, action: string, holds: string): string =>
  text
    .split('<details')
    .find((part) => part.includes(`action="${action}#accounts"`) && part.includes(holds)) ?? '';

const opened = async () => {
  const world = await startWorld();
  const shop = await openShop(world);
  const owner = browser(world.bridge.publicUrl);
  await owner.post('/connect', { store: shop.woo.url, token: await tokenOf(world, shop.store) });
  const { vault } = world.bridge;
  return {
    ...world,
    ...shop,
    owner,
    add: (gateway: string, fields: Readonly<Record<string, string>> = {}) =>
      owner.submit('/connect', '/connect/accounts', { gateway, ...fields }),
    renew: (account: string, fields: Readonly<Record<string, string>>) =>
      owner.submit('/connect', '/connect/credentials', { account, ...fields }, '/connect/accounts'),
    act: (account: string, what: string) =>
      owner.submit('/connect', '/connect/account', { account, what }, '/connect/accounts'),
    accounts: () => vault.accountsOf(shop.store),
    offered: async () => {
      const [amount, currency] = [parseDecimal('49.90'), parseCurrency('USD')];
      if (!amount || !currency) throw new Error('unreachable');
      const offers = await offerAccounts(world.bridge.ports, shop.store, { amount, currency });
      return offers.filter(({ available }) => available).map(({ gateway }) => gateway);
    },
  };
};

describe("the accounts on a shop's page", () => {
  test('one is added, offered at checkout, tested and switched; its credentials are sealed and never shown', async () => {
    const scene = await opened();
    expect((await scene.owner.get('/connect')).text).toContain('None yet');
    const { config } = scene.simulators.gateways['crypto-pay'].createAccount({ testnet: true });
    const added = await scene.add('crypto-pay', typed(config));
    expect(added.status).toBe(200);
    expect(added.text).toContain('Crypto Pay: the account works.');

    const [account] = await scene.accounts();
    expect(account).toMatchObject({ gateway: 'crypto-pay', mode: 'test', enabled: true, config });
    const page = await scene.owner.get('/connect');
    expect(page.text).toContain(`${scene.bridge.publicUrl}/webhooks/crypto-pay/${account?.id}`);
    expect(page.text).not.toContain('no-account');
    expect(await scene.offered()).toEqual(['crypto-pay']);

    const id = account?.id ?? '';
    expect((await scene.act(id, 'test')).status).toBe(200);
    expect((await scene.act(id, 'off')).status).toBe(303);
    expect((await scene.owner.get('/connect')).text).toContain('switched off');
    expect(await scene.offered()).toEqual([]);
    expect((await scene.act(id, 'on')).status).toBe(303);
    expect(await scene.offered()).toEqual(['crypto-pay']);

    const { token } = z.object({ token: z.string().min(10) }).parse(config);
    const places = { page: page.text, log: scene.log(), ledger: storedBytes(dirname(scene.file)) };
    expect(leaksOf(new Map([['token', token]]), places)).toEqual([]);
  });

  test('the test gateway needs no credentials, and is not to be had where real money is taken', async () => {
    const scene = await opened();
    expect((await scene.add('test')).status).toBe(200);
    expect(await scene.offered()).toEqual(['test']);
    await scene.bridge.vault.setMode(scene.store, 'live');
    const refused = await scene.add('test');
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Choose a gateway from the list.');
    expect(await scene.accounts()).toHaveLength(1);
  });

  test.each([
    'crypto-pay',
    'cryptopayment-center',
    'gatenoc',
    'teleport-pay',
    'ton-nft',
    'xrocket-pay',
  ] as const)('%s has a form of its own, and what is typed into it is the account', async (gateway) => {
    const scene = await opened();
    const { config } = scene.simulators.gateways[gateway].createAccount();
    const added = await scene.add(gateway, typed(config));
    expect(added.status, added.text).toBe(200);
    expect(await scene.accounts()).toMatchObject([{ gateway, config }]);
  });

  test('adding and testing say what is wrong and what to do', async () => {
    const scene = await opened();
    const { config } = scene.simulators.gateways['crypto-pay'].createAccount({ testnet: true });
    const wrong = { ...typed(config), token: '1:AAwrongwrongwrongwrongwrongwrongwrong' };
    const added = await scene.add('crypto-pay', wrong);
    expect(added.text).toMatch(/role="status"[\s\S]*What to do/);
    expect(added.text).not.toContain('the account works');
    const [account] = await scene.accounts();
    const tested = await scene.act(account?.id ?? '', 'test');
    expect(tested.text).toMatch(/role="status"[\s\S]*What to do/);
    for (const { text } of [added, tested]) expect(text).not.toContain(wrong.token);
  });

  test('credentials are replaced under the same account, and tried', async () => {
    const scene = await opened();
    const { createAccount } = scene.simulators.gateways['crypto-pay'];
    await scene.add('crypto-pay', {
      ...typed(createAccount({ testnet: true }).config),
      token: '1:AAwrongwrongwrongwrong',
    });
    const [before] = await scene.accounts();
    const { config } = createAccount({ testnet: true });
    const renewed = await scene.renew(before?.id ?? '', typed(config));
    expect(renewed.text).toContain('Crypto Pay: the account works.');
    expect(await scene.accounts()).toMatchObject([{ id: before?.id, config }]);
  });

  test('new credentials that move real money are refused for an account of test money', async () => {
    const scene = await opened();
    const { config } = scene.simulators.gateways['crypto-pay'].createAccount({ testnet: true });
    await scene.add('crypto-pay', typed(config));
    const [before] = await scene.accounts();
    const refused = await scene.renew(before?.id ?? '', { token: '12345:AASECRETSECRET' });
    expect(refused.status).toBe(422);
    expect(formIn(refused.text, '/connect/credentials', before?.id ?? '')).toMatch(/^ open>/);
    expect(alertIn(refused.text)).toContain('Crypto Pay: These credentials move real money');
    expect(await scene.accounts()).toEqual([before]);
  });

  test.each([
    [
      'no token',
      'crypto-pay',
      { acceptedAssets: 'TON' },
      /<p class="wrong" id="crypto-pay-token-wrong">This is needed/,
    ],
    [
      'a malformed id',
      'gatenoc',
      { merchantId: 'x', apiKey: 'SECRETSECRET', webhookSecret: 'SECRETSECRET' },
      /id="gatenoc-merchantId-wrong">This cannot be used/,
    ],
    [
      'two of three keys',
      'gatenoc',
      { apiKey: 'SECRETSECRET', webhookSecret: 'SECRETSECRET' },
      /Gatenoc: Something is missing[\s\S]*href="#gatenoc-merchantId">Merchant id<\/a>: This is needed/,
    ],
    [
      'an unknown network',
      'cryptopayment-center',
      {
        apiKey: 'pk_SECRETSECRET00000000',
        apiSecret: 'sk_SECRETSECRET00000000',
        appKey: 'x',
        networks: 'doge',
      },
      /cannot be used/,
    ],
    [
      'real money in a test shop',
      'crypto-pay',
      { token: '12345:AASECRETSECRET' },
      /moves real money, and the shop takes test money/,
    ],
  ] as const)(
    '%s is refused in words beside the field, and nothing of a secret is kept or shown',
    async (_name, gateway, fields, words) => {
      const scene = await opened();
      const refused = await scene.add(gateway, fields);
      expect(refused.status).toBe(422);
      const form = formIn(refused.text, '/connect/accounts', `value="${gateway}"`);
      expect(form).toMatch(/^ open>/);
      expect(`${alertIn(refused.text)}${form}`).toMatch(words);
      expect(refused.text).not.toContain('SECRETSECRET');
      expect(scene.log()).not.toContain('SECRETSECRET');
      expect(await scene.accounts()).toEqual([]);
    },
  );

  test('what is no secret stays in its field, whatever signs are in it', async () => {
    const scene = await opened();
    const refused = await scene.add('crypto-pay', { acceptedAssets: 'TON, "><script>', testnet: 'on' });
    const form = formIn(refused.text, '/connect/accounts', 'value="crypto-pay"');
    expect(form).toContain('value="TON, &quot;&gt;&lt;script&gt;"');
    expect(form).toMatch(/name="testnet" type="checkbox" value="on" checked/);
  });

  test.each(['test', 'crypto-pay'] as const)('the same %s account is not added twice', async (gateway) => {
    const scene = await opened();
    const { config } = scene.simulators.gateways['crypto-pay'].createAccount({ testnet: true });
    const fields = gateway === 'test' ? {} : typed(config);
    await scene.add(gateway, fields);
    const again = await scene.add(gateway, fields);
    expect(again.status).toBe(422);
    expect(alertIn(again.text)).toContain('The shop has this account already');
    expect(await scene.accounts()).toHaveLength(1);
  });

  test('a gateway that is not in the list is refused', async () => {
    const scene = await opened();
    const refused = await scene.add('paypal', { token: 'SECRETSECRET' });
    expect(refused).toMatchObject({ status: 422, text: expect.stringContaining('Choose a gateway') });
    expect(refused.text).not.toContain('SECRETSECRET');
  });

  test("another store's account is not touched", async () => {
    const scene = await opened();
    const other = await openShop(scene, { name: 'Other', seed: 2 });
    const { id } = await openAccount(scene, other.store, 'crypto-pay');
    for (const what of ['off', 'test'])
      expect((await scene.act(id, what)).text).toContain('This shop has no such account');
    const renewed = await scene.renew(id, { token: '12345:AAsecret', testnet: 'on' });
    expect(renewed.text).toContain('This shop has no such account');
    const { config } = (await scene.bridge.vault.account(id)) ?? {};
    expect(await scene.bridge.vault.account(id)).toMatchObject({ enabled: true });
    expect(JSON.stringify(config)).not.toContain('AAsecret');
  });

  test('who came by a pairing code sees no accounts and adds none', async () => {
    const scene = await opened();
    const code = await scene.bridge.vault.issueCode('pairing', scene.store, minutes(10));
    const paired = browser(scene.bridge.publicUrl);
    await paired.post('/connect', { store: scene.woo.url, token: code });
    const page = await paired.get('/connect');
    expect(page.status).toBe(200);
    expect(page.text).not.toContain('Gateway accounts');
    const state = page.hidden('/connect/check');
    const form = { gateway: 'test', state };
    expect((await paired.post('/connect/accounts', form)).status).toBe(403);
    expect(await scene.accounts()).toEqual([]);
  });

  test('a form is worth one use, and one from another site none', async () => {
    const scene = await opened();
    const page = await scene.owner.get('/connect');
    const form = { gateway: 'test', state: page.hidden('/connect/accounts') };
    expect(
      (await scene.owner.post('/connect/accounts', form, { 'sec-fetch-site': 'cross-site' })).status,
    ).toBe(403);
    expect((await scene.owner.post('/connect/accounts', form)).status).toBe(200);
    expect((await scene.owner.post('/connect/accounts', form)).status).toBe(403);
    expect(await scene.accounts()).toHaveLength(1);
  });
});
