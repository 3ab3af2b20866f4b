import { randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import { type InboxRow, invoiceIdSchema, orderKeySchema, storeIdSchema } from '@gatewright/payment-core';
import { sampleHistory, sampleInboxRow, sampleOrder } from '../../conformance/src/ledger/sample-rows.ts';
import { openSqliteLedger } from '../src/index.ts';

/** A process that writes: `stream <path>` until it is killed, `count <path> <times>` to its end. */
const [mode = '', path = '', times = '0'] = process.argv.slice(2);

const opened = await openSqliteLedger({ path, clock: { now: () => 0 }, random: randomBytes });
if (!opened.ok) throw new Error(opened.message);
const { ledger } = opened;

const writeEvent = async (id: string): Promise<void> => {
  await ledger.transact(async (tx) => {
    const row: InboxRow = sampleInboxRow(id);
    await tx.inbox.insert(row);
    await tx.history.append(sampleHistory('received', { invoice: invoiceIdSchema.parse(id) }));
    await tx.jobs.enqueue({ kind: 'apply-event', inbox: id }, 0);
  });
  // Unbuffered: what the parent reads was acknowledged by the ledger before.
  writeSync(1, `${id}\n`);
};

const countUp = (): Promise<void> =>
  ledger.transact(async (tx) => {
    const store = storeIdSchema.parse('store-a');
    const orderKey = orderKeySchema.parse('order-1');
    const row = await tx.orders.byKey(store, orderKey);
    await tx.orders.put(sampleOrder({ deadline: (row?.deadline ?? 0) + 1 }));
  });

switch (mode) {
  case 'stream':
    for (let i = 0; ; i += 8) {
      const ids = Array.from({ length: 8 }, (_, k) => `event-${String(i + k).padStart(16, '0')}`);
      await Promise.all(ids.map(writeEvent));
    }
  case 'count':
    for (let i = 0; i < Number(times); i += 1) await countUp();
    await opened.close();
    break;
  default:
    throw new Error(`unknown mode ${mode}`);
}
