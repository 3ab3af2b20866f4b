import { type FactTable, factSchema, type InboxRow, type InboxTable } from '@gatewright/payment-core';
import { type Insertable, type Kysely, type Selectable, sql } from 'kysely';
import * as z from 'zod';
import { prepared } from './prepared.ts';
import type { FactsTable, InboxesTable, LedgerSchema } from './schema.ts';

const insertRow = prepared((db, row: Insertable<InboxesTable>) => db.insertInto('inbox').values(row));

const selectById = prepared((db, { id }: Pick<InboxRow, 'id'>) =>
  db.selectFrom('inbox').selectAll().where('id', '=', id),
);

const updateState = prepared((db, { id, state, note }: Pick<InboxRow, 'id' | 'state' | 'note'>) =>
  db.updateTable('inbox').set({ state, note }).where('id', '=', id),
);

const headersSchema = z.record(z.string(), z.string());
const factsSchema = z.array(factSchema);

const inboxRow = (row: Selectable<InboxesTable>): InboxRow => ({
  id: row.id,
  account: row.account,
  gateway: row.gateway,
  headers: headersSchema.parse(JSON.parse(row.headers)),
  body: row.body,
  receivedAt: row.received_at,
  dedupeKey: row.dedupe_key,
  gatewayPaymentId: row.gateway_payment_id,
  reference: row.reference,
  facts: factsSchema.parse(JSON.parse(row.facts)),
  state: row.state,
  note: row.note,
});

/** Rows in this state that name a payment or reference, oldest first; a partial index of each state serves it. */
const rowsNaming = async (
  db: Kysely<LedgerSchema>,
  state: InboxRow['state'],
  account: InboxRow['account'],
  gatewayPaymentId: string | null,
  reference: string | null,
): Promise<InboxRow[]> => {
  const named = async (column: 'gateway_payment_id' | 'reference', value: string | null) => {
    if (value === null) return [];
    const rows = db
      .selectFrom('inbox')
      .selectAll()
      .where('account', '=', account)
      .where(column, '=', value)
      // A literal, because a partial index serves no bound parameter.
      .where('state', '=', sql.lit(state));
    return rows.execute();
  };
  // One query per index: SQLite would walk everything of the account in this state for an OR of both.
  const rows = [
    ...(await named('gateway_payment_id', gatewayPaymentId)),
    ...(await named('reference', reference)),
  ];
  const bySeq = new Map(rows.map((row) => [row.seq, row]));
  return [...bySeq.values()].sort((a, b) => a.received_at - b.received_at || a.seq - b.seq).map(inboxRow);
};

export const inboxTable = (db: Kysely<LedgerSchema>): InboxTable => ({
  async insert(row) {
    await insertRow(db, {
      id: row.id,
      account: row.account,
      gateway: row.gateway,
      headers: JSON.stringify(row.headers),
      body: row.body,
      received_at: row.receivedAt,
      dedupe_key: row.dedupeKey,
      gateway_payment_id: row.gatewayPaymentId,
      reference: row.reference,
      facts: JSON.stringify(row.facts),
      state: row.state,
      note: row.note,
    });
  },

  async byId(id) {
    const [row] = (await selectById(db, { id })).rows;
    return row === undefined ? undefined : inboxRow(row);
  },

  async setState(id, state, note) {
    const { numAffectedRows } = await updateState(db, { id, state, note });
    if (numAffectedRows !== 1n) throw new Error(`ledger: no inbox row ${id}`);
  },

  unmatched: (...names) => rowsNaming(db, 'unmatched', ...names),
  pending: (...names) => rowsNaming(db, 'pending', ...names),
});

const insertFact = prepared((db, fact: FactsTable) =>
  db
    .insertInto('facts')
    .values(fact)
    .onConflict((conflict) => conflict.columns(['account', 'event_key', 'invoice']).doNothing()),
);

export const factTable = (db: Kysely<LedgerSchema>): FactTable => ({
  async remember(account, eventKey, invoice, at) {
    const { numAffectedRows } = await insertFact(db, { account, event_key: eventKey, invoice, at });
    return numAffectedRows === 1n;
  },
});
