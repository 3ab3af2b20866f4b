import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { commandLine } from '../../src/commands/command-line.fixture.ts';
import { underpaidOrder } from '../../src/commands/held-order.fixture.ts';
import { ended, exportIntoImport, start, summaryIn } from './processes.ts';

const line = commandLine();
const { gatewright, addStore, addAccount, openVault, file } = line;
const source = (): string => `sqlite:${file('ledger.db')}`;
const target = (): string => `sqlite:${file('target.db')}`;

/** Far more than a pipe holds, so that the exporting process waits for its reader. */
const manyStores = async (): Promise<void> => {
  const opened = await openVault();
  await Promise.all(
    Array.from({ length: 200 }, (_, i) =>
      opened.vault.addStore({
        name: `Shop ${i} ${'.'.repeat(5_000)}`,
        platform: 'woocommerce',
        mode: 'test',
        url: `https://shop-${i}.example`,
      }),
    ),
  );
  await opened.close();
};

const exported = async (): Promise<string> => {
  const { code, out, err } = await gatewright(['export', '--db', source()]);
  expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('exported') });
  return out;
};

const importText = (input: string, ...more: string[]) =>
  gatewright(['import', '--db', target(), ...more], { input });

const isEmpty = async (): Promise<boolean> =>
  (await gatewright(['store', 'list', '--db', target(), '--json'])).out === '';

describe('gatewright export | gatewright import, as processes', () => {
  it('moves a whole ledger, with what waits for a person and what is sealed', async () => {
    const { store, item, appKey } = await underpaidOrder(line);
    const moved = await exportIntoImport(source(), target());
    expect(moved.exported).toMatchObject({ code: 0 });
    expect(moved.imported).toMatchObject({ code: 0, err: expect.not.stringContaining('cause') });
    expect(summaryIn(moved.imported.out)).toBe(summaryIn(moved.exported.err));
    expect(summaryIn(moved.imported.out)).toBeDefined();
    const explained = (db: string) => gatewright(['review', 'explain', item, '--store', store, '--db', db]);
    expect((await explained(target())).out).toBe((await explained(source())).out);
    const lines = await exported();
    expect(lines).toContain(item);
    expect(lines).not.toContain(appKey);
    expect((await gatewright(['account', 'list', '--db', target()])).out).toContain('cryptopayment-center');
  });

  it('ends the export with cause and remedy when its reader ends early', async () => {
    await manyStores();
    const exporting = start(['export', '--db', source()]);
    const end = ended(exporting, false);
    exporting.stdout?.once('data', () => exporting.stdout?.destroy());
    expect(await end).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^cause: {2}The export was not read to its end\.\neffect: .*\nremedy: /),
    });
  });

  it('imports nothing when the exporting process is killed', async () => {
    await manyStores();
    const exporting = start(['export', '--db', source()]);
    const importing = start(['import', '--db', target()], 'pipe');
    if (exporting.stdout === null || importing.stdin === null) throw new Error('no pipes');
    exporting.stdout.once('data', () => exporting.kill('SIGKILL'));
    exporting.stdout.pipe(importing.stdin);
    const imported = await ended(importing);
    expect(exporting.signalCode).toBe('SIGKILL');
    expect(imported).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringContaining('Nothing was imported'),
    });
    expect(await isEmpty()).toBe(true);
  });

  it('ends both when the target is in use already', async () => {
    await manyStores();
    await gatewright([
      'store',
      'add',
      '--db',
      target(),
      '--name',
      'a',
      '--url',
      'https://a.example',
      '--mode',
      'test',
    ]);
    const { exported: from, imported } = await exportIntoImport(source(), target());
    expect(imported).toMatchObject({ code: 1, err: expect.stringContaining('The ledger is in use') });
    expect(from).toMatchObject({ code: 1, err: expect.stringContaining('not read to its end') });
    expect((await gatewright(['store', 'list', '--db', target()])).lines).toHaveLength(2);
  });

  it('refuses to export what another process has open, unless told that it is a copy to look at', async () => {
    await addStore();
    const bridge = await openVault();
    try {
      const refused = await ended(start(['export', '--db', source()]));
      expect(refused).toMatchObject({ code: 1, out: '', err: expect.stringContaining('Stop the bridge') });
      const copied = await ended(start(['export', '--db', source(), '--while-in-use']));
      expect(copied).toMatchObject({ code: 0, out: expect.stringContaining('"end":true') });
    } finally {
      await bridge.close();
    }
    expect(await ended(start(['export', '--db', source()]))).toMatchObject({ code: 0 });
  });
});

