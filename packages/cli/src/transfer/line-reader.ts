import type { Readable } from 'node:stream';
import { splitLines } from '../lines.ts';

/** Far above the largest row: a webhook of 1 MiB. */
const longestLine = 64 * 1_048_576;

/** The input could not be read to its end. */
export class InputBroken extends Error {}

/** The lines of an export as text; one that is too long comes as an empty one, which is none of an export. */
export async function* readLines(input: Readable): AsyncGenerator<string> {
  const lines = splitLines(input, longestLine);
  for (;;) {
    const next = await lines.next().catch((error: unknown) => {
      throw new InputBroken(error instanceof Error ? error.message : String(error));
    });
    if (next.done === true) return;
    yield Buffer.from(next.value ?? '').toString('utf8');
  }
}
