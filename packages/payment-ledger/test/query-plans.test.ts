import { randomBytes } from 'node:crypto';
import {
  accountId,
  invoiceId,
  orderKey,
  pageId,
  sampleClaim,
  sampleHistory,
  sampleInboxRow,
  sampleInstruction,
  sampleInvoice,
  sampleOrder,
  samplePage,
  sampleRefund,
  sampleResolution,
  sampleReview,
} from '@gatewright/conformance';
import { minutes } from '@gatewright/payment-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqlJobQueue } from '../src/jobs/job-queue.ts';
import { openConnection, type SqliteConnection } from '../src/sqlite/connection.ts';
import { sqliteEngine } from '../src/sqlite/engine.ts';
import { createGroupCommit } from '../src/sqlite/group-commit.ts';
import { idList } from '../src/sqlite/id-list.ts';
import { migrate } from '../src/sqlite/migrate.ts';
import { jobTable } from '../src/tables/jobs.ts';
import { sqlPageChanges } from '../src/tables/page-changes.ts';
import { transactionOn } from '../src/tables/transaction.ts';
import { openVault } from '../src/vault/vault.ts';
import { type TempFolder, tempFolder, virtualClock } from './temp-ledger.ts';

/** Everything a running shop asks for, once; the statements are recorded on their way. */
const useEverything = async (connection: SqliteConnection): Promise<void> => {
  const group = createGroupCommit({ connection });
  const engine = sqliteEngine(connection, connection, group);
  await engine.write(async (db) => {
    const tx = transactionOn(db, jobTable(db));
    const invoice = sampleInvoice('one', { nextReadAt: 5 });
    const { store, account, orderKey: order } = invoice;
    await tx.invoices.insert(invoice);
    await tx.invoices.update(invoice);
    await tx.invoices.byId(invoice.id);
    await tx.invoices.byGatewayPaymentId(account, 'p');
    await tx.invoices.byReference(account, 'r');
    await tx.invoices.ofOrder(store, order);
    await tx.invoices.accountsDue(9, 5);
    await tx.invoices.leaseDue(account, 9, 10, 5);
    await tx.inbox.insert(sampleInboxRow('a'));
    await tx.inbox.byId('a');
    await tx.inbox.setState('a', 'unmatched', null);
    await tx.inbox.unmatched(accountId('account-a'), 'p', 'r');
    await tx.inbox.pending(accountId('account-a'), 'p', 'r');
    await tx.facts.remember(account, 'e', invoice.id, 1);
    await tx.claims.take(sampleClaim('c'));
    await tx.claims.setState(store, orderKey('order-1'), 'c', 'acknowledged');
    await tx.orders.put(sampleOrder());
    await tx.orders.byKey(store, order);
    await tx.pages.insert(samplePage('p'));
    await tx.pages.update(samplePage('p'));
    await tx.pages.byId(pageId('p'));
    await tx.pages.ofOrder(store, order);
    await tx.instructions.insert(sampleInstruction('i'));
    await tx.instructions.byId('i');
    await tx.instructions.ofOrder(store, order);
    await tx.instructions.setState('i', 'done', null, 1);
    await tx.reviews.open(sampleReview('r'));
    await tx.reviews.byId(store, 'r');
    await tx.reviews.page(store, { state: 'open', limit: 100 });
    await tx.reviews.page(store, { state: 'resolved', limit: 100 });
    await tx.reviews.page(store, { state: 'open', limit: 50, after: 'r', newestFirst: true });
    await tx.reviews.count(store, 'open', 'r');
    await tx.reviews.count(store, 'resolved');
    await tx.reviews.page(store, { state: 'all', limit: 50, after: 'r' });
    await tx.reviews.page(store, { state: 'open', limit: 1, orderKey: order });
    await tx.reviews.resolve(store, 'r', sampleResolution);
    await tx.reviews.isKnown(store, 'k');
    await tx.reviews.page(store, { state: 'open', limit: 1, key: 'k' });
    await tx.reviews.countOpen();
    await tx.history.append(sampleHistory('h'));
    await tx.history.ofInvoice(invoice.id);
    await tx.refunds.insert(sampleRefund('r'));
    await tx.refunds.byId(invoiceId('one'), 'r');
    await tx.refunds.setState(invoiceId('one'), 'r', { state: 'done', gatewayRefundId: null, answer: null });
    const lease = { name: 'work:one', holder: 'a' } as const;
    await tx.leases.take(lease, 1, 2);
    await tx.leases.renew(lease, 3);
    await tx.leases.giveBack(lease);
    await tx.jobs.enqueue({ kind: 'apply-event', inbox: 'a' }, 1);
    await tx.jobs.enqueue({ kind: 'apply-event', inbox: 'b' }, 1);
    await tx.jobs.enqueue({ kind: 'apply-event', inbox: 'c' }, 1);
    await tx.jobs.enqueue({ kind: 'apply-event', inbox: 'd' }, 1);
  });
  await sqlPageChanges(engine, idList).stampsOf([pageId('p'), pageId('q')]);
  const queue = sqlJobQueue(engine);
  const [first, second, third, fourth] = await queue.lease(1, 10, 4);
  await queue.complete(first?.id ?? '');
  await queue.retry(second?.id ?? '', 9, 'r');
  await queue.postpone(third?.id ?? '', 9, 'r');
  await queue.bury(fourth?.id ?? '', 'r');
  await queue.nextRunAt();
  await queue.dead();
  await useVault(engine);
  await group.close();
};