describe('an import that cannot be', () => {
  const whole = async (): Promise<string> => {
    await addAccount(await addStore());
    return exported();
  };

  it.each<[string, (text: string) => string, string]>([
    ['nothing', () => '', 'ends before'],
    ['cut off', (text) => text.slice(0, text.length / 2), 'is not JSON'],
    ['cut off between two lines', (text) => text.slice(0, text.lastIndexOf('{"end"')), 'has no end'],
    ['changed by one letter', (text) => text.replace('"name":"Shop"', '"name":"Shap"'), 'Table stores'],
    ['without a row', (text) => text.replace(/^.*"table":"accounts","row".*\n/m, ''), 'Table accounts'],
    ['of another version', (text) => text.replace('0001-ledger', '0001-other'), 'another version'],
    ['something else', () => 'hello\n', 'is not JSON'],
    ['too long a line', (text) => `${text.slice(0, -1)}${' '.repeat(65 * 1_048_576)}\n`, 'is not JSON'],
  ])('of an export that is %s leaves an empty ledger and says why', async (_what, change, cause) => {
    const text = await whole();
    const refused = await importText(change(text));
    expect({ code: refused.code, out: refused.out }).toEqual({ code: 1, out: '' });
    expect(refused.err).toContain(cause);
    expect(refused.err).toMatch(/cause: .*\neffect: Nothing was imported.*\nremedy: /);
    expect(refused.err).not.toContain('https://shop.example');
    expect(await importText(text)).toMatchObject({ code: 0 });
  });

  it.each([
    ['no key', '', /No key is set[\s\S]*effect: Nothing was imported/],
    [
      'another key',
      `k2:${Buffer.alloc(32, 8).toString('base64')}`,
      /key "k1"[\s\S]*effect: Everything was imported/,
    ],
    [
      'a wrong key',
      `k1:${Buffer.alloc(32, 9).toString('base64')}`,
      /not the one[\s\S]*effect: Everything was imported/,
    ],
  ])('with %s in the key ring says so', async (_what, ring, said) => {
    const text = await whole();
    const refused = await gatewright(['import', '--db', target()], { input: text, GATEWRIGHT_KEYS: ring });
    expect(refused).toMatchObject({ code: 1, err: expect.stringMatching(said) });
  });

  it('from a file that is not there, or from a folder, says so', async () => {
    await whole();
    for (const name of ['missing.ndjson', '.']) {
      const refused = await importText('', '--file', file(name));
      expect(refused).toMatchObject({
        code: 1,
        out: '',
        err: expect.stringContaining('Nothing was imported'),
      });
    }
  });
});

describe('export', () => {
  it('into a file is imported from the file', async () => {
    await addAccount(await addStore());
    await writeFile(file('ledger.ndjson'), await exported());
    const imported = await importText('', '--file', file('ledger.ndjson'));
    expect(imported).toMatchObject({ code: 0, out: expect.stringContaining('accounts') });
    expect((await readFile(file('ledger.ndjson'), 'utf8')).split('\n')[0]).toContain('"gatewright":"ledger"');
  });

  it('of a ledger that is not there makes none', async () => {
    const refused = await gatewright(['export', '--db', target()]);
    expect(refused).toMatchObject({ code: 1, out: '', err: expect.stringContaining('There is no ledger') });
    expect(existsSync(file('target.db'))).toBe(false);
  });

  it('of an empty file, of no database and of no such kind says so', async () => {
    await writeFile(file('empty.db'), '');
    await writeFile(file('text.db'), 'no database at all, only text that is long enough'.repeat(50));
    for (const db of [`sqlite:${file('empty.db')}`, `sqlite:${file('text.db')}`, 'mysql://u:hunter2@db/x']) {
      const refused = await gatewright(['export', '--db', db]);
      expect(refused).toMatchObject({
        code: 1,
        out: '',
        err: expect.stringMatching(/cause: .*\neffect: .*\nremedy: /),
      });
      expect(refused.err).not.toContain('hunter2');
    }
  });
});
