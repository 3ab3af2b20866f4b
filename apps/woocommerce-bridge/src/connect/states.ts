import { createHash } from 'node:crypto';
import { type Clock, minutes, type RandomBytes, type StoreId, storeIdSchema } from '@gatewright/payment-core';
import type { SqlLedger, SqlRow, SqlTransaction } from '@gatewright/payment-ledger';

/**
 * `session`: an owner who signed in; `form`: one submission of one of our forms; `callback`: WooCommerce's unsigned
 * callback (bridge-api.md, Pairing 3); `ticket`: from a fresh pairing on to the REST keys.
 */
export type StatePurpose = 'session' | 'form' | 'callback' | 'ticket';

/** What a state of 128 random bits stands for; only its digest is kept. */
export interface ConnectState {
  readonly store: StoreId;
  /** Who signed in with a token of the store; null: came by a pairing, and may not replace anything. */
  readonly operator: string | null;
  /** Digest of the session that a form belongs to. */
  readonly session: string | null;
  /** The page of the shop that the owner came from, at the shop's own address. */
  readonly returnUrl: string | null;
}

const lifetimes: Readonly<Record<StatePurpose, number>> = {
  session: minutes(30),
  form: minutes(10),
  callback: minutes(10),
  ticket: minutes(10),
};

const STATE = /^[\w-]{22}$/;

export const stateDigest = (code: string): string => createHash('sha256').update(code).digest('hex');

export interface ConnectStates {
  issue(purpose: StatePurpose, state: ConnectState): Promise<string>;
  /** Uses it up, whatever comes of it. Undefined: unknown, used, expired, or of another purpose. */
  use(purpose: StatePurpose, code: string): Promise<ConnectState | undefined>;
  /** Leaves it valid: for sessions. */
  look(purpose: StatePurpose, code: string): Promise<ConnectState | undefined>;
}

const textOrNull = (value: SqlRow[string] | undefined): string | null =>
  typeof value === 'string' ? value : null;

const stateOf = (row: SqlRow): ConnectState => ({
  store: storeIdSchema.parse(row.store),
  operator: textOrNull(row.operator),
  session: textOrNull(row.session),
  returnUrl: textOrNull(row.return_url),
});

export const createConnectStates = (ledger: SqlLedger, clock: Clock, random: RandomBytes): ConnectStates => {
  const find = async (
    tx: SqlTransaction,
    purpose: StatePurpose,
    code: string,
  ): Promise<SqlRow | undefined> => {
    const [row] = await tx.sql`select * from woocommerce_states
      where digest = ${stateDigest(code)} and purpose = ${purpose} and used_at is null and expires_at > ${clock.now()}`;
    return row;
  };
  return {
    issue: (purpose, { store, operator, session, returnUrl }) =>
      ledger.transact(async (tx) => {
        const now = clock.now();
        const code = Buffer.from(random(16)).toString('base64url');
        await tx.sql`delete from woocommerce_states where expires_at < ${now}`;
        await tx.sql`insert into woocommerce_states (digest, purpose, store, operator, session, return_url, expires_at)
          values (${stateDigest(code)}, ${purpose}, ${store}, ${operator}, ${session}, ${returnUrl}, ${now + lifetimes[purpose]})`;
        return code;
      }),
    use: async (purpose, code) => {
      if (!STATE.test(code)) return undefined;
      return ledger.transact(async (tx) => {
        const row = await find(tx, purpose, code);
        if (row === undefined) return undefined;
        const used = await tx.sql`update woocommerce_states set used_at = ${clock.now()}
          where digest = ${stateDigest(code)} and used_at is null returning digest`;
        return used.length === 1 ? stateOf(row) : undefined;
      });
    },
    look: async (purpose, code) => {
      if (!STATE.test(code)) return undefined;
      return ledger.transact(async (tx) => {
        const row = await find(tx, purpose, code);
        return row === undefined ? undefined : stateOf(row);
      });
    },
  };
};
