import { describe, expect, it } from 'vitest';
import { commandLine, cryptoPayConfig } from './command-line.fixture.ts';

const { gatewright, addStore, addAccount } = commandLine();

describe('store and account', () => {
  it('a store is added once per address, and listed', async () => {
    const id = await addStore('live');
    const again = await gatewright([
      'store',
      'add',
      '--name',
      'B',
      '--url',
      'https://SHOP.example',
      '--mode',
      'live',
    ]);
    expect(again).toMatchObject({ code: 1, out: '', err: expect.stringContaining('there already') });
    const listed = await gatewright(['store', 'list', '--json']);
    expect(listed.lines.map((line) => JSON.parse(line))).toEqual([
      {
        id,
        name: 'Shop',
        platform: 'woocommerce',
        mode: 'live',
        url: 'https://shop.example',
        createdAt: '2026-06-01T12:00:00.000Z',
      },
    ]);
    expect((await gatewright(['store', 'list'])).lines[1]).toContain(id);
  });

  it("an account's credentials come by standard input, are sealed and never printed", async () => {
    const store = await addStore();
    const added = await addAccount(store);
    expect(added.code).toBe(0);
    const listed = await gatewright(['account', 'list', '--json']);
    expect(JSON.parse(listed.out)).toEqual({
      id: added.out.trim(),
      store,
      gateway: 'crypto-pay',
      mode: 'test',
      enabled: true,
    });
    const table = await gatewright(['account', 'list', '--store', store]);
    expect(table.out).toContain(added.out.trim());
    for (const { out, err } of [added, listed, table]) expect(out + err).not.toContain(cryptoPayConfig.token);
    expect((await gatewright(['account', 'list', '--store', 'other'])).out).toBe('');
  });

  it('with PUBLIC_URL the address for webhooks is shown', async () => {
    const store = await addStore();
    const { out, err } = await gatewright(['account', 'add', '--store', store, '--gateway', 'crypto-pay'], {
      input: JSON.stringify(cryptoPayConfig),
      PUBLIC_URL: 'https://pay.example/',
    });
    expect(err).toContain(`https://pay.example/webhooks/crypto-pay/${out.trim()}`);
  });

  it('invariant 13: a live account is not added to a test store, nor a test account to a live store', async () => {
    const live = await addStore('live', 'https://live.example');
    const test = await addStore('test', 'https://test.example');
    const refused = { code: 1, out: '', err: expect.stringContaining('Test money must not pay live orders') };
    expect(await addAccount(live)).toMatchObject(refused);
    expect(await addAccount(test, { token: cryptoPayConfig.token })).toMatchObject(refused);
  });

  it('a configuration that cannot be used is refused by its key, without its values', async () => {
    const store = await addStore();
    const { code, err } = await addAccount(store, { token: 'se cret' });
    expect(code).toBe(1);
    expect(err).toContain('config-token');
    expect(err).not.toContain('se cret');
  });

  it.each([
    ['no JSON', '{"token":"hidden'],
    ['too long', `"${'hidden'.repeat(20_000)}"`],
    ['empty', ''],
  ])('standard input that is %s is not repeated', async (_what, input) => {
    const store = await addStore();
    const { code, err } = await gatewright(['account', 'add', '--store', store, '--gateway', 'crypto-pay'], {
      input,
    });
    expect(code).toBe(1);
    expect(err).not.toContain('hidden');
  });

  it('unknown stores and accounts are said to be unknown', async () => {
    for (const args of [
      ['account', 'test', 'nobody'],
      ['account', 'test', '-starts-with-a-dash'],
      ['store', 'test', 'nobody'],
      ['review', 'explain', 'nobody', '--store', 'nobody'],
    ]) {
      expect(await gatewright(args)).toMatchObject({
        code: 1,
        out: '',
        err: expect.stringContaining('There is no'),
      });
    }
    expect(await addAccount('nobody')).toMatchObject({
      code: 1,
      err: expect.stringContaining('no store nobody'),
    });
  });
});
