import { randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import {
  accountIdSchema,
  type InboxRow,
  invoiceIdSchema,
  moneySchema,
  type OrderRow,
  orderKeySchema,
  storeIdSchema,
} from '@gatewright/payment-core';
import { openSqliteLedger } from '../src/index.ts';

/** A process that writes: `stream <path>` until it is killed, `count <path> <times>` to its end. */
const [mode = '', path = '', times = '0'] = process.argv.slice(2);

const opened = await openSqliteLedger({ path, clock: { now: () => 0 }, random: randomBytes });
if (!opened.ok) throw new Error(opened.message);
const { ledger } = opened;

const received = (id: string): InboxRow => ({
  id,
  account: accountIdSchema.parse('account-a'),
  gateway: 'gatenoc',
  headers: {},
  body: new Uint8Array(300),
  receivedAt: 0,
  dedupeKey: id,
  gatewayPaymentId: null,
  reference: null,
  facts: [],
  state: 'pending',
  note: null,
});

const order: OrderRow = {
  store: storeIdSchema.parse('store-a'),
  orderKey: orderKeySchema.parse('order-1'),
  mode: 'test',
  total: moneySchema.parse({ amount: '49.90', currency: 'EUR' }),
  deadline: 0,
  state: 'open',
};

const writeEvent = async (id: string): Promise<void> => {
  await ledger.transact(async (tx) => {
    await tx.inbox.insert(received(id));
    const invoice = invoiceIdSchema.parse(id);
    await tx.history.append({ invoice, at: 0, event: 'received', detail: '' });
    await tx.jobs.enqueue({ kind: 'apply-event', inbox: id }, 0);
  });
  // Unbuffered: what the parent reads was acknowledged by the ledger before.
  writeSync(1, `${id}\n`);
};

const countUp = (): Promise<void> =>
  ledger.transact(async (tx) => {
    const { deadline } = (await tx.orders.byKey(order.store, order.orderKey)) ?? order;
    await tx.orders.put({ ...order, deadline: deadline + 1 });
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
