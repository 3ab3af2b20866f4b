import { describe, expect, it } from 'vitest';
import { commandLine, now } from './command-line.fixture.ts';

const { gatewright, addStore, openVault } = commandLine();

describe('pair', () => {
  it('makes one string with the address of the bridge and a code that the vault takes once', async () => {
    const store = await addStore();
    const { code, out } = await gatewright(['pair', '--store', store], {
      PUBLIC_URL: 'https://pay.example/',
    });
    expect(code).toBe(0);
    const [address, secret = ''] = out.trim().split('#');
    expect(address).toBe('https://pay.example');
    expect(secret).toMatch(/^[A-Za-z0-9_-]{22}$/);
    const opened = await openVault(now + 9 * 60_000);
    expect(await opened.vault.redeemCode('pairing', secret)).toEqual({ ok: true, store });
    expect(await opened.vault.redeemCode('pairing', secret)).toEqual({ ok: false, reason: 'used-code' });
    await opened.close();
  });

  it('needs to know where the bridge is', async () => {
    const store = await addStore();
    expect(await gatewright(['pair', '--store', store])).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('PUBLIC_URL'),
    });
  });
});
