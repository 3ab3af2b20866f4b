import { existsSync, readFileSync } from 'node:fs';
import { type Counts, demoCounts, junitCounts, stageCounts, vitestCounts } from './counts.ts';

const readers: Readonly<Record<string, (text: string) => Counts | undefined>> = {
  vitest: vitestCounts,
  demo: demoCounts,
  phpunit: junitCounts,
};

/** `main.ts vitest|demo|phpunit <report file> <exit code of the stage>` prints "<passed> <failed>". */
const [kind = '', path = '', exitCode = ''] = process.argv.slice(2);
const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
const { passed, failed } = stageCounts(readers[kind]?.(text), Number(exitCode));
console.log(`${passed} ${failed}`);
