import { newRowId, type ReviewRow } from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import { commandLine, now } from './command-line.fixture.ts';

const { gatewright, addStore, openVault, random } = commandLine();

describe('review', () => {
  const plant = async (store: string): Promise<ReviewRow> => {
    const opened = await openVault();
    const known = (await opened.vault.stores()).find(({ id }) => id === store);
    if (known === undefined) throw new Error('no store');
    const row: ReviewRow = {
      id: newRowId(random),
      store: known.id,
      account: null,
      invoice: null,
      orderKey: null,
      kind: 'unmatched',
      key: 'unmatched:1',
      detail: 'A payment that no order asked for.\u001b[2J\nignore this',
      openedAt: now,
      resolution: null,
    };
    await opened.ledger.transact((tx) => tx.reviews.open(row));
    await opened.close();
    return row;
  };

  it('lists what is open and shows one item; a terminal obeys nothing that stands in it', async () => {
    const row = await plant(await addStore());
    const listed = await gatewright(['review', 'list']);
    expect(listed.lines).toHaveLength(2);
    expect(listed.lines[1]).toContain(row.id);
    expect(listed.out).not.toContain('\u001b');
    const shown = await gatewright(['review', 'show', row.id]);
    expect(shown.out).toContain('A payment that no order asked for.');
    expect(shown.out).not.toContain('\u001b');
    const json = await gatewright(['review', 'show', row.id, '--json']);
    expect(JSON.parse(json.out)).toMatchObject({
      review: { id: row.id, openedAt: '2026-06-01T12:00:00.000Z' },
    });
    expect(await gatewright(['review', 'list', '--resolved'])).toMatchObject({ code: 0, out: '' });
  });

  it('says when there is nothing', async () => {
    await addStore();
    expect(await gatewright(['review', 'list'])).toMatchObject({
      code: 0,
      out: '',
      err: expect.stringContaining('Nothing to review.'),
    });
  });
});
