import { randomBytes } from 'node:crypto';
import { invoiceId, sampleInvoice } from '@gatewright/conformance';
import { afterEach, describe, expect, it } from 'vitest';
import type { LedgerPlace, OpenPlace } from '../ledger-place.ts';
import { virtualClock } from '../temp-ledger.ts';
import { exportLines, fill, keys, lease, linesOf, secret } from './filled-ledger.ts';

/** Moving a ledger from one kind of place to another. */
export const describeTransfer = (name: string, openSource: OpenPlace, openTarget: OpenPlace): void => {
  describe(`moving a ledger ${name}`, () => {
    const parts = { clock: virtualClock(), random: randomBytes };
    const ended: (() => Promise<void>)[] = [];
    afterEach(async () => {
      for (const end of ended.splice(0).reverse()) await end();
    });
    const place = async (open: OpenPlace): Promise<LedgerPlace> => {
      const made = await open();
      ended.push(() => made.remove());
      return made;
    };
    const withKeys = async (at: LedgerPlace) => {
      const opened = await at.open({ ...parts, keys });
      if (!opened.ok) throw new Error(opened.message);
      ended.push(opened.close);
      return opened;
    };
    const withoutKeys = async (at: LedgerPlace) => {
      const opened = await at.openWithoutKeys(parts);
      if (!opened.ok) throw new Error(opened.message);
      ended.push(opened.close);
      return opened;
    };

    it('keeps every row, every digit and every job, and opens with the same keys', async () => {
      const source = await withKeys(await place(openSource));
      const store = await fill(source);
      const lines = await exportLines(source);
      expect(lines.join('\n')).not.toContain(secret);
      const target = await place(openTarget);
      const empty = await withoutKeys(target);
      const imported = await empty.transfer.import(linesOf(lines));
      expect(imported).toMatchObject({ ok: true });
      expect(await exportLines(empty)).toHaveLength(lines.length);
      const totals = (all: readonly string[]) => all.filter((line) => line.includes('"sha256"'));
      expect(totals(await exportLines(empty))).toEqual(totals(lines));

      const opened = await withKeys(target);
      const [account] = await opened.vault.accountsOf(store);
      expect(account?.config).toEqual({ token: secret });
      expect(await opened.vault.pluginKeysOf(store)).toMatchObject([{ secret }]);
      const everyInvoice = (from: typeof opened) =>
        from.ledger.transact((tx) => tx.invoices.byId(invoiceId('full')));
      expect(await everyInvoice(opened)).toEqual(await everyInvoice(source));
    });

    it('goes on where it was: new rows behind the old ones, jobs at their time with their attempts', async () => {
      const source = await withKeys(await place(openSource));
      await fill(source);
      const target = await withoutKeys(await place(openTarget));
      await target.transfer.import(linesOf(await exportLines(source)));
      expect(await target.ledger.transact((tx) => tx.invoices.insert(sampleInvoice('new')))).toBe(true);
      const leased = await target.jobs.lease(20_000, 1, 10);
      expect(
        leased.map(({ job, attempts }) => [job.kind === 'read-invoice' ? job.invoice : '', attempts]),
      ).toEqual([
        [invoiceId('retried'), 2],
        [invoiceId('asked-again'), 2],
        [invoiceId('leased'), 2],
        [invoiceId('waiting'), 1],
      ]);
      expect(await target.jobs.dead()).toMatchObject([
        { job: { invoice: invoiceId('buried') }, attempts: 1, reason: 'for good' },
      ]);
    });

    it('leaves the leases of the processes that use it where they are', async () => {
      const source = await withKeys(await place(openSource));
      await fill(source);
      const lines = await exportLines(source);
      expect(lines.join('\n')).not.toContain(lease.name);
      const target = await withoutKeys(await place(openTarget));
      const take = ({ ledger }: typeof target) =>
        ledger.transact((tx) => tx.leases.take({ ...lease, holder: 'imported' }, 2, 3));
      expect(await take(target)).toBe('fresh');
      expect(await target.transfer.import(linesOf(lines))).toMatchObject({ ok: true });
      expect(await take(source)).toBe('held');
    });

    it('refuses a ledger that is in use, and changes nothing in it', async () => {
      const source = await withKeys(await place(openSource));
      await fill(source);
      const target = await withoutKeys(await place(openTarget));
      await target.ledger.transact((tx) => tx.jobs.enqueue({ kind: 'apply-event', inbox: 'a' }, 1));
      const refused = await target.transfer.import(linesOf(await exportLines(source)));
      expect(refused).toMatchObject({ ok: false, reason: 'not-empty' });
      expect(await target.ledger.transact((tx) => tx.invoices.byId(invoiceId('full')))).toBeUndefined();
    });

    it('keeps nothing of an export that is not whole', async () => {
      const source = await withKeys(await place(openSource));
      await fill(source);
      const lines = await exportLines(source);
      const target = await withoutKeys(await place(openTarget));
      const at = (part: string): number => lines.findIndex((line) => line.includes(part));
      const row = at('"many-7');
      const without = (i: number) => lines.toSpliced(i, 1);
      const changed = (i: number, from: string | RegExp, to: string) =>
        lines.with(i, (lines[i] ?? '').replace(from, to));
      const cases: [string, readonly string[], string][] = [
        ['nothing', [], 'incomplete'],
        ['no header', lines.slice(1), 'malformed'],
        ['no end', lines.slice(0, -1), 'incomplete'],
        ['half of it', lines.slice(0, row), 'incomplete'],
        ['a row less', without(row), 'damaged'],
        ['a row twice', lines.toSpliced(row, 0, lines[row] ?? ''), 'malformed'],
        ['another digit', changed(row, '"49.90 EUR"', '"49.91 EUR"'), 'damaged'],
        ['another column', changed(row, '"order_money"', '"order_mony"'), 'malformed'],
        ['a table that is none', changed(row, '"table":"invoices"', '"table":"sqlite_master"'), 'malformed'],
        ['a number as text', changed(row, /"version":\d+/, '"version":"many"'), 'malformed|damaged'],
        ['no JSON', lines.with(row, '{"table":"inv'), 'malformed'],
        ['another version', changed(0, '"0001-ledger"', '"0001-other"'), 'other-version'],
        ['a later format', changed(0, '"version":1', '"version":2'), 'malformed'],
        ['an unknown job', changed(at('"table":"jobs","job"'), 'read-invoice', 'read-minds'), 'malformed'],
      ];
      for (const [what, given, reason] of cases) {
        const refused = await target.transfer.import(linesOf(given));
        expect([what, refused]).toEqual([
          what,
          expect.objectContaining({ ok: false, reason: expect.stringMatching(`^(${reason})$`) }),
        ]);
        expect(JSON.stringify(refused)).not.toContain('many-7');
      }
      const words = async (given: readonly string[]): Promise<string> =>
        JSON.stringify(await target.transfer.import(linesOf(given)));
      expect(await words(lines.toSpliced(row, 0, lines[row] ?? ''))).toContain('has a row twice');
      expect(await words(changed(row, '"order_money"', '"order_mony"'))).toContain('another column or type');
      expect(await target.transfer.import(linesOf(lines))).toMatchObject({ ok: true });
    });
  });
};
