import { storeIdSchema } from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import { commandLine } from './command-line.fixture.ts';

const { gatewright, addStore, openVault } = commandLine();

const logo = 'https://shop.example/logo.png';

const inVault = async <T>(work: (vault: Awaited<ReturnType<typeof openVault>>['vault']) => Promise<T>) => {
  const opened = await openVault();
  try {
    return await work(opened.vault);
  } finally {
    await opened.close();
  }
};

const stored = (store: string) =>
  inVault(async (vault) => (await vault.store(storeIdSchema.parse(store)))?.settings);

const look = (store: string, ...options: string[]) => gatewright(['store', 'look', store, ...options]);

describe('store look', () => {
  it('shows what is there, and what is seen without it', async () => {
    const store = await addStore();
    const { code, out } = await look(store);
    expect(code).toBe(0);
    expect(out).toMatch(/^logo +none +the shop's name$/m);
    expect(out).toMatch(/^accent +none +#0b6b4b$/m);
    expect(await stored(store)).toBeNull();
  });

  it('sets one field after the other, and takes one away again', async () => {
    const store = await addStore();
    const first = await look(store, '--logo', logo);
    expect(first).toMatchObject({ code: 0, err: expect.stringContaining('next open or reload') });
    await look(store, '--accent', '#AA0055');
    expect(await stored(store)).toEqual({ look: { logoUrl: logo, accent: '#AA0055' } });
    expect(JSON.parse((await look(store, '--json')).out)).toEqual({ logo, accent: '#AA0055' });
    await look(store, '--logo', 'none');
    expect(await stored(store)).toEqual({ look: { accent: '#AA0055' } });
  });

  it('keeps the other settings and the other fields of the look', async () => {
    const store = await addStore();
    const others = { restOnly: { methods: ['bacs'] }, look: { radius: 0, logoUrl: null } };
    await inVault((vault) => vault.setSettings(storeIdSchema.parse(store), others));
    expect(await look(store, '--accent', '#0b6b4b')).toMatchObject({ code: 0 });
    expect(await stored(store)).toEqual({ ...others, look: { radius: 0, accent: '#0b6b4b' } });
  });

  it.each([
    ['http', ['--logo', 'http://shop.example/logo.png'], 'Give --logo'],
    ['no address', ['--logo', 'logo.png'], 'Give --logo'],
    ['a script', ['--logo', 'javascript:alert(1)'], 'Give --logo'],
    ['a policy in the host', ['--logo', "https://a.example;script-src 'unsafe-inline'/l.png"], 'Give --logo'],
    ['a very long address', ['--logo', `https://shop.example/${'a'.repeat(500)}`], 'Give --logo'],
    ['a colour by name', ['--accent', 'red'], 'Give --accent'],
    ['three digits', ['--accent', '#fff'], 'Give --accent'],
    ['a style', ['--accent', '#ffffff;}*{display:none'], 'Give --accent'],
    ['a good logo beside a bad colour', ['--logo', logo, '--accent', 'red'], 'Give --accent'],
  ])('refuses %s and changes nothing', async (_what, options, said) => {
    const store = await addStore();
    const { code, out, err } = await look(store, ...options);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(said);
    expect(await stored(store)).toBeNull();
  });

  it('overwrites no settings that it cannot read', async () => {
    const store = await addStore();
    await inVault((vault) => vault.setSettings(storeIdSchema.parse(store), ['something else']));
    expect(await look(store, '--accent', '#0b6b4b')).toMatchObject({ code: 1, out: '' });
    expect(await stored(store)).toEqual(['something else']);
  });

  it('knows no other store', async () => {
    await addStore();
    expect(await look('nobody', '--accent', '#0b6b4b')).toMatchObject({ code: 1, out: '' });
  });
});
