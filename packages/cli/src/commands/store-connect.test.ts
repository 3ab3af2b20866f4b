import { storeIdSchema } from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import { commandLine } from './command-line.fixture.ts';

const { gatewright, addStore, openVault } = commandLine();

const keys = (letter: string) => ({
  consumerKey: `ck_${letter.repeat(40)}`,
  consumerSecret: `cs_${letter.repeat(40)}`,
});

const stored = async (store: string): Promise<unknown> => {
  const opened = await openVault();
  const credentials = await opened.vault.storefrontCredentials(storeIdSchema.parse(store));
  await opened.close();
  return credentials;
};

const connect = (store: string, value: unknown, ...options: string[]) =>
  gatewright(['store', 'connect', store, ...options], {
    input: typeof value === 'string' ? value : JSON.stringify(value),
  });

describe('store connect', () => {
  it('stores the keys, replaces them only when told to, and prints none', async () => {
    const store = await addStore();
    const [first, second] = [keys('a'), { ...keys('b'), webhookSecret: 'w'.repeat(16) }];
    const connected = await connect(store, first);
    expect(connected).toMatchObject({ code: 0, out: `Shop ${store}: the REST keys are in use\n` });
    const again = await connect(store, second);
    expect(again).toMatchObject({ code: 1, out: '', err: expect.stringContaining('--replace') });
    expect(await stored(store)).toEqual(first);
    const replaced = await connect(store, second, '--replace', '--config-file', '-');
    expect(replaced.code).toBe(0);
    expect(await stored(store)).toEqual(second);
    expect((await connect(store, first, '--replace')).code).toBe(0);
    expect(await stored(store)).toEqual({ ...first, webhookSecret: second.webhookSecret });
    for (const { out, err } of [connected, again, replaced]) expect(out + err).not.toMatch(/c[ks]_[ab]{4}/);
  });

  it.each([
    ['no JSON', '{"consumerKey":"ck_hidden'],
    ['no object', '7'],
    ['a secret in the place of the key', { consumerKey: 'cs_hidden', consumerSecret: 'cs_hidden' }],
  ])('refuses %s and does not repeat it', async (_what, value) => {
    const store = await addStore();
    const { code, out, err } = await connect(store, value);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).not.toContain('hidden');
    expect(await stored(store)).toBeUndefined();
  });

  it('knows no other store', async () => {
    await addStore();
    expect(await connect('nobody', keys('a'))).toMatchObject({ code: 1, out: '' });
  });
});
