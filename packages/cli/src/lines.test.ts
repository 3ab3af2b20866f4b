import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitLines } from './lines.ts';

async function* chunked(pieces: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield Buffer.from(piece);
}

const split = async (
  pieces: readonly (string | Uint8Array)[],
  limit = 1_000,
): Promise<(string | undefined)[]> => {
  const lines: (string | undefined)[] = [];
  for await (const line of splitLines(chunked(pieces), limit)) {
    lines.push(line && Buffer.from(line).toString());
  }
  return lines;
};

describe('splitLines', () => {
  it('knows the line feed, and a carriage return in front of it, and nothing else', async () => {
    expect(await split(['a\nb\r\nc\rd\u2028e\u2029f\u0085g\n'])).toEqual([
      'a',
      'b',
      'c\rd\u2028e\u2029f\u0085g',
    ]);
  });

  it('gives the last line without its end, and no line after the last end', async () => {
    expect(await split(['a\n\nb'])).toEqual(['a', '', 'b']);
    expect(await split(['a\n'])).toEqual(['a']);
    expect(await split([''])).toEqual([]);
    expect(await split([])).toEqual([]);
  });

  it('does not depend on where the chunks are cut, not even inside a character', async () => {
    const text = 'é1\n☃22\r\n\n333\r';
    const whole = await split([text]);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: Buffer.byteLength(text) })), async (cuts) => {
        const bytes = Buffer.from(text);
        const places = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        const pieces = places.slice(1).map((end, index) => bytes.subarray(places[index], end));
        expect(await split(pieces)).toEqual(whole);
      }),
      { seed: 4 },
    );
  });

  it('passes over a line above the limit and goes on', async () => {
    expect(await split(['12345\n123456\n12', '345', '6', '\nab'], 5)).toEqual([
      '12345',
      undefined,
      undefined,
      'ab',
    ]);
  });
});
