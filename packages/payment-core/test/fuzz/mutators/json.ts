import { bytesOf } from '../input/input.ts';
import { type Member, raw, readTree, styles, type Tree, text, writeTree } from '../input/json-tree.ts';
import type { Random } from '../input/random.ts';
import type { Mutator } from './mutator.ts';

type Edit = (tree: Tree, random: Random) => Tree;
type EditMembers = (members: readonly Member[], at: number, random: Random) => readonly Member[];

/** Applies an edit somewhere: at the top, or in an object further in. */
const somewhere =
  (edit: EditMembers): Edit =>
  (tree, random) => {
    if (tree.kind !== 'object' || tree.members.length === 0) return tree;
    const at = random.below(tree.members.length);
    const inner = tree.members.findIndex(([, value]) => value.kind === 'object');
    const deeper = tree.members[inner];
    if (deeper && random.chance(2)) {
      const members = tree.members.with(inner, [deeper[0], somewhere(edit)(deeper[1], random)]);
      return { ...tree, members };
    }
    return { ...tree, members: edit(tree.members, at, random) };
  };

const replaceValue = (change: (value: Tree, random: Random) => Tree): Edit =>
  somewhere((members, at, random) =>
    members.map(([key, value], index): Member => [key, index === at ? change(value, random) : value]),
  );

const json = (name: string, edit: Edit): Mutator => ({
  name,
  family: 'json',
  mutate: (input, { random }) => {
    const tree = readTree(input.body);
    const style = random.pick([styles.javascript, styles.python, styles.php, styles.spaced]);
    return tree === undefined ? input : { ...input, body: bytesOf(writeTree(edit(tree, random), style)) };
  },
});

const keys = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'length',
  '',
  'payload',
  'id',
  'status',
  'signature',
];
const numbers = [
  '0',
  '-0',
  '-1',
  '1e309',
  '1e-400',
  '1E+5',
  '9007199254740993',
  '0.1000000000000000055511151231257827',
  '99999999999999999999999999999999999999999999.99',
  `1${'0'.repeat(400)}`,
  `0.${'0'.repeat(400)}1`,
  '1e99999999',
];
const noNumbers = ['NaN', 'Infinity', '0x10', '01', '.5', '5.', '+1', '1_000', 'undefined', 'True', "'x'"];
const texts = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  'a'.repeat(300),
  '☃'.repeat(5_000),
  '1e3',
  '0.00',
  ' paid',
  'PAID',
  'paid\u0000',
];
const statuses = [
  'paid',
  'completed',
  'confirmed',
  'expired',
  'payment.completed',
  'invoice_paid',
  'cancelled',
  'pending',
];

const swapped = (value: Tree, random: Random): Tree => {
  const options: readonly Tree[] = [
    raw('null'),
    raw('true'),
    raw('[]'),
    raw('{}'),
    { kind: 'array', items: [value] },
    { kind: 'object', members: [['value', value]] },
    value.kind === 'string' ? raw(/^[1-9]\d*$/.test(value.text) ? value.text : '7') : text('7'),
    value.kind === 'raw' ? text(value.text) : raw('12.50'),
  ];
  return random.pickOr(options) ?? value;
};

const nested = (random: Random): Tree => {
  const depth = random.pick([3, 61, 62, 63, 64, 65, 66, 500, 20_000]);
  const [open, close] = random.pick([
    ['[', ']'],
    ['{"a":', '}'],
  ] as const);
  return raw(`${open.repeat(depth)}1${close.repeat(depth)}`);
};

export const jsonMutators: readonly Mutator[] = [
  json('rewritten', (tree) => tree),
  json(
    'a member dropped',
    somewhere((members, at) => members.toSpliced(at, 1)),
  ),
  json(
    'a member repeated',
    somewhere((members, at) => members.toSpliced(at, 0, ...members.slice(at, at + 1))),
  ),
  json(
    'a member repeated, different',
    somewhere((members, at, random) => {
      const [key] = members[at] ?? ['x'];
      return members.toSpliced(random.below(members.length + 1), 0, [key, raw('1')]);
    }),
  ),
  json(
    'a member renamed',
    somewhere((members, at, random) =>
      members.map(
        ([key, value], index): Member => [index === at ? (random.pickOr(keys) ?? key) : key, value],
      ),
    ),
  ),
  json(
    'a member added',
    somewhere((members, at, random) =>
      members.toSpliced(at, 0, [random.pickOr(keys) ?? '', random.pick([raw('1'), raw('{}'), text('paid')])]),
    ),
  ),
  json(
    'members in another order',
    somewhere((members, at) => [...members.slice(at), ...members.slice(0, at)]),
  ),
  json('another type', replaceValue(swapped)),
  json(
    'a number',
    replaceValue((_value, random) => raw(random.pickOr(numbers) ?? '0')),
  ),
  json(
    'a number as text',
    replaceValue((_value, random) => text(random.pickOr(numbers) ?? '0')),
  ),
  json(
    'no number',
    replaceValue((_value, random) => raw(random.pickOr(noNumbers) ?? 'NaN')),
  ),
  json(
    'a text',
    replaceValue((_value, random) => text(random.pickOr(texts) ?? '')),
  ),
  json(
    'another word',
    replaceValue((_value, random) => text(random.pickOr(statuses) ?? '')),
  ),
  json(
    'deep',
    replaceValue((_value, random) => nested(random)),
  ),
  json(
    'wide',
    somewhere((members, at, random) =>
      members.toSpliced(
        at,
        0,
        ...Array.from({ length: random.pick([10, 3_000]) }, (_, index): Member => [`k${index}`, raw('0')]),
      ),
    ),
  ),
  json('in an array', (tree) => ({ kind: 'array', items: [tree] })),
  json('the inside out', (tree) =>
    tree.kind === 'object' ? (tree.members.find(([, value]) => value.kind === 'object')?.[1] ?? tree) : tree,
  ),
  json('the point moved from event to id', (tree) => {
    // CPC-3: "<id>.payment" and "confirmed" have the same joined text as "<id>" and "payment.confirmed".
    if (tree.kind !== 'object') return tree;
    const event = tree.members.find(([key]) => key === 'event')?.[1];
    const [first = '', ...rest] = event?.kind === 'string' ? event.text.split('.') : [];
    const members = tree.members.map(([key, value]): Member => {
      if (key === 'event') return [key, text(rest.join('.'))];
      return key === 'invoice_id' && value.kind === 'string'
        ? [key, text(`${value.text}.${first}`)]
        : [key, value];
    });
    return { ...tree, members };
  }),
];
