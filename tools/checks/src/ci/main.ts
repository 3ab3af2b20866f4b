import { existsSync, readFileSync } from 'node:fs';
import { demoCounts, stageCounts, vitestCounts } from './counts.ts';

/** `main.ts vitest|demo <report file> <exit code of the stage>` prints "<passed> <failed>". */
const [kind, path = '', exitCode = ''] = process.argv.slice(2);
const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
const { passed, failed } = stageCounts(
  kind === 'demo' ? demoCounts(text) : vitestCounts(text),
  Number(exitCode),
);
console.log(`${passed} ${failed}`);
