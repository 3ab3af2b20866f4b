import { copyFile } from 'node:fs/promises';
import { describe, expect, inject, it } from 'vitest';
import { commandLine } from '../../src/commands/command-line.fixture.ts';
import { underpaidOrder } from '../../src/commands/held-order.fixture.ts';
import { ended, exportIntoImport, start, summaryIn } from './processes.ts';
import { runMovingPage } from './runbook.ts';

const line = commandLine();
const { gatewright, openVault, file } = line;
const databases = inject('postgresDatabases');

describe('gatewright export | gatewright import with PostgreSQL', () => {
  it('moves a ledger from SQLite to PostgreSQL as the runbook says, on to another PostgreSQL and back, always the same rows', async () => {
    const { store, item } = await underpaidOrder(line);
    const source = `sqlite:${file('ledger.db')}`;
    const places = [databases.cli, databases.cli_target, `sqlite:${file('round.db')}`];
    const explain = async (db: string | undefined) =>
      (await gatewright(['review', 'explain', item, '--store', store], { DATABASE_URL: db ?? '' })).out;
    const first = await explain(source);
    expect(first).toContain('cryptopayment-center');
    const summaries = new Set<string | undefined>();
    await copyFile(file('ledger.db'), file('gatewright.db'));
    const page = await runMovingPage(file('.'), databases.cli);
    expect(page.code, page.err).toBe(0);
    expect(await explain(databases.cli)).toBe(first);
    for (const [i, from] of places.slice(0, -1).entries()) {
      const { exported, imported } = await exportIntoImport(from, places[i + 1] ?? '');
      expect({ exported: exported.code, imported: imported.code }, exported.err + imported.err).toEqual({
        exported: 0,
        imported: 0,
      });
      summaries.add(summaryIn(exported.err)).add(summaryIn(imported.out));
      expect(exported.err + imported.out + imported.err).not.toContain('gatewright@');
      expect(await explain(places[i + 1])).toBe(first);
    }
    const exported = await ended(start(['export', '--db', source]));
    summaries.add(summaryIn(exported.err));
    expect([...summaries]).toEqual([expect.any(String)]);

    const full = await exportIntoImport(source, databases.cli);
    expect(full.imported).toMatchObject({ code: 1, err: expect.stringContaining('The ledger is in use') });

    const bridge = await openVault(undefined, databases.cli);
    try {
      const refused = await ended(start(['export', '--db', databases.cli]));
      expect(refused).toMatchObject({ code: 1, out: '', err: expect.stringContaining('Stop the bridge') });
      const copied = await ended(start(['export', '--db', databases.cli, '--while-in-use']));
      expect(copied).toMatchObject({ code: 0, out: expect.stringContaining('"end":true') });
    } finally {
      await bridge.close();
    }
  });

  it('keeps ledgers of several schemas apart', async () => {
    const at = (schema: string) => ['--db', databases.cli, '--schema', schema];
    const add = ['store', 'add', '--name', 'a', '--url', 'https://a.example', '--mode', 'test'];
    expect(await gatewright([...add, ...at('one')])).toMatchObject({ code: 0 });
    expect((await gatewright(['store', 'list', '--json', ...at('one')])).lines).toHaveLength(1);
    expect((await gatewright(['store', 'list', '--json', ...at('two')])).lines).toHaveLength(0);
    const wrong = await gatewright(['store', 'list', ...at('One; drop')]);
    expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining('no name for a schema') });
  });

  it('says that a PostgreSQL that does not answer cannot be opened, without its password', async () => {
    const away = 'postgres://u:hunter2@127.0.0.1:1/x';
    for (const command of ['export', 'import']) {
      const refused = await gatewright([command, '--db', away]);
      expect(refused).toMatchObject({ code: 1, out: '', err: expect.stringContaining('cannot be opened') });
      expect(refused.err).not.toContain('hunter2');
    }
  });
});
