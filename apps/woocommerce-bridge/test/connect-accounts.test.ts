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
    add: (gateway: string, config: string) =>
      owner.submit('/connect', '/connect/accounts', { gateway, config }),
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
    const { config } = scene.simulators.gateways['crypto-pay'].createAccount();
    expect((await scene.add('crypto-pay', JSON.stringify(config))).status).toBe(303);

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
    expect((await scene.add('test', '')).status).toBe(303);
    expect(await scene.offered()).toEqual(['test']);
    await scene.bridge.vault.setMode(scene.store, 'live');
    const refused = await scene.add('test', '');
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Choose a gateway from the list.');
    expect(await scene.accounts()).toHaveLength(1);
  });

  test('testing says what is wrong and what to do', async () => {
    const scene = await opened();
    const { config } = scene.simulators.gateways['crypto-pay'].createAccount();
    const wrong = { ...Object(config), token: '1:AAwrongwrongwrongwrongwrongwrongwrong' };
    await scene.add('crypto-pay', JSON.stringify(wrong));
    const [account] = await scene.accounts();
    const tested = await scene.act(account?.id ?? '', 'test');
    expect(tested.text).toMatch(/role="status"[\s\S]*What to do/);
    expect(tested.text).not.toContain(wrong.token);
  });

  test.each([
    ['no JSON', 'crypto-pay', '{"token": "12345:SECRETSECRET"', 'no JSON object'],
    ['a list', 'crypto-pay', '[]', 'cannot be used'],
    ['no token', 'crypto-pay', '{"secret":"SECRETSECRET"}', 'config-token'],
    ['no such gateway', 'paypal', '{"token":"SECRETSECRET"}', 'Choose a gateway'],
    ['real money in a test shop', 'crypto-pay', '{"token":"12345:AASECRETSECRET"}', 'live account'],
  ])('%s is refused in words, and nothing of it is kept or shown', async (_name, gateway, config, words) => {
    const scene = await opened();
    const refused = await scene.add(gateway, config);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain(words);
    expect(refused.text).not.toContain('SECRETSECRET');
    expect(scene.log()).not.toContain('SECRETSECRET');
    expect(await scene.accounts()).toEqual([]);
  });

  test("another store's account is not touched", async () => {
    const scene = await opened();
    const other = await openShop(scene, { name: 'Other', seed: 2 });
    const { id } = await openAccount(scene, other.store, 'crypto-pay');
    for (const what of ['off', 'test'])
      expect((await scene.act(id, what)).text).toContain('This shop has no such account');
    expect((await scene.bridge.vault.account(id))?.enabled).toBe(true);
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
    const form = { gateway: 'test', config: '', state };
    expect((await paired.post('/connect/accounts', form)).status).toBe(403);
    expect(await scene.accounts()).toEqual([]);
  });

  test('a form is worth one use, and one from another site none', async () => {
    const scene = await opened();
    const page = await scene.owner.get('/connect');
    const form = { gateway: 'test', config: '', state: page.hidden('/connect/accounts') };
    expect(
      (await scene.owner.post('/connect/accounts', form, { 'sec-fetch-site': 'cross-site' })).status,
    ).toBe(403);
    expect((await scene.owner.post('/connect/accounts', form)).status).toBe(303);
    expect((await scene.owner.post('/connect/accounts', form)).status).toBe(403);
    expect(await scene.accounts()).toHaveLength(1);
  });
});
