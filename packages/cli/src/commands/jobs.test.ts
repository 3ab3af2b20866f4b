import { accountIdSchema, type InboxRow, type Job } from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import { commandLine, now } from './command-line.fixture.ts';

const { gatewright, openVault } = commandLine();

const failedEvent: InboxRow = {
  id: 'event-1',
  account: accountIdSchema.parse('account'),
  gateway: 'crypto-pay',
  headers: {},
  body: new Uint8Array(),
  receivedAt: now,
  dedupeKey: 'k',
  gatewayPaymentId: '7',
  reference: null,
  facts: [],
  state: 'failed',
  note: 'it broke',
};

const bury = async (job: Job): Promise<void> => {
  const opened = await openVault();
  await opened.ledger.transact((tx) => tx.jobs.enqueue(job, now));
  const [leased] = await opened.jobs.lease(now, 1_000, 1);
  await opened.jobs.bury(leased?.id ?? '', 'gave up: TypeError');
  await opened.close();
};

describe('jobs', () => {
  it('lists what was given up, and makes it due again', async () => {
    await bury({ kind: 'tell-storefront', instruction: 'told' });
    const listed = await gatewright(['jobs', 'list', '--dead', '--json']);
    const dead = JSON.parse(listed.out);
    expect(dead).toMatchObject({
      job: { kind: 'tell-storefront' },
      attempts: 1,
      reason: 'gave up: TypeError',
    });
    expect((await gatewright(['jobs', 'list', '--dead'])).lines[1]).toContain('tell-storefront:told');
    expect(await gatewright(['jobs', 'retry', dead.id])).toMatchObject({
      code: 0,
      out: 'tell-storefront:told is due again\n',
    });
    // A second time is once: the job is waiting.
    expect(await gatewright(['jobs', 'retry', dead.id])).toMatchObject({ code: 0 });
    const opened = await openVault();
    const due = await opened.jobs.lease(now, 1_000, 9);
    await opened.close();
    expect(due.map(({ job }) => job)).toEqual([{ kind: 'tell-storefront', instruction: 'told' }]);
  });

  it('makes an event that failed applicable again', async () => {
    const before = await openVault();
    await before.ledger.transact((tx) => tx.inbox.insert(failedEvent));
    await before.close();
    await bury({ kind: 'apply-event', inbox: failedEvent.id });
    const { id } = JSON.parse((await gatewright(['jobs', 'list', '--dead', '--json'])).out);
    expect(await gatewright(['jobs', 'retry', id])).toMatchObject({ code: 0 });
    const opened = await openVault();
    const row = await opened.ledger.transact((tx) => tx.inbox.byId(failedEvent.id));
    expect(row).toMatchObject({ state: 'pending' });
    expect(await opened.jobs.nextRunAt()).toBe(now);
    await opened.close();
  });

  it('says when there is nothing, and knows no other job', async () => {
    expect(await gatewright(['jobs', 'list', '--dead'])).toMatchObject({
      code: 0,
      out: '',
      err: expect.stringContaining('No job was given up.'),
    });
    expect(await gatewright(['jobs', 'retry', '1.1'])).toMatchObject({ code: 1, out: '' });
    expect(await gatewright(['jobs', 'list'])).toMatchObject({ code: 2, out: '' });
  });
});
