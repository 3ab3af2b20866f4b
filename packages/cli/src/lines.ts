/** A line of input without its end; `undefined` for one that was longer than the limit and has been skipped. */
export type InputLine = Uint8Array | undefined;

const NEWLINE = 0x0a;

const trimmed = (line: Uint8Array): Uint8Array => (line.at(-1) === 0x0d ? line.subarray(0, -1) : line);

/**
 * Splits at the byte `\n` alone (before which a `\r` is dropped): `node:readline` also splits at U+2028, which may
 * stand in JSON text. Reads on only when the last line has been taken, so memory holds one line.
 */
export async function* splitLines(
  chunks: AsyncIterable<Uint8Array>,
  limit: number,
): AsyncGenerator<InputLine> {
  let parts: Uint8Array[] = [];
  let length = 0;
  const take = (): InputLine => {
    const line = length > limit ? undefined : trimmed(Buffer.concat(parts));
    parts = [];
    length = 0;
    return line;
  };
  const keep = (part: Uint8Array): void => {
    length += part.length;
    if (length > limit) parts = [];
    else parts.push(part);
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      keep(chunk.subarray(start, end));
      yield take();
      start = end + 1;
    }
    keep(chunk.subarray(start));
  }
  if (length > 0) yield take();
}
