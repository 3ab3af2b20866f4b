import { writeFile } from 'node:fs/promises';
import { accountIdSchema } from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import { commandLine, cryptoPayConfig } from './command-line.fixture.ts';

const { gatewright, addStore, addAccount, openVault, file } = commandLine();

const stored = async (id: string) => {
  const opened = await openVault();
  const account = await opened.vault.account(accountIdSchema.parse(id));
  await opened.close();
  return account;
};

const renewed = { ...cryptoPayConfig, token: '12345:BBccDDeeFFggHHiiJJkkLLmmNNooPPqqRRs' };

describe('account update', () => {
  it('replaces the credentials; id and address for webhooks stay, and no secret is printed', async () => {
    const id = (await addAccount(await addStore())).out.trim();
    await writeFile(file('new.json'), JSON.stringify(renewed));
    const updated = await gatewright(['account', 'update', id, '--config-file', file('new.json')], {
      PUBLIC_URL: 'https://pay.example',
    });
    expect(updated).toMatchObject({
      code: 0,
      out: `Crypto Pay ${id}: the new configuration is in use\n`,
      err: expect.stringContaining(`https://pay.example/webhooks/crypto-pay/${id}`),
    });
    expect(await stored(id)).toMatchObject({ id, config: renewed, enabled: true });
    for (const token of [renewed.token, cryptoPayConfig.token])
      expect(updated.out + updated.err).not.toContain(token);
  });

  it.each([[['--config-file', '-']], [[]]])('takes standard input for %j', async (options) => {
    const id = (await addAccount(await addStore())).out.trim();
    const input = JSON.stringify(renewed);
    expect(await gatewright(['account', 'update', id, ...options], { input })).toMatchObject({ code: 0 });
    expect(await stored(id)).toMatchObject({ config: renewed });
  });

  it.each([
    ['no JSON', '{"token":"hidden', 'holds no JSON'],
    ['no configuration', '{"token":"hid den"}', 'config-token'],
    ['of live money', '{"token":"12345:hiddenhiddenhiddenhiddenhiddenhidden"}', 'live configuration'],
  ])('that is %s changes nothing and is not repeated', async (_what, input, cause) => {
    const id = (await addAccount(await addStore())).out.trim();
    const { code, out, err } = await gatewright(['account', 'update', id], { input });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(cause);
    expect(err).not.toContain('hid');
    expect(await stored(id)).toMatchObject({ config: cryptoPayConfig });
  });

  it('knows no other account, and no file that cannot be read', async () => {
    await addStore();
    const input = JSON.stringify(renewed);
    for (const id of ['nobody', '-dash', 'not an id']) {
      expect(await gatewright(['account', 'update', id], { input })).toMatchObject({ code: 1, out: '' });
    }
    const missing = ['account', 'update', 'nobody', '--config-file', file('missing.json')];
    expect(await gatewright(missing)).toMatchObject({
      code: 1,
      err: expect.stringContaining('cannot be read'),
    });
  });
});

describe('account disable and enable', () => {
  it('switch an account off and on, and keep its credentials', async () => {
    const id = (await addAccount(await addStore())).out.trim();
    const disabled = await gatewright(['account', 'disable', id]);
    expect(disabled).toMatchObject({ code: 0, err: expect.stringContaining('still watched') });
    expect(await stored(id)).toMatchObject({ enabled: false, config: cryptoPayConfig });
    expect((await gatewright(['account', 'list'])).lines[1]).toMatch(/no$/);
    expect(await gatewright(['account', 'enable', id])).toMatchObject({ code: 0 });
    expect(await stored(id)).toMatchObject({ enabled: true });
    expect(await gatewright(['account', 'disable', 'nobody'])).toMatchObject({ code: 1, out: '' });
  });
});
