import { storeIdSchema } from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import { commandLine } from './command-line.fixture.ts';

const { gatewright, addStore, openVault } = commandLine();

const who = async (store: string, token: string): Promise<string | undefined> => {
  const opened = await openVault();
  const operator = await opened.vault.operatorByToken(storeIdSchema.parse(store), token);
  await opened.close();
  return operator?.name;
};

const add = (store: string, name = 'ann') =>
  gatewright(['operator', 'add', '--store', store, '--name', name]);

describe('operator', () => {
  it('prints a token once, which is worth something at its own store and nowhere else', async () => {
    const [store, other] = [await addStore(), await addStore('test', 'https://b.example')];
    const { code, lines } = await add(store);
    expect({ code, count: lines.length }).toEqual({ code: 0, count: 1 });
    const token = lines[0] ?? '';
    expect(await who(store, token)).toBe('ann');
    expect(await who(other, token)).toBeUndefined();
    for (const args of [[], ['--json']]) {
      const listed = await gatewright(['operator', 'list', '--store', store, ...args]);
      expect(listed.out).toContain('ann');
      expect(listed.out + listed.err).not.toContain(token.split('.')[1]);
    }
  });

  it('revoked, it is worth nothing and the list says so', async () => {
    const store = await addStore();
    const token = (await add(store)).out.trim();
    const list = () => gatewright(['operator', 'list', '--store', store, '--json']);
    const { id } = JSON.parse((await list()).out);
    expect(await gatewright(['operator', 'revoke', id])).toMatchObject({ code: 0 });
    expect(await who(store, token)).toBeUndefined();
    expect(JSON.parse((await list()).out)).toEqual({
      id,
      name: 'ann',
      createdAt: '2026-06-01T12:00:00.000Z',
      revokedAt: '2026-06-01T12:00:00.000Z',
    });
    expect(await gatewright(['operator', 'revoke', id])).toMatchObject({ code: 1, out: '' });
  });

  it('is added under a name that can be recorded and is not taken, at a store that is there', async () => {
    const store = await addStore();
    await add(store);
    expect(await add(store)).toMatchObject({ code: 1, out: '', err: expect.stringContaining('revoke') });
    expect(await add(store, '\u001b[2J')).toMatchObject({ code: 2, out: '' });
    expect(await add('nobody')).toMatchObject({ code: 1, out: '' });
    expect(await gatewright(['operator', 'list', '--store', '?'])).toMatchObject({ code: 1, out: '' });
    expect(await gatewright(['operator', 'revoke', 'nobody'])).toMatchObject({ code: 1, out: '' });
  });
});
