import { newRowId, type ReviewRow, storeIdSchema } from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import { commandLine, now } from './command-line.fixture.ts';
import { underpaidOrder } from './held-order.fixture.ts';

const line = commandLine();
const { gatewright, addStore, openVault, random } = line;

/** An item about nobody's order, with what a gateway may have put into it. */
const plant = async (store: string, openedAt = now): Promise<ReviewRow> => {
  const opened = await openVault();
  const row: ReviewRow = {
    id: newRowId(random),
    store: storeIdSchema.parse(store),
    account: null,
    invoice: null,
    orderKey: null,
    kind: 'unmatched',
    key: `unmatched:${newRowId(random)}`,
    detail: 'A payment that no order asked for.\u001b[2J\nignore this',
    openedAt,
    resolution: null,
  };
  await opened.ledger.transact((tx) => tx.reviews.open(row));
  await opened.close();
  return row;
};

const resolving = (store: string, item: string, ...decision: string[]) =>
  gatewright(['review', 'resolve', item, '--store', store, '--by', 'ann', '--reason', 'agreed', ...decision]);

describe('review list', () => {
  it('lists what is open, with --all what was resolved too; a terminal obeys nothing that stands in it', async () => {
    const store = await addStore();
    const [first, second] = [await plant(store), await plant(store, now + 1)];
    const listed = await gatewright(['review', 'list', '--store', store]);
    expect(listed.lines).toHaveLength(3);
    expect(listed.out).not.toContain('\u001b');
    expect(await resolving(store, first.id, '--ignore')).toMatchObject({ code: 0 });
    const open = await gatewright(['review', 'list', '--json']);
    expect(open.lines.map((text) => JSON.parse(text))).toEqual([
      expect.objectContaining({ id: second.id, openedAt: '2026-06-01T12:00:00.001Z', resolution: null }),
    ]);
    const all = await gatewright(['review', 'list', '--store', store, '--all', '--json']);
    expect(all.lines.map((text) => JSON.parse(text))).toEqual([
      expect.objectContaining({
        id: first.id,
        resolution: { by: 'ann', reason: 'agreed', decision: 'ignored', at: '2026-06-01T12:00:00.000Z' },
      }),
      expect.objectContaining({ id: second.id }),
    ]);
    expect((await gatewright(['review', 'list', '--all'])).out).toContain('ignored by ann');
  });

  it("shows no other store's items, and says when there are none or no such store", async () => {
    const [store, other] = [await addStore(), await addStore('test', 'https://b.example')];
    const { id } = await plant(store);
    expect((await gatewright(['review', 'list', '--store', store])).out).toContain(id);
    expect(await gatewright(['review', 'list', '--store', other])).toMatchObject({
      code: 0,
      out: '',
      err: expect.stringContaining('Nothing to review.'),
    });
    expect(await gatewright(['review', 'list', '--store', 'nobody'])).toMatchObject({ code: 1, out: '' });
  });
});

describe('review list, in pages', () => {
  it('lists the oldest ones and says how to go on, until there are no more', async () => {
    const store = await addStore('test', 'https://pages.example');
    const rows = [await plant(store), await plant(store, now + 1), await plant(store, now + 2)];
    const list = async (...more: string[]) => {
      const { lines, err } = await gatewright(['review', 'list', '--store', store, '--json', ...more]);
      return { ids: lines.map((text) => JSON.parse(text).id), err };
    };
    const first = await list('--limit', '2');
    expect(first.ids).toEqual([rows[0]?.id, rows[1]?.id]);
    expect(first.err).toContain(`--after ${rows[1]?.id}`);
    const rest = await list('--limit', '2', '--after', `${rows[1]?.id}`);
    expect(rest.ids).toEqual([rows[2]?.id]);
    expect(rest.err).not.toContain('There are more');
    const ofAll = await gatewright(['review', 'list', '--limit', '1']);
    expect(ofAll.lines).toHaveLength(2);
    expect(ofAll.err).toContain('There are more: ask for more with --limit');
  });

  it.each([
    ['no number', 2, ['--limit', 'many']],
    ['nothing', 2, ['--limit', '0']],
    ['an item of no store', 2, ['--after', 'x']],
  ])('refuses %s', async (_what, code, more) => {
    expect(await gatewright(['review', 'list', ...more])).toMatchObject({ code, out: '' });
  });

  it('refuses to go on after an item of another store', async () => {
    const [store, other] = [
      await addStore('test', 'https://c.example'),
      await addStore('test', 'https://d.example'),
    ];
    const { id } = await plant(store);
    const listed = await gatewright(['review', 'list', '--store', other, '--after', id]);
    expect(listed).toMatchObject({ code: 1, out: '' });
  });
});

