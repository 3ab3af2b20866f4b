import { randomBytes } from 'node:crypto';
import { type StoreId, storeIdSchema } from '@gatewright/payment-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Vault } from '../../src/index.ts';
import type { LedgerPlace, OpenPlace } from '../ledger-place.ts';
import { virtualClock } from '../temp-ledger.ts';

const keys = { current: 'k1', keys: new Map([['k1', new Uint8Array(randomBytes(32))]]) };

export const describeOperators = (engine: string, openPlace: OpenPlace): void => {
  describe(`operators on ${engine}`, () => {
    let clock: ReturnType<typeof virtualClock>;
    let close: () => Promise<void>;
    let place: LedgerPlace;
    let vault: Vault;
    let store: StoreId;

    const addStore = async (url: string): Promise<StoreId> => {
      const added = await vault.addStore({ name: 'Shop', mode: 'test', platform: 'woocommerce', url });
      if (!added.ok) throw new Error(added.reason);
      return added.store.id;
    };
    const add = async (name = 'ann', of = store) => {
      const added = await vault.addOperator(of, name);
      if (!added.ok) throw new Error(added.reason);
      return added;
    };

    beforeEach(async () => {
      clock = virtualClock();
      place = await openPlace();
      const opened = await place.open({ clock, random: randomBytes, keys });
      if (!opened.ok) throw new Error(opened.message);
      vault = opened.vault;
      close = async () => {
        await opened.close();
        await place.remove();
      };
      store = await addStore('https://a.example');
    });
    afterEach(() => close());

    it('are known by their token, at their store only', async () => {
      const other = await addStore('https://b.example');
      const { operator, token } = await add();
      expect(operator).toEqual({
        id: expect.stringMatching(/^[\w-]{22}$/),
        store,
        name: 'ann',
        createdAt: clock.now(),
        revokedAt: null,
      });
      expect(token).toMatch(/^gwo_[\w-]{22}\.[\w-]{43}$/);
      expect(await vault.operatorByToken(store, token)).toEqual(operator);
      expect(await vault.operatorByToken(other, token)).toBeUndefined();
    });

    it('are not known by anything else', async () => {
      const [ann, bob] = [await add('ann'), await add('bob')];
      const [annId, annSecret] = ann.token.split('.');
      const [, bobSecret] = bob.token.split('.');
      const last = annSecret?.endsWith('A') ? 'B' : 'A';
      for (const token of [
        '',
        'gwo_',
        annId ?? '',
        `${annId}.${bobSecret}`,
        `${annId}.${annSecret?.slice(0, -1)}${last}`,
        `${ann.token} `,
        `${ann.token}\n`,
        ann.token.toUpperCase(),
        'x'.repeat(100_000),
      ]) {
        expect(await vault.operatorByToken(store, token), token.slice(0, 80)).toBeUndefined();
      }
    });

    it('are worth nothing once revoked, and stay listed', async () => {
      const { operator, token } = await add();
      clock.advance(1_000);
      expect(await vault.revokeOperator(operator.id)).toBe(true);
      expect(await vault.operatorByToken(store, token)).toBeUndefined();
      expect(await vault.revokeOperator(operator.id)).toBe(false);
      expect(await vault.revokeOperator('nobody')).toBe(false);
      expect(await vault.operatorsOf(store)).toEqual([{ ...operator, revokedAt: clock.now() }]);
    });

    it('have names that are theirs alone while they are valid', async () => {
      const first = await add('Ann Ö.');
      expect(await vault.addOperator(store, ' Ann Ö. ')).toEqual({ ok: false, reason: 'name-taken' });
      const elsewhere = await add('Ann Ö.', await addStore('https://b.example'));
      expect(elsewhere.operator.name).toBe('Ann Ö.');
      await vault.revokeOperator(first.operator.id);
      const again = await add('Ann Ö.');
      expect((await vault.operatorsOf(store)).map(({ id }) => id)).toEqual([
        first.operator.id,
        again.operator.id,
      ]);
      for (const name of ['', '  ', 'a\nb', '\u001b[2J', '<b>', '-x', 'x'.repeat(65)]) {
        expect(await vault.addOperator(store, name), name).toEqual({ ok: false, reason: 'malformed-name' });
      }
      expect(await vault.addOperator(storeIdSchema.parse('nobody'), 'ann')).toEqual({
        ok: false,
        reason: 'unknown-store',
      });
    });

    it('invariant 15: the files of the ledger hold no token', async () => {
      const { token } = await add();
      const [, secret = ''] = token.split('.');
      const bytes = place.stored();
      expect(bytes.includes('operators')).toBe(true);
      expect(bytes.includes(secret)).toBe(false);
    });
  });
};
