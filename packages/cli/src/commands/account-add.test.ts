import { writeFile } from 'node:fs/promises';
import { accountIdSchema } from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import { commandLine } from './command-line.fixture.ts';

const { gatewright, addStore, openVault, file } = commandLine();

const addTest = (store: string, ...more: string[]) =>
  gatewright(['account', 'add', '--store', store, '--gateway', 'test', ...more]);

const storedConfig = async (id: string): Promise<unknown> => {
  const opened = await openVault();
  const account = await opened.vault.account(accountIdSchema.parse(id));
  await opened.close();
  return account?.config;
};

describe('account add --gateway test', () => {
  it('needs no configuration: a key is made, sealed and not printed', async () => {
    const { code, out, err } = await addTest(await addStore());
    expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining("the bridge's own page") });
    const config = await storedConfig(out.trim());
    expect(config).toEqual({ key: expect.stringMatching(/^[\w-]{43}$/) });
    expect(out + err).not.toContain(String(Object.values(Object(config))[0]));
    expect((await gatewright(['account', 'list', '--json'])).out).toContain('"gateway":"test","mode":"test"');
  });

  it('makes another key for every account', async () => {
    const store = await addStore();
    const [first, second] = [(await addTest(store)).out.trim(), (await addTest(store)).out.trim()];
    expect(await storedConfig(first)).not.toEqual(await storedConfig(second));
  });

  it('takes a key from a file, and refuses one that is too short without repeating it', async () => {
    const store = await addStore();
    const config = { key: 'c'.repeat(64) };
    await writeFile(file('key.json'), JSON.stringify(config));
    const added = await addTest(store, '--config-file', file('key.json'));
    expect(await storedConfig(added.out.trim())).toEqual(config);
    await writeFile(file('key.json'), '{"key":"short"}');
    const refused = await addTest(store, '--config-file', file('key.json'));
    expect(refused).toMatchObject({ code: 1, out: '', err: expect.stringContaining('config-key') });
    expect(refused.err).not.toContain('short');
    expect(refused.err).not.toContain('docs/gateways');
  });

  it('invariant 13: a live store gets none', async () => {
    const store = await addStore('live', 'https://live.example');
    const refused = await addTest(store);
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toMatch(/takes no money, and this store is live[\s\S]*effect: Nothing was added/);
    expect((await gatewright(['account', 'list', '--json'])).out).toBe('');
  });

  it('is among the gateways that the help and the refusal name', async () => {
    const help = await gatewright(['account', 'add', '--help']);
    expect(help.out).toMatch(/xrocket-pay, test/);
    const refused = await gatewright(['account', 'add', '--store', 's', '--gateway', 'tset']);
    expect(refused.err).toContain('xrocket-pay, test');
  });

  it('account test says that it works, without a call', async () => {
    const { out } = await addTest(await addStore());
    const tested = await gatewright(['account', 'test', out.trim()]);
    expect(tested).toMatchObject({ code: 0, out: expect.stringContaining('Test payment') });
  });
});
