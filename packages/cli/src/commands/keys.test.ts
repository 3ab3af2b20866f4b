import { parseKeyRing } from '@gatewright/payment-ledger';
import { describe, expect, it } from 'vitest';
import { commandLine, keys } from './command-line.fixture.ts';

const { gatewright, addStore, addAccount } = commandLine();

describe('keys', () => {
  it('new prints a key ring that the ledger reads, on a line of its own', async () => {
    const { code, lines } = await gatewright(['keys', 'new']);
    expect(code).toBe(0);
    expect(lines).toHaveLength(1);
    expect(parseKeyRing(lines[0])).toMatchObject({ ok: true });
  });

  it('new takes a name', async () => {
    expect((await gatewright(['keys', 'new', '--id', 'may'])).out).toMatch(/^may:[A-Za-z0-9+/]{43}=\n$/);
  });

  it('rotate makes the older key unnecessary, and says which one that is', async () => {
    await addAccount(await addStore());
    const newer = `k2:${Buffer.alloc(32, 8).toString('base64')}`;
    expect((await gatewright(['account', 'list'], { GATEWRIGHT_KEYS: newer })).code).toBe(1);
    expect(await gatewright(['keys', 'rotate'], { GATEWRIGHT_KEYS: `${newer},${keys}` })).toMatchObject({
      code: 0,
      out: '1 secrets are sealed with the key "k2" now.\n',
      err: expect.stringContaining('take "k1" out of GATEWRIGHT_KEYS'),
    });
    expect(await gatewright(['account', 'list'], { GATEWRIGHT_KEYS: newer })).toMatchObject({ code: 0 });
    expect((await gatewright(['account', 'list'])).code).toBe(1);
  });

  it('rotate with one key in the ring seals nothing and says what comes first', async () => {
    await addAccount(await addStore());
    expect(await gatewright(['keys', 'rotate'])).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(/one key, "k1"[\s\S]*effect: Nothing was sealed anew[\s\S]*keys new/),
    });
    expect((await gatewright(['account', 'list'])).code).toBe(0);
  });

  it('rotate is the only name for it', async () => {
    expect(await gatewright(['keys', 'reseal'])).toMatchObject({ code: 2, out: '' });
  });

  it.each([
    ['none', ''],
    ['a malformed one', 'k1:short'],
    ['another one under the same name', `k1:${Buffer.alloc(32, 9).toString('base64')}`],
  ])('with %s nothing is opened, and no key is repeated', async (_what, ring) => {
    await addStore();
    const { code, out, err } = await gatewright(['store', 'list'], { GATEWRIGHT_KEYS: ring });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(/cause: .*\neffect: .*\nremedy: /);
    if (ring !== '') expect(err).not.toContain(ring.slice(3));
  });
});