const useVault = async (engine: ReturnType<typeof sqliteEngine>): Promise<void> => {
  const keys = { current: 'k', keys: new Map([['k', new Uint8Array(32)]]) };
  const opened = await openVault({ engine, keys, clock: virtualClock(), random: randomBytes });
  if (!opened.ok) throw new Error(opened.message);
  const { vault } = opened;
  const added = await vault.addStore({ name: 'n', mode: 'test', platform: 'p', url: 'https://x.example' });
  if (!added.ok) throw new Error(added.reason);
  const { id } = added.store;
  await vault.store(id);
  await vault.storeByUrl('https://x.example');
  const account = await vault.addAccount({ store: id, gateway: 'g', mode: 'test', config: {} });
  if (!account.ok) throw new Error(account.reason);
  await vault.account(account.account.id);
  await vault.accountsOf(id);
  for (const keyId of ['a', 'b']) await vault.setPluginKey(id, { keyId, secret: 's' });
  await vault.findPluginKey('a');
  await vault.pluginKeysOf(id);
  await vault.endPluginKeyRotation(id);
  await vault.setStorefrontCredentials(id, {}, { replace: true });
  await vault.storefrontCredentials(id);
  await vault.redeemCode('pairing', await vault.issueCode('pairing', id, minutes(10)));
  await vault.operatorsOf(id);
  const operator = await vault.addOperator(id, 'ann');
  await vault.operatorByToken(id, operator.ok ? operator.token : '');
  await vault.revokeOperator(operator.ok ? operator.operator.id : '');
  await vault.useNonce('k', 'n', 0);
  await vault.useNonce('k', 'm', 0);
};

const mayScan = [
  // Read once when the ledger is opened; as many rows as there are keys.
  /^SCAN key_checks/,
  // In the index's own order, to the first row.
  /^SCAN jobs USING INDEX jobs_due/,
  // An index that holds the dead ones only, and all of them are asked for.
  /^SCAN jobs USING INDEX jobs_dead/,
  // An index that holds the open ones only, and all of them are counted.
  /^SCAN reviews USING (COVERING )?INDEX reviews_open/,
  // What is due, by index; see accountsDue.
  /^SCAN due/,
  // The ids that the caller gave.
  /^SCAN json_each VIRTUAL TABLE/,
  // Planned for a new store's foreign keys, run only if a check was deferred, which none is.
  /^SCAN one_time_codes: insert into "stores"/,
];

