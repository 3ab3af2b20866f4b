import {
  type Account,
  type AccountId,
  type Mode,
  newAccountId,
  type StoreId,
} from '@gatewright/payment-core';
import type { Kysely, Selectable } from 'kysely';
import { prepared } from '../tables/prepared.ts';
import type { LedgerSchema } from '../tables/schema.ts';
import { readOncePerTurn } from './read-once-per-turn.ts';
import type { AccountsTable } from './schema.ts';
import { openSealed, type SealedPlace, type Sealer } from './seal.ts';
import type { VaultContext } from './vault-context.ts';

export interface NewAccount {
  readonly store: StoreId;
  readonly gateway: string;
  readonly mode: Mode;
  /** JSON for the gateway's own schema; sealed before it is stored. */
  readonly config: unknown;
}

export type AddAccountResult =
  | { readonly ok: true; readonly account: Account }
  /** `mode-differs`: an account and its store are either both live or both test (invariant 13). */
  | { readonly ok: false; readonly reason: 'unknown-store' | 'mode-differs' };

export interface AccountVault {
  account(id: AccountId): Promise<Account | undefined>;
  /** Oldest first. */
  accountsOf(store: StoreId): Promise<readonly Account[]>;
  addAccount(account: NewAccount): Promise<AddAccountResult>;
  /** False: no such account. */
  setAccountConfig(id: AccountId, config: unknown): Promise<boolean>;
  setAccountEnabled(id: AccountId, enabled: boolean): Promise<boolean>;
}

export const accountPlace = (row: { readonly store: StoreId; readonly id: AccountId }): SealedPlace => ({
  store: row.store,
  owner: row.id,
  field: 'account-config',
});

/** Accounts whose configurations are kept open; beyond it the one that was opened first is opened anew. */
const mostOpen = 10_000;

const frozen = (_key: string, value: unknown): unknown => Object.freeze(value);

/**
 * Opens a configuration once for as long as its sealed text stays the same, so that an account that is read for each
 * webhook also keeps the same object: what was computed from it is found by it. Whatever process seals another one, a
 * read in the next turn of the event loop sees it.
 */
const createOpener = (sealer: Sealer) => {
  const open = new Map<AccountId, { readonly sealed: string; readonly config: unknown }>();
  return (row: Selectable<AccountsTable>): unknown => {
    const before = open.get(row.id);
    if (before?.sealed === row.config) return before.config;
    const config: unknown = JSON.parse(openSealed(sealer, accountPlace(row), row.config), frozen);
    open.delete(row.id);
    open.set(row.id, { sealed: row.config, config });
    const [first] = open.keys();
    if (open.size > mostOpen && first !== undefined) open.delete(first);
    return config;
  };
};

const selectAccount = prepared((db, { id }: { readonly id: AccountId }) =>
  db.selectFrom('accounts').selectAll().where('id', '=', id),
);

export const accountVault = ({ engine, sealer, clock, random }: VaultContext): AccountVault => {
  const openConfig = createOpener(sealer);
  const accountOf = (row: Selectable<AccountsTable>): Account => {
    const { id, store, gateway, mode } = row;
    return { id, store, gateway, mode, config: openConfig(row), enabled: row.enabled === 1 };
  };

  const accounts = readOncePerTurn(async (id: AccountId) => {
    const [row] = (await engine.read((db) => selectAccount(db, { id }))).rows;
    return row === undefined ? undefined : accountOf(row);
  });
  const change = async <T>(work: (db: Kysely<LedgerSchema>) => Promise<T>): Promise<T> => {
    const changed = await engine.write(work);
    accounts.forget();
    return changed;
  };

  return {
    account: accounts.read,
    async accountsOf(store) {
      const rows = await engine.read((db) =>
        db.selectFrom('accounts').selectAll().where('store', '=', store).orderBy('seq').execute(),
      );
      return rows.map(accountOf);
    },
    addAccount: ({ store, gateway, mode, config }) =>
      change(async (db): Promise<AddAccountResult> => {
        const owner = await db.selectFrom('stores').select('mode').where('id', '=', store).executeTakeFirst();
        if (owner === undefined) return { ok: false, reason: 'unknown-store' };
        if (owner.mode !== mode) return { ok: false, reason: 'mode-differs' };
        const id = newAccountId(random);
        const row = await db
          .insertInto('accounts')
          .values({
            id,
            store,
            gateway,
            mode,
            config: sealer.seal(accountPlace({ store, id }), JSON.stringify(config ?? null)),
            enabled: 1,
            created_at: clock.now(),
          })
          .returningAll()
          .executeTakeFirstOrThrow();
        return { ok: true, account: accountOf(row) };
      }),
    setAccountConfig: (id, config) =>
      change(async (db) => {
        const row = await db
          .selectFrom('accounts')
          .select(['id', 'store'])
          .where('id', '=', id)
          .executeTakeFirst();
        if (row === undefined) return false;
        const sealed = sealer.seal(accountPlace(row), JSON.stringify(config ?? null));
        await db.updateTable('accounts').set({ config: sealed }).where('id', '=', id).execute();
        return true;
      }),
    async setAccountEnabled(id, enabled) {
      const { numUpdatedRows } = await change((db) =>
        db
          .updateTable('accounts')
          .set({ enabled: Number(enabled) })
          .where('id', '=', id)
          .executeTakeFirstOrThrow(),
      );
      return numUpdatedRows === 1n;
    },
  };
};