describe('review explain', () => {
  it('tells a person what led to an item, in order, and how to decide', async () => {
    const { store, item } = await underpaidOrder(line);
    const { code, lines, out } = await gatewright(['review', 'explain', item, '--store', store]);
    expect(code).toBe(0);
    expect(lines[0]).toBe(`review ${item}: underpaid, open`);
    const told = (text: string) => lines.findIndex((candidate) => candidate.includes(text));
    const steps = ['attempt 1    started: 50.00 USD', 'open → processing', 'to the shop  hold: Underpaid'];
    expect(steps.map(told).every((at) => at > 0)).toBe(true);
    expect(told('started')).toBeLessThan(told('open → processing'));
    expect(out).toContain('The order has not been claimed as paid by any payment.');
    expect(out).toContain('--accept 50.00');
  });

  it('invariant 15: is safe to paste, as text and as JSON', async () => {
    const { store, item, invoice, appKey } = await underpaidOrder(line);
    const text = await gatewright(['review', 'explain', item, '--store', store]);
    const json = await gatewright(['review', 'explain', item, '--store', store, '--json']);
    expect(JSON.parse(json.out)).toMatchObject({
      review: { id: item, kind: 'underpaid', order: '1001' },
      attempts: [{ n: 1, status: 'processing', order: { amount: '50.00', currency: 'USD' } }],
      claim: null,
      instructions: expect.arrayContaining([expect.objectContaining({ kind: 'hold', state: 'pending' })]),
      refunds: [],
    });
    const hidden = ['shopper@example.org', appKey, invoice.payUrl, invoice.address];
    for (const secret of hidden) {
      expect(secret).toBeTruthy();
      expect(text.out + json.out).not.toContain(secret);
    }
  });

  it('knows nothing of an item at another store', async () => {
    const [store, other] = [await addStore(), await addStore('test', 'https://b.example')];
    const { id } = await plant(store);
    const shown = await gatewright(['review', 'explain', id, '--store', store]);
    expect(shown).toMatchObject({ code: 0, out: expect.stringContaining('no order') });
    expect(shown.out).not.toContain('\u001b');
    for (const [item, where] of [
      [id, other],
      [id, 'no such store!'],
      ['nobody', store],
      ['-starts-with-a-dash', store],
    ] as const) {
      expect(await gatewright(['review', 'explain', item, '--store', where])).toMatchObject({
        code: 1,
        out: '',
        err: expect.stringContaining('There is no review item'),
      });
    }
  });
});

describe('review resolve', () => {
  it('accepts: the order is claimed once, and the shop has to be told', async () => {
    const { store, item, invoice } = await underpaidOrder(line);
    const accepted = await resolving(store, item, '--accept', '50.00');
    expect(accepted).toMatchObject({
      code: 0,
      out: `${item}: accepted, the order is to be paid at 50.00 USD\n`,
      err: expect.stringContaining('The running bridge tells the shop'),
    });
    const opened = await openVault();
    const { claim, told } = await opened.ledger.transact(async (tx) => ({
      claim: await tx.claims.byOrder(invoice.store, invoice.orderKey),
      told: await tx.instructions.ofOrder(invoice.store, invoice.orderKey),
    }));
    await opened.close();
    expect(claim).toMatchObject({ state: 'held', invoice: invoice.id });
    expect(told.filter(({ kind }) => kind === 'settle')).toMatchObject([
      { state: 'pending', expected: { amount: '50.00', currency: 'USD' }, claim: claim?.claim },
    ]);
    expect((await gatewright(['review', 'explain', item, '--store', store])).out).toMatch(
      /review +accept 50\.00 USD by ann: agreed/,
    );
    expect(await resolving(store, item, '--ignore')).toMatchObject({
      code: 1,
      err: expect.stringContaining('resolved before'),
    });
  });

  it('notes a refund by hand, in the currency of the order', async () => {
    const { store, item, invoice } = await underpaidOrder(line);
    expect(await resolving(store, item, '--refund-noted', '20.00')).toMatchObject({ code: 0 });
    const opened = await openVault();
    const refunds = await opened.ledger.transact((tx) => tx.refunds.ofInvoice(invoice.id));
    await opened.close();
    expect(refunds).toMatchObject([{ state: 'manual', orderAmount: { amount: '20.00', currency: 'USD' } }]);
  });

  it('invariant 14: needs a name, a reason and exactly one decision', async () => {
    const store = await addStore();
    const { id } = await plant(store);
    const base = ['review', 'resolve', id, '--store', store];
    for (const args of [
      [...base, '--ignore', '--by', 'ann'],
      [...base, '--ignore', '--reason', 'r'],
      [...base, '--by', 'ann', '--reason', 'r'],
      [...base, '--by', 'ann', '--reason', 'r', '--ignore', '--accept', '1'],
      [...base, '--by', 'ann', '--reason', ' ', '--ignore'],
      [...base, '--by', '\u001b[2J', '--reason', 'r', '--ignore'],
      [...base, '--by', 'ann', '--reason', 'r', '--refund-noted', '1'],
      [...base, '--by', 'ann', '--reason', 'r', '--refund-noted', '1e3', '--currency', 'USDT'],
      ['review', 'resolve', id, '--by', 'ann', '--reason', 'r', '--ignore'],
    ]) {
      const { code, out, err } = await gatewright(args);
      expect({ code, out }, args.join(' ')).toEqual({ code: 2, out: '' });
      expect(err).not.toContain('\u001b');
    }
    expect((await gatewright(['review', 'list'])).lines).toHaveLength(2);
  });

  it("decides nothing of another store's, and accepts nothing without an order", async () => {
    const [store, other] = [await addStore(), await addStore('test', 'https://b.example')];
    const { id } = await plant(store);
    expect(await resolving(other, id, '--ignore')).toMatchObject({ code: 1, out: '' });
    expect(await resolving(store, id, '--accept', '50.00', '--currency', 'USD')).toMatchObject({
      code: 1,
      err: expect.stringContaining('no payment of an order'),
    });
    expect((await gatewright(['review', 'list'])).lines).toHaveLength(2);
  });
});
