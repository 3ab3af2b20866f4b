import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TempFolder, tempFolder, virtualClock } from '../test/temp-ledger.ts';
import { openLedger } from './open-ledger.ts';

describe('openLedger', () => {
  let folder: TempFolder;
  beforeEach(async () => {
    folder = await tempFolder();
  });
  afterEach(() => folder.remove());
  const parts = { clock: virtualClock(), random: randomBytes };

  it.each(['sqlite:', 'sqlite://', 'SQLITE:'])('opens %s<path>', async (scheme) => {
    const opened = await openLedger(`${scheme}${folder.path('ledger.db')}`, parts);
    expect(opened).toMatchObject({ ok: true, location: `sqlite:${folder.path('ledger.db')}` });
    if (opened.ok) await opened.close();
  });

  it('refuses a schema for a file, which has none', async () => {
    const refused = await openLedger(`sqlite:${folder.path('ledger.db')}`, { ...parts, schema: 'x' });
    expect(refused).toMatchObject({ ok: false, reason: 'unsupported-database' });
  });

  it.each([
    ['postgres://gate:s3cret word@/db example', 'cannot be read'],
    ['mysql://gate:s3cret-word@db.example/gate', '"mysql" are not supported'],
    ['sqlite:', 'names no file'],
    ['sqlite://server/share.db', 'names no file'],
    ['sqlite::memory:', 'would forget payments'],
    ['sqlite:./x.db?mode=ro', 'options'],
    ['./gatewright.db', 'no scheme'],
    ['', 'no scheme'],
  ])('refuses %j for its owner to read, and repeats no password', async (url, words) => {
    const refused = await openLedger(url, parts);
    expect(refused).toMatchObject({ ok: false, reason: 'unsupported-database' });
    const message = refused.ok ? '' : refused.message;
    expect(message).toContain(words);
    expect(message).toContain('Expected DATABASE_URL=');
    expect(message).not.toContain('s3cret');
  });
});
