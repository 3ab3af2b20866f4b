import { randomBytes } from 'node:crypto';
import {
  accountIdSchema,
  type Directory,
  defaultPolicy,
  minutes,
  storeIdSchema,
} from '@gatewright/payment-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { KeyRing } from '../../src/index.ts';
import type { LedgerPlace, OpenPlace } from '../ledger-place.ts';
import { virtualClock } from '../temp-ledger.ts';

const ring = (...ids: readonly string[]): KeyRing => ({
  current: ids[0] ?? '',
  keys: new Map(ids.map((id) => [id, new Uint8Array(randomBytes(32))])),
});

const shop = {
  name: 'Shop',
  mode: 'test',
  platform: 'woocommerce',
  url: 'https://shop.example/blog/',
} as const;
const nobody = storeIdSchema.parse('nobody');

export const describeVault = (engine: string, openPlace: OpenPlace): void => {
  describe(`the vault on ${engine}`, () => {
    let place: LedgerPlace;
    let clock: ReturnType<typeof virtualClock>;
    let opened: { readonly close: () => Promise<void> }[];
    beforeEach(async () => {
      place = await openPlace();
      clock = virtualClock();
      opened = [];
    });
    afterEach(async () => {
      for (const { close } of opened) await close();
      await place.remove();
    });

    const open = async (keys: KeyRing) => {
      const result = await place.open({ clock, random: randomBytes, keys });
      if (result.ok) opened.push(result);
      return result;
    };
    const mustOpen = async (keys = ring('k1')) => {
      const result = await open(keys);
      if (!result.ok) throw new Error(result.message);
      return result;
    };
    const openShop = async (keys?: KeyRing) => {
      const { vault, ...ledger } = await mustOpen(keys);
      const added = await vault.addStore(shop);
      if (!added.ok) throw new Error(added.reason);
      return { ...ledger, vault, store: added.store };
    };

    describe('stores', () => {
      it('are found by id and by any spelling of their URL', async () => {
        const { vault, store } = await openShop();
        expect(store).toMatchObject({ ...shop, url: 'https://shop.example/blog', policy: defaultPolicy });
        expect(await vault.store(store.id)).toEqual(store);
        for (const url of ['https://SHOP.example/blog', 'https://shop.example:443/blog//']) {
          expect(await vault.storeByUrl(url)).toEqual(store);
        }
        for (const url of ['https://shop.example/', 'http://shop.example/blog', 'shop.example/blog', '']) {
          expect(await vault.storeByUrl(url), url).toBeUndefined();
        }
        expect(await vault.stores()).toEqual([store]);
        expect(await vault.store(nobody)).toBeUndefined();
      });

      it('are one per URL, and the URL carries nothing but the shop', async () => {
        const { vault } = await openShop();
        const add = (url: string) => vault.addStore({ ...shop, url });
        expect(await add('https://shop.example/blog')).toEqual({ ok: false, reason: 'url-taken' });
        for (const url of [
          'ftp://x.example',
          'https://u:p@x.example',
          'https://x.example/?a',
          'https://x.example/#a',
        ]) {
          expect(await add(url), url).toEqual({ ok: false, reason: 'malformed-url' });
        }
      });

      it('keep their policy and their settings', async () => {
        const { vault, store } = await openShop();
        const policy = { ...defaultPolicy, latePayment: 'accept' } as const;
        expect(await vault.setPolicy(store.id, policy)).toBe(true);
        expect(await vault.setSettings(store.id, { holdStock: 60 })).toBe(true);
        expect(await vault.store(store.id)).toEqual({ ...store, policy, settings: { holdStock: 60 } });
        expect(await vault.setPolicy(nobody, policy)).toBe(false);
      });

      it('go live, and back to test', async () => {
        const { vault, store } = await openShop();
        for (const mode of ['live', 'test', 'live'] as const) {
          expect(await vault.setMode(store.id, mode)).toBe(true);
          expect(await vault.store(store.id)).toEqual({ ...store, mode });
        }
        expect(await vault.setMode(nobody, 'live')).toBe(false);
      });
    });

    describe('accounts', () => {
      it('are a directory for the core', async () => {
        const { vault, store } = await openShop();
        const config = { token: '123:abc', nested: { list: [1, 'ü'] } };
        const added = await vault.addAccount({
          store: store.id,
          gateway: 'crypto-pay',
          mode: 'test',
          config,
        });
        if (!added.ok) throw new Error(added.reason);
        const directory: Directory = vault;
        expect(added.account).toEqual({
          id: added.account.id,
          store: store.id,
          gateway: 'crypto-pay',
          mode: 'test',
          config,
          enabled: true,
        });
        expect(Buffer.from(added.account.id, 'base64url')).toHaveLength(16);
        expect(await directory.account(added.account.id)).toEqual(added.account);
        expect(await directory.accountsOf(store.id)).toEqual([added.account]);
        expect(await directory.accountsOf(nobody)).toEqual([]);
        expect(await directory.account(accountIdSchema.parse('nobody'))).toBeUndefined();
      });

      it('change their credentials and can be switched off', async () => {
        const { vault, store } = await openShop();
        const added = await vault.addAccount({ store: store.id, gateway: 'g', mode: 'test', config: 'old' });
        if (!added.ok) throw new Error(added.reason);
        const { id } = added.account;
        expect(await vault.setAccountConfig(id, 'new')).toBe(true);
        expect(await vault.setAccountEnabled(id, false)).toBe(true);
        expect(await vault.account(id)).toEqual({ ...added.account, config: 'new', enabled: false });
        const other = accountIdSchema.parse('nobody');
        expect([await vault.setAccountConfig(other, 1), await vault.setAccountEnabled(other, true)]).toEqual([
          false,
          false,
        ]);
      });

      it('keep one open configuration until any process seals another, and nobody can change it in place', async () => {
        const keys = ring('k1');
        const { vault, store } = await openShop(keys);
        const another = await mustOpen(keys);
        const config = { token: 'old', nested: { list: [1] } };
        const added = await vault.addAccount({ store: store.id, gateway: 'g', mode: 'test', config });
        if (!added.ok) throw new Error(added.reason);
        const { id } = added.account;
        const read = async (): Promise<unknown> => (await vault.account(id))?.config;
        const first = await read();
        expect(first).toEqual(config);
        expect(await read()).toBe(first);
        expect((await vault.accountsOf(store.id))[0]?.config).toBe(first);
        expect(() => Object.assign(first ?? {}, { token: 'changed' })).toThrow(TypeError);
        expect(await another.vault.setAccountConfig(id, { token: 'new' })).toBe(true);
        expect(await read()).toEqual({ token: 'new' });
        expect(await vault.setAccountConfig(id, config)).toBe(true);
        expect(await read()).toEqual(config);
      });

      it('belong to a store that exists and is live or test like them (invariant 13)', async () => {
        const { vault, store } = await openShop();
        const add = (id: typeof nobody, mode: 'live' | 'test') =>
          vault.addAccount({ store: id, gateway: 'g', mode, config: {} });
        expect(await add(store.id, 'live')).toEqual({ ok: false, reason: 'mode-differs' });
        expect(await add(nobody, 'test')).toEqual({ ok: false, reason: 'unknown-store' });
        expect(await vault.accountsOf(store.id)).toEqual([]);
      });
    });

    describe('plugin keys', () => {
      it('are two while one is being rotated, and never three', async () => {
        const { vault, store } = await openShop();
        const set = (keyId: string) => vault.setPluginKey(store.id, { keyId, secret: `secret of ${keyId}` });
        const valid = async () => (await vault.pluginKeysOf(store.id)).map(({ keyId }) => keyId);
        expect(await set('one')).toEqual({ ok: true });
        expect(await set('two')).toEqual({ ok: true });
        expect(await valid()).toEqual(['two', 'one']);
        expect(await set('three')).toEqual({ ok: true });
        expect(await valid()).toEqual(['three', 'two']);
        expect(await vault.findPluginKey('one')).toBeUndefined();
        expect(await vault.findPluginKey('two')).toMatchObject({ store: store.id, secret: 'secret of two' });
        await vault.endPluginKeyRotation(store.id);
        expect(await valid()).toEqual(['three']);
        await vault.endPluginKeyRotation(store.id);
        expect(await valid()).toEqual(['three']);
        await vault.removePluginKeys(store.id);
        expect(await valid()).toEqual([]);
      });

      it('have one store, and rotating one store’s keys leaves the others alone', async () => {
        const { vault, store } = await openShop();
        const second = await vault.addStore({ ...shop, url: 'https://other.example' });
        if (!second.ok) throw new Error(second.reason);
        await vault.setPluginKey(store.id, { keyId: 'a', secret: 'x' });
        const stolen = await vault.setPluginKey(second.store.id, { keyId: 'a', secret: 'y' });
        expect(stolen).toEqual({ ok: false, reason: 'key-id-taken' });
        for (const keyId of ['b', 'c', 'd'])
          await vault.setPluginKey(second.store.id, { keyId, secret: keyId });
        await vault.endPluginKeyRotation(second.store.id);
        await vault.removePluginKeys(second.store.id);
        expect(await vault.findPluginKey('a')).toMatchObject({ store: store.id, secret: 'x' });
        const unknown = await vault.setPluginKey(nobody, { keyId: 'z', secret: 'z' });
        expect(unknown).toEqual({ ok: false, reason: 'unknown-store' });
      });
    });

    it('replaces storefront credentials only when an operator says so (bridge-api.md, Pairing 3)', async () => {
      const { vault, store } = await openShop();
      const set = (credentials: unknown, replace: boolean, id = store.id) =>
        vault.setStorefrontCredentials(id, credentials, { replace });
      expect(await vault.storefrontCredentials(store.id)).toBeUndefined();
      expect(await set({ key: 'ck_1', secret: 'cs_1' }, false)).toEqual({ ok: true });
      expect(await set({ key: 'ck_2' }, false)).toEqual({ ok: false, reason: 'already-set' });
      expect(await vault.storefrontCredentials(store.id)).toEqual({ key: 'ck_1', secret: 'cs_1' });
      expect(await set({ key: 'ck_3' }, true)).toEqual({ ok: true });
      expect(await vault.storefrontCredentials(store.id)).toEqual({ key: 'ck_3' });
      expect(await set({}, true, nobody)).toEqual({ ok: false, reason: 'unknown-store' });
    });

    describe('one-time codes', () => {
      it('open once, for their purpose, within their time', async () => {
        const { vault, store } = await openShop();
        const code = await vault.issueCode('pairing', store.id, minutes(10));
        expect(Buffer.from(code, 'base64url')).toHaveLength(16);
        expect(await vault.redeemCode('wc-auth', code)).toEqual({ ok: false, reason: 'unknown-code' });
        clock.advance(minutes(10) - 1);
        const redeemed = await Promise.all(
          Array.from({ length: 20 }, () => vault.redeemCode('pairing', code)),
        );
        expect(redeemed.filter(({ ok }) => ok)).toEqual([{ ok: true, store: store.id }]);
        expect(redeemed.filter(({ ok }) => !ok)).toEqual(Array(19).fill({ ok: false, reason: 'used-code' }));
      });

      it('expire, and are forgotten later', async () => {
        const { vault, store } = await openShop();
        const code = await vault.issueCode('wc-auth', store.id, minutes(10));
        clock.advance(minutes(10));
        expect(await vault.redeemCode('wc-auth', code)).toEqual({ ok: false, reason: 'expired-code' });
        clock.advance(minutes(10) + 1);
        await vault.issueCode('wc-auth', store.id, minutes(10));
        expect(await vault.redeemCode('wc-auth', code)).toEqual({ ok: false, reason: 'unknown-code' });
      });
    });

    describe('nonces', () => {
      it('are used once per key among 20 parallel uses', async () => {
        const { vault } = await mustOpen();
        const use = (keyId: string) => vault.useNonce(keyId, 'nonce', clock.now() + minutes(10));
        const used = await Promise.all(Array.from({ length: 20 }, () => use('a')));
        expect(used.filter(Boolean)).toHaveLength(1);
        expect(await use('b')).toBe(true);
        expect(await use('a')).toBe(false);
      });

      it('are removed once they have expired', async () => {
        const { vault } = await mustOpen();
        const use = (nonce: string) => vault.useNonce('a', nonce, clock.now() + minutes(10));
        for (let i = 0; i < 30; i += 1) await use(`nonce-${i}`);
        clock.advance(minutes(10) - 1);
        expect(await use('nonce-7')).toBe(false);
        clock.advance(1);
        await use('one');
        await use('two');
        expect(await use('nonce-7')).toBe(true);
        expect(await use('one')).toBe(false);
      });
    });

    describe('keys', () => {
      const secret = 'sk_live_9d2f7a61c04e';

      const fillWithSecrets = async (keys: KeyRing) => {
        const shopLedger = await openShop(keys);
        const { vault, store } = shopLedger;
        const account = { store: store.id, gateway: 'g', mode: 'test', config: { token: secret } } as const;
        const added = await vault.addAccount(account);
        if (!added.ok) throw new Error(added.reason);
        await vault.setPluginKey(store.id, { keyId: 'plugin', secret });
        await vault.setStorefrontCredentials(store.id, { secret }, { replace: false });
        const code = await vault.issueCode('pairing', store.id, minutes(10));
        return { ...shopLedger, account: added.account, code };
      };
      const readSecrets = async (keys: KeyRing, account: Parameters<Directory['account']>[0]) => {
        const { vault, close } = await mustOpen(keys);
        const found = await vault.account(account);
        const read = [
          found?.config,
          (await vault.findPluginKey('plugin'))?.secret,
          found && (await vault.storefrontCredentials(found.store)),
        ];
        await close();
        return read;
      };
      const expected = [{ token: secret }, secret, { secret }];

      it('leave no secret readable in the files of the database or its log (invariant 15)', async () => {
        const { code, close, vault, store } = await fillWithSecrets(ring('k1'));
        await vault.addStore({ ...shop, name: 'a name that is no secret', url: 'https://visible.example' });
        for (const when of ['open', 'closed']) {
          const bytes = place.stored();
          // What is not sealed is found by the same search, so the search works.
          expect(bytes.includes('a name that is no secret'), when).toBe(true);
          expect(bytes.includes(store.id), when).toBe(true);
          for (const hidden of [secret, code, Buffer.from(secret).toString('base64url').slice(0, 20)]) {
            expect(bytes.includes(hidden), when).toBe(false);
          }
          if (when === 'open') await close();
        }
      });

      it('are proved when the ledger is opened: a missing one', async () => {
        const k1 = ring('k1');
        await (await fillWithSecrets(k1)).close();
        const refused = await open(ring('k2'));
        expect(refused).toMatchObject({ ok: false, reason: 'missing-key' });
        expect(refused.ok ? '' : refused.message).toContain('"k1"');
      });

      it('are proved when the ledger is opened: another one under the same id', async () => {
        const k1 = ring('k1');
        const { account, close } = await fillWithSecrets(k1);
        await close();
        const refused = await open(ring('k1'));
        expect(refused).toMatchObject({ ok: false, reason: 'wrong-key' });
        expect(await readSecrets(k1, account.id)).toEqual(expected);
      });

      it('are not needed for the ledger itself', async () => {
        await (await fillWithSecrets(ring('k1'))).close();
        const plain = await place.openWithoutKeys({ clock, random: randomBytes });
        expect(plain.ok).toBe(true);
        if (plain.ok) await plain.close();
      });

      it('are rotated: both open, everything is sealed anew, the old one can go', async () => {
        const both = ring('new', 'old');
        const old: KeyRing = { current: 'old', keys: both.keys };
        const onlyNew: KeyRing = {
          current: 'new',
          keys: new Map([...both.keys].filter(([id]) => id === 'new')),
        };
        const { account, close } = await fillWithSecrets(old);
        await close();
        expect(await readSecrets(both, account.id)).toEqual(expected);
        expect(await open(onlyNew)).toMatchObject({ ok: false, reason: 'missing-key' });
        const rotating = await mustOpen(both);
        expect(await rotating.vault.reseal()).toBe(3);
        await rotating.close();
        expect(await readSecrets(onlyNew, account.id)).toEqual(expected);
      });
    });
  });
};
