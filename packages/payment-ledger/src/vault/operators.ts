import { createHash, timingSafeEqual } from 'node:crypto';
import { newRowId, parseOperatorName, type StoreId } from '@gatewright/payment-core';
import type { Selectable } from 'kysely';
import type { OperatorsTable } from './schema.ts';
import type { VaultContext } from './vault-context.ts';

/** A person, or a tool in a person's name, who may resolve reviews of one store. */
export interface Operator {
  readonly id: string;
  readonly store: StoreId;
  /** Recorded as "who" with everything this credential decides (invariant 14). */
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** Null while the credential is valid. */
  readonly revokedAt: number | null;
}

export type AddOperatorResult =
  /** `token` is told this once: the ledger keeps a digest of it. */
  | { readonly ok: true; readonly operator: Operator; readonly token: string }
  /** `name-taken`: a valid credential of this store has the name. */
  | { readonly ok: false; readonly reason: 'unknown-store' | 'malformed-name' | 'name-taken' };

export interface OperatorVault {
  addOperator(store: StoreId, name: string): Promise<AddOperatorResult>;
  /** Oldest first, revoked ones included. */
  operatorsOf(store: StoreId): Promise<readonly Operator[]>;
  /** From now on the token is worth nothing. False: no such valid credential. */
  revokeOperator(id: string): Promise<boolean>;
  /** Whose valid credential of this store the token is. */
  operatorByToken(store: StoreId, token: string): Promise<Operator | undefined>;
}

const SECRET_BYTES = 32;
const TOKEN = /^gwo_([\w-]{22})\.[\w-]{43}$/;

const digestOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Compared with when there is no such credential, so that both take the same way. */
const nobody = '0'.repeat(64);

const operatorOf = (row: Selectable<OperatorsTable>): Operator => ({
  id: row.id,
  store: row.store,
  name: row.name,
  createdAt: row.created_at,
  revokedAt: row.revoked_at,
});

export const operatorVault = ({ engine, clock, random }: VaultContext): OperatorVault => ({
  addOperator: (store, given) =>
    engine.write(async (db): Promise<AddOperatorResult> => {
      const name = parseOperatorName(given);
      if (name === undefined) return { ok: false, reason: 'malformed-name' };
      const owner = await db.selectFrom('stores').select('id').where('id', '=', store).executeTakeFirst();
      if (owner === undefined) return { ok: false, reason: 'unknown-store' };
      const id = newRowId(random);
      const token = `gwo_${id}.${Buffer.from(random(SECRET_BYTES)).toString('base64url')}`;
      const row = await db
        .insertInto('operators')
        .values({ id, store, name, digest: digestOf(token), created_at: clock.now(), revoked_at: null })
        .onConflict((conflict) =>
          conflict.columns(['store', 'name']).where('revoked_at', 'is', null).doNothing(),
        )
        .returningAll()
        .executeTakeFirst();
      if (row === undefined) return { ok: false, reason: 'name-taken' };
      return { ok: true, operator: operatorOf(row), token };
    }),
  async operatorsOf(store) {
    const rows = await engine.read((db) =>
      db.selectFrom('operators').selectAll().where('store', '=', store).orderBy('seq').execute(),
    );
    return rows.map(operatorOf);
  },
  async revokeOperator(id) {
    const { numUpdatedRows } = await engine.write((db) =>
      db
        .updateTable('operators')
        .set({ revoked_at: clock.now() })
        .where('id', '=', id)
        .where('revoked_at', 'is', null)
        .executeTakeFirstOrThrow(),
    );
    return numUpdatedRows === 1n;
  },
  async operatorByToken(store, token) {
    const [, id] = TOKEN.exec(token) ?? [];
    const row =
      id === undefined
        ? undefined
        : await engine.read((db) =>
            db
              .selectFrom('operators')
              .selectAll()
              .where('id', '=', id)
              .where('store', '=', store)
              .where('revoked_at', 'is', null)
              .executeTakeFirst(),
          );
    const genuine = timingSafeEqual(
      Buffer.from(digestOf(token), 'hex'),
      Buffer.from(row?.digest ?? nobody, 'hex'),
    );
    return row !== undefined && genuine ? operatorOf(row) : undefined;
  },
});
