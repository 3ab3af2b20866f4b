import { describe, expect, it } from 'vitest';
import { commandLine } from './command-line.fixture.ts';

const { gatewright, file } = commandLine();

describe('migrate', () => {
  it('creates the ledger where --db says, and has nothing to do the second time', async () => {
    const path = file('other.db');
    const first = await gatewright(['migrate', '--db', `sqlite:${path}`], { GATEWRIGHT_KEYS: '' });
    expect(first.lines[0]).toBe(`sqlite:${path}`);
    expect(first.lines.slice(1).every((line) => /^migrated \d{4}-/.test(line))).toBe(true);
    expect(first.lines.length).toBeGreaterThan(1);
    const second = await gatewright(['migrate', '--db', `sqlite:${path}`]);
    expect(second.lines).toEqual([`sqlite:${path}`, 'up to date']);
  });

  it('takes --schema for PostgreSQL only: a file has none', async () => {
    const refused = await gatewright(['migrate', '--schema', 'shop_a']);
    expect(refused).toMatchObject({ code: 1, out: '', err: expect.stringContaining('has no schemas') });
  });

  it('says what is wrong with a database that it cannot open, without its password', async () => {
    for (const db of ['postgres://u:hunter2@db/x', 'sqlite:', `sqlite:${file('no')}/such/folder.db`]) {
      const { code, err } = await gatewright(['migrate'], { DATABASE_URL: db });
      expect(code).toBe(1);
      expect(err).toMatch(/cause: .*\neffect: .*\nremedy: /);
      expect(err).not.toContain('hunter2');
    }
  });
});
