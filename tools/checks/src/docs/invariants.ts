import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Finding } from '../finding.ts';

const file = 'docs/proof.md';
/** Of the architecture page. */
const invariants = 17;

const row = /^\| (\d+) .*$/gm;
/** `[words](path) "title of the test"` */
const named = /\]\(([^)#\s]+)\) "([^"]+)"/g;

const drift = (message: string): Finding => ({ file, line: 1, rule: 'invariants', message });

const rowDrift = (root: string, number: number, text: string | undefined): Finding[] => {
  if (text === undefined) return [drift(`the table has no row for invariant ${number}`)];
  const tests = [...text.matchAll(named)];
  if (tests.length === 0) return [drift(`invariant ${number} names no test: [file](path) "title"`)];
  return tests.flatMap(([, path = '', title = '']) => {
    const target = posix.join(posix.dirname(file), path);
    if (!existsSync(join(root, target))) return [drift(`invariant ${number}: ${path} leads nowhere`)];
    const isThere = readFileSync(join(root, target), 'utf8').replaceAll("\\'", "'").includes(title);
    return isThere ? [] : [drift(`invariant ${number}: ${path} has no test "${title}"`)];
  });
};

/** Every invariant has a test in the page's table, in a file that is there and has a test of that name. */
export const checkInvariants = (root: string): readonly Finding[] => {
  if (!existsSync(join(root, file))) return [];
  const page = readFileSync(join(root, file), 'utf8');
  const rows = new Map([...page.matchAll(row)].map(([text, number]) => [Number(number), text]));
  return Array.from({ length: invariants }, (_, at) => at + 1).flatMap((number) =>
    rowDrift(root, number, rows.get(number)),
  );
};
