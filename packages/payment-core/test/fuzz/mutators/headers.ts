import type { Input } from '../input/input.ts';
import type { Random } from '../input/random.ts';
import type { Mutator } from './mutator.ts';

type Line = Input['headers'][number];
type Edit = (headers: Input['headers'], random: Random) => readonly Line[];

const headers = (name: string, edit: Edit): Mutator => ({
  name,
  family: 'headers',
  mutate: (input, { random }) => ({ ...input, headers: edit(input.headers, random) }),
});
const harmless = (name: string, edit: Edit): Mutator => ({ ...headers(name, edit), harmless: true });

/** The same lines, one of them changed. */
const oneOf =
  (change: (line: Line, random: Random) => readonly Line[]): Edit =>
  (lines, random) => {
    const at = random.below(lines.length);
    return lines.flatMap((line, index) => (index === at ? change(line, random) : [line]));
  };

const aValue = (change: (value: string, random: Random) => string): Edit =>
  oneOf(([name, value], random) => [[name, change(value, random)]]);

const someCase = (text: string, random: Random): string =>
  [...text].map((letter) => (random.chance(2) ? letter.toUpperCase() : letter.toLowerCase())).join('');

const strange = [
  '',
  ' ',
  '\t',
  '\u00ff',
  '\u0000',
  '☃',
  ',',
  ';',
  '=',
  "'",
  '"',
  'null',
  '[object Object]',
  '%00',
];
const names = ['__proto__', 'constructor', 'toString', 'x-signature', 'X-Forwarded-For', 'signature', ''];
const gatewayNames = [
  'X-Webhook-Signature',
  'X-Signature',
  'X-Payment-Id',
  'crypto-pay-api-signature',
  'X-Gateway-Signature',
  'X-Gateway-Timestamp',
] as const;

export const headerMutators: readonly Mutator[] = [
  harmless('names in another case', (lines, random) =>
    lines.map(([name, value]): Line => [someCase(name, random), value]),
  ),
  harmless('another order', (lines, random) => {
    const at = random.below(lines.length + 1);
    return [...lines.slice(at), ...lines.slice(0, at)];
  }),
  harmless('a header of no matter', (lines, random) => [
    ...lines,
    ['X-Request-Id', Buffer.from(random.bytes(8)).toString('hex')],
  ]),
  headers(
    'without one',
    oneOf(() => []),
  ),
  headers('none', () => []),
  headers(
    'one repeated',
    oneOf((line) => [line, line]),
  ),
  headers(
    'one repeated, different',
    oneOf((line, random) => [line, [line[0], random.pickOr(strange) ?? '']]),
  ),
  headers(
    'one joined with itself',
    aValue((value, random) => `${value}${random.pick([', ', ',', ';'])}${value}`),
  ),
  headers(
    'one padded',
    aValue((value, random) => random.pick([` ${value}`, `${value} `, `\t${value}`])),
  ),
  headers(
    'one cut',
    aValue((value, random) => value.slice(0, random.below(value.length + 1))),
  ),
  headers(
    'one emptied',
    aValue(() => ''),
  ),
  headers(
    'one strange',
    aValue((_value, random) => random.pickOr(strange) ?? ''),
  ),
  headers(
    'one huge',
    aValue((value, random) => value + random.pick(['a', '0', ',', ' ']).repeat(65_536)),
  ),
  headers('one in another case', aValue(someCase)),
  headers(
    'under a name of another gateway',
    oneOf(([, value], random) => [[random.pick(gatewayNames), value]]),
  ),
  headers('a strange name', (lines, random) => [...lines, [random.pickOr(names) ?? '', 'x']]),
  headers('very many', (lines) => [
    ...lines,
    ...Array.from({ length: 2_000 }, (_, index): Line => [`x-${index}`, String(index)]),
  ]),
  headers('values exchanged', (lines, random) => {
    const values = lines.map(([, value]) => value);
    const by = 1 + random.below(3);
    return lines.map(([name], index): Line => [name, values[(index + by) % values.length] ?? '']);
  }),
];
