import { storeIdSchema } from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import { commandLine } from './command-line.fixture.ts';

const { gatewright, addStore, addAccount, openVault } = commandLine();

const stored = async (store: string) => {
  const opened = await openVault();
  const record = await opened.vault.store(storeIdSchema.parse(store));
  await opened.close();
  return record?.mode;
};

describe('store mode', () => {
  it('goes live, says what follows, and that there is no live account', async () => {
    const store = await addStore('test');
    await addAccount(store);
    const { code, out, err } = await gatewright(['store', 'mode', store, 'live']);
    expect({ code, out }).toEqual({ code: 0, out: `Shop ${store}: live\n` });
    expect(err).toContain('real money: only live accounts are offered');
    expect(err).toContain('gatewright review list');
    expect(err).toContain('No live account is enabled');
    expect(await stored(store)).toBe('live');
  });

  it('goes back to test money, where its test account is offered again', async () => {
    const store = await addStore('test');
    await addAccount(store);
    await gatewright(['store', 'mode', store, 'live']);
    const { code, err } = await gatewright(['store', 'mode', store, 'test']);
    expect(code).toBe(0);
    expect(err).toContain('only test accounts are offered');
    expect(err).toContain(`Next: gatewright store test ${store}`);
    expect(await stored(store)).toBe('test');
  });

  it('tells of no change where there is none', async () => {
    const store = await addStore('live');
    const { code, out, err } = await gatewright(['store', 'mode', store, 'live']);
    expect({ code, out }).toEqual({ code: 0, out: `Shop ${store}: live, as before\n` });
    expect(err).not.toContain('From now on');
  });

  it('counts no account that is switched off', async () => {
    const store = await addStore('test');
    const account = (await addAccount(store)).out.trim();
    expect(await gatewright(['account', 'disable', account])).toMatchObject({ code: 0 });
    const { err } = await gatewright(['store', 'mode', store, 'test']);
    expect(err).toContain('No test account is enabled');
  });

  it('takes no other mode and knows no other store, also one whose id begins with a dash', async () => {
    const store = await addStore('test');
    expect(await gatewright(['store', 'mode', store, 'sandbox'])).toMatchObject({ code: 2, out: '' });
    for (const id of ['nobody', '-nobodynobodynobodyno0'])
      expect(await gatewright(['store', 'mode', id, 'live'])).toMatchObject({
        code: 1,
        out: '',
        err: expect.stringContaining(`There is no store ${id}.`),
      });
    expect(await stored(store)).toBe('test');
  });
});