describe('query plans', () => {
  let folder: TempFolder;
  let connection: SqliteConnection;
  const recorded = new Set<string>();

  beforeAll(async () => {
    folder = await tempFolder();
    connection = openConnection(folder.path('plans.db'), { readOnly: false });
    const migrated = await migrate(connection, undefined);
    if (!migrated.ok) throw new Error(migrated.detail);
    await useEverything({
      ...connection,
      get inTransaction() {
        return connection.inTransaction;
      },
      execute(text, parameters) {
        if (/^(select|insert|update|delete)/.test(text)) recorded.add(text);
        return connection.execute(text, parameters);
      },
    });
  });
  afterAll(async () => {
    connection.close();
    await folder.remove();
  });

  it('find every row by an index, whatever a running shop asks for', () => {
    const scans = [...recorded].flatMap((text) =>
      connection
        .execute(`explain query plan ${text}`)
        .rows.map((row) => String(row.detail))
        .filter((detail) => detail.startsWith('SCAN'))
        .map((detail) => `${detail}: ${text}`)
        .filter((scan) => !mayScan.some((allowed) => allowed.test(scan))),
    );
    expect(recorded.size).toBeGreaterThan(50);
    expect(scans).toEqual([]);
  });

  it('find what waits for a person about an order by it, not among all of its store', () => {
    const [text = ''] = [...recorded].filter((each) =>
      /from "reviews" .*"order_key" = \? .*limit/.test(each),
    );
    const details = connection.execute(`explain query plan ${text}`).rows.map((row) => String(row.detail));
    expect(details).toEqual(['SEARCH reviews USING INDEX reviews_open_order (store=? AND order_key=?)']);
  });

  it.each(['unmatched', 'pending'])(
    'find a message that is %s by its payment or reference, not among all of its account',
    (state) => {
      const plans = [...recorded]
        .filter((text) => text.includes(`'${state}'`))
        .map((text) => String(connection.execute(`explain query plan ${text}`).rows[0]?.detail));
      expect(plans).toEqual([
        `SEARCH inbox USING INDEX inbox_${state}_gateway_payment_id (account=? AND gateway_payment_id=?)`,
        `SEARCH inbox USING INDEX inbox_${state}_reference (account=? AND reference=?)`,
      ]);
    },
  );

  it('find the open item of a key by it, not among all that are open', () => {
    const [text = ''] = [...recorded].filter((each) => /"key" = \? .*order by/.test(each));
    const details = connection.execute(`explain query plan ${text}`).rows.map((row) => String(row.detail));
    expect(details).toEqual(['SEARCH reviews USING INDEX reviews_open_key (store=? AND key=?)']);
  });

  it('find what a page shows by the page, its order and their keys', () => {
    const [stamps = ''] = [...recorded].filter((text) => text.includes('json_each'));
    const plan = connection.execute(`explain query plan ${stamps}`).rows.map((row) => String(row.detail));
    expect(plan.filter((detail) => /^SEARCH (pages|orders|claims|invoices|refunds) /.test(detail))).toEqual([
      expect.stringMatching(/^SEARCH pages USING INDEX \S+ \(id=\?\)/),
      expect.stringMatching(/^SEARCH orders USING INDEX \S+ \(store=\? AND order_key=\?\)/),
      expect.stringMatching(/^SEARCH claims USING INDEX \S+ \(store=\? AND order_key=\?\)/),
      expect.stringMatching(/^SEARCH invoices USING .*INDEX invoices_order \(store=\? AND order_key=\?\)/),
      expect.stringMatching(/^SEARCH invoices USING .*INDEX invoices_order \(store=\? AND order_key=\?\)/),
      expect.stringMatching(/^SEARCH refunds USING INDEX refunds_\S+ \(invoice=\?\)/),
    ]);
  });

  it('sort nothing that can grow with the shop', () => {
    const sorts = [...recorded].filter((text) =>
      connection
        .execute(`explain query plan ${text}`)
        .rows.some((row) => String(row.detail).includes('TEMP B-TREE')),
    );
    // Accounts with something due; the refunds of one order.
    const small = ['longest_due', 'string_agg(refunds.state'];
    expect(sorts.filter((text) => !small.some((part) => text.includes(part)))).toEqual([]);
  });
});
