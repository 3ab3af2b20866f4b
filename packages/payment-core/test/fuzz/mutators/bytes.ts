import { bytesOf } from '../input/input.ts';
import type { Random } from '../input/random.ts';
import type { Mutator } from './mutator.ts';

type Edit = (body: Uint8Array, random: Random) => Uint8Array;

const joined = (...parts: readonly Uint8Array[]): Uint8Array => Buffer.concat(parts);

const bytes = (name: string, edit: Edit): Mutator => ({
  name,
  family: 'bytes',
  mutate: (input, { random }) => ({ ...input, body: edit(input.body, random) }),
});

const cut = (body: Uint8Array, random: Random): readonly [Uint8Array, Uint8Array] => {
  const at = random.below(body.length + 1);
  return [body.subarray(0, at), body.subarray(at)];
};

/** A stretch of the body of at most 32 bytes. */
const stretch = (body: Uint8Array, random: Random): readonly [number, number] => {
  const from = random.below(body.length + 1);
  return [from, Math.min(body.length, from + 1 + random.below(32))];
};

const tokens = [
  '"',
  '\\',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  ' ',
  '\n',
  '0',
  '-',
  'e9',
  'null',
  '\u0000',
  '\ufeff',
];
const moreTokens = ['\\u0000', '\\ud800', '"__proto__":{},', '//', '\u2028', 'é', '𝄞'];
const pieces = [...tokens, ...moreTokens].map(bytesOf);
/** Over-long, truncated and impossible UTF-8. */
const brokenUtf8 = [[0xc0, 0x80], [0xff], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xe2, 0x82], [0x80]];

const limit = 1_048_576;

export const byteMutators: readonly Mutator[] = [
  bytes('flip a bit', (body, random) => {
    if (body.length === 0) return body;
    const at = random.below(body.length);
    return body.with(at, (body[at] ?? 0) ^ (1 << random.below(8)));
  }),
  bytes('change a byte', (body, random) =>
    body.length === 0 ? body : body.with(random.below(body.length), random.below(256)),
  ),
  bytes('insert a token', (body, random) => {
    const [before, after] = cut(body, random);
    return joined(before, random.pickOr(pieces) ?? body, after);
  }),
  bytes('insert broken UTF-8', (body, random) => {
    const [before, after] = cut(body, random);
    return joined(before, Uint8Array.from(random.pickOr(brokenUtf8) ?? []), after);
  }),
  bytes('delete a stretch', (body, random) => {
    const [from, to] = stretch(body, random);
    return joined(body.subarray(0, from), body.subarray(to));
  }),
  bytes('duplicate a stretch', (body, random) => {
    const [from, to] = stretch(body, random);
    return joined(body.subarray(0, to), body.subarray(from));
  }),
  bytes('truncate', (body, random) => body.subarray(0, random.below(body.length + 1))),
  bytes('empty', () => new Uint8Array()),
  bytes('twice', (body) => joined(body, body)),
  bytes('white space around', (body, random) => joined(bytesOf(random.pick([' ', '\n', '\t'])), body)),
  bytes('white space behind', (body, random) =>
    joined(body, bytesOf(random.pick(['\n', ' ', '\r\n', '\u0000']))),
  ),
  bytes('byte order mark', (body) => joined(bytesOf('\ufeff'), body)),
  bytes('UTF-16', (body) => Buffer.from(Buffer.from(body).toString('utf8'), 'utf16le')),
  bytes('noise', (_body, random) => random.bytes(random.below(64))),
  bytes('large', (body, random) => {
    // Seldom up to the limit and one byte beyond it: such an input costs a thousand small ones.
    const size = random.chance(40) ? limit + random.below(3) - 1 : random.below(20_000);
    return joined(
      body,
      Buffer.alloc(Math.max(0, size - body.length), random.pick([' ', '0', '[', '"', '{"a":'])),
    );
  }),
];
