import type { InstructionRow, InstructionTable } from '@gatewright/payment-core';
import type { Insertable, Kysely, Selectable } from 'kysely';
import { nullableMoneyFromText, nullableMoneyText } from './money-text.ts';
import { prepared } from './prepared.ts';
import type { InstructionsTable, LedgerSchema } from './schema.ts';

const insertRow = prepared((db, row: Insertable<InstructionsTable>) =>
  db.insertInto('instructions').values(row),
);

const selectById = prepared((db, { id }: Pick<InstructionsTable, 'id'>) =>
  db.selectFrom('instructions').selectAll().where('id', '=', id),
);

type Ending = Pick<InstructionsTable, 'id' | 'state' | 'answer' | 'done_at'>;

const updateState = prepared((db, { id, ...ending }: Ending) =>
  db.updateTable('instructions').set(ending).where('id', '=', id),
);

const instructionRow = (row: Selectable<InstructionsTable>): InstructionRow => ({
  id: row.id,
  store: row.store,
  orderKey: row.order_key,
  invoice: row.invoice,
  kind: row.kind,
  claim: row.claim,
  transaction: row.transaction_ref,
  expected: nullableMoneyFromText(row.expected),
  note: row.note,
  state: row.state,
  answer: row.answer,
  createdAt: row.created_at,
  doneAt: row.done_at,
});

export const instructionTable = (db: Kysely<LedgerSchema>): InstructionTable => ({
  async insert(row) {
    await insertRow(db, {
      id: row.id,
      store: row.store,
      order_key: row.orderKey,
      invoice: row.invoice,
      kind: row.kind,
      claim: row.claim,
      transaction_ref: row.transaction,
      expected: nullableMoneyText(row.expected),
      note: row.note,
      state: row.state,
      answer: row.answer,
      created_at: row.createdAt,
      done_at: row.doneAt,
    });
  },

  async byId(id) {
    const [row] = (await selectById(db, { id })).rows;
    return row === undefined ? undefined : instructionRow(row);
  },

  async ofOrder(store, orderKey) {
    const rows = await db
      .selectFrom('instructions')
      .selectAll()
      .where('store', '=', store)
      .where('order_key', '=', orderKey)
      .orderBy('seq')
      .execute();
    return rows.map(instructionRow);
  },

  async setState(id, state, answer, at) {
    const { numAffectedRows } = await updateState(db, { id, state, answer, done_at: at });
    if (numAffectedRows !== 1n) throw new Error(`ledger: no instruction ${id}`);
  },
});
