import { readFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { commandLine } from '../src/commands/command-line.fixture.ts';
import { runMovingPage } from './transfer/runbook.ts';

const docs = new URL('../../../docs/', import.meta.url);
/** Those whose commands do nothing where there is nothing: they may be run as they stand. */
const harmless = [
  'review-queue.md',
  'runbooks/duplicate-payment.md',
  'runbooks/late-payment.md',
  'runbooks/lost-webhook.md',
  'runbooks/rotating-secrets.md',
  'runbooks/underpaid.md',
];

/** The words of a command as a shell takes them: quotes hold words together, `#` begins a comment. */
const words = (line: string): string[] =>
  [...line.matchAll(/"([^"]*)"|(\s#.*$)|(\S+)/g)].flatMap(([, quoted, comment, plain]) =>
    comment === undefined ? [quoted ?? plain ?? ''] : [],
  );

const commandsIn = (page: string): string[][] => {
  const text = readFileSync(new URL(page, docs), 'utf8');
  const blocks = [...text.matchAll(/```(?:sh|console)\n([^`]*)```/g)].map(([, block = '']) => block);
  const lines = blocks.flatMap((block) => block.split('\n')).map((line) => line.trim().replace(/^\$ /, ''));
  return lines.filter((line) => line.startsWith('npx gatewright ')).map((line) => words(line).slice(2));
};

const pages = harmless.map((page) => ({ page, commands: commandsIn(page) }));

describe('every command of the runbooks is one that the command line takes', () => {
  const { gatewright } = commandLine();

  it.each(pages)('$page', async ({ commands }) => {
    expect(commands.length).toBeGreaterThan(2);
    for (const args of commands) {
      const { code, err } = await gatewright(args);
      expect([0, 1], `gatewright ${args.join(' ')}: ${err}`).toContain(code);
    }
  });
});

describe('the page on moving to PostgreSQL', () => {
  const { addStore, file, gatewright } = commandLine();

  it('moves a ledger when its lines are typed in one after the other', async () => {
    const store = await addStore();
    await copyFile(file('ledger.db'), file('gatewright.db'));
    const { code, out, err } = await runMovingPage(file('.'), 'sqlite:./new.db');
    expect(code, err).toBe(0);
    expect(out.match(/^Every count and digest is the same/gm)).toHaveLength(2);
    const list = ['store', 'list', '--json', '--db'];
    for (const name of ['new.db', 'back.db'])
      expect((await gatewright([...list, `sqlite:${file(name)}`])).out).toContain(store);
  });
});

it('the page on the review queue names every kind of item', () => {
  const source = (path: string) =>
    readFileSync(new URL(`../../payment-core/src/${path}`, import.meta.url), 'utf8');
  const [, union = ''] = /export type ReviewKind =([^;]*);/.exec(source('ledger/rows.ts')) ?? [];
  const [, exceptions = ''] =
    /invoiceExceptionSchema = z\.enum\(\[([^\]]*)\]/.exec(source('invoice/exception.ts')) ?? [];
  const kinds = [...`${union}${exceptions}`.matchAll(/'(\w+)'/g)].map(([, kind = '']) => kind);
  expect(kinds.length).toBeGreaterThan(20);
  const page = readFileSync(new URL('review-queue.md', docs), 'utf8');
  for (const kind of kinds) expect(page).toContain(`\`${kind}\``);
});
