/**
 * JSON as a tree that keeps what a parsed value loses: repeated keys, `__proto__`, the order and the text of numbers.
 * Read and written apart from the core's own parser, which it judges.
 */
export type Tree =
  | { readonly kind: 'object'; readonly members: readonly Member[] }
  | { readonly kind: 'array'; readonly items: readonly Tree[] }
  | { readonly kind: 'string'; readonly text: string }
  /** A number, true, false or null; a mutator may put any text here. */
  | { readonly kind: 'raw'; readonly text: string };
export type Member = readonly [key: string, value: Tree];

export const raw = (text: string): Tree => ({ kind: 'raw', text });
export const text = (value: string): Tree => ({ kind: 'string', text: value });
export const object = (fields: Readonly<Record<string, Tree | string | null>>): Tree => ({
  kind: 'object',
  members: Object.entries(fields).map(([key, value]): Member => {
    if (value === null) return [key, raw('null')];
    return [key, typeof value === 'string' ? text(value) : value];
  }),
});

/** How the languages of the gateways write (gateways.md 10.2). */
export interface Style {
  readonly item: string;
  readonly colon: string;
  readonly asciiOnly: boolean;
  readonly escapeSlash: boolean;
}
const compact: Style = { item: ',', colon: ':', asciiOnly: false, escapeSlash: false };
export const styles = {
  javascript: compact,
  python: { ...compact, item: ', ', colon: ': ', asciiOnly: true },
  php: { ...compact, asciiOnly: true, escapeSlash: true },
  spaced: { item: ' ,\n\t', colon: ' :\r\n ', asciiOnly: false, escapeSlash: true },
} as const satisfies Record<string, Style>;

const writeText = (value: string, style: Style): string => {
  let written = JSON.stringify(value);
  if (style.asciiOnly) {
    written = written.replace(
      /[\u007f-\uffff]/g,
      (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
  }
  return style.escapeSlash ? written.replaceAll('/', '\\/') : written;
};

export const writeTree = (tree: Tree, style: Style): string => {
  switch (tree.kind) {
    case 'raw':
      return tree.text;
    case 'string':
      return writeText(tree.text, style);
    case 'array':
      return `[${tree.items.map((item) => writeTree(item, style)).join(style.item)}]`;
    case 'object': {
      const members = tree.members.map(
        ([key, value]) => `${writeText(key, style)}${style.colon}${writeTree(value, style)}`,
      );
      return `{${members.join(style.item)}}`;
    }
    default: {
      const never: never = tree;
      return never;
    }
  }
};

/** Above the 64 levels that the core reads, and far below what would be too much for this reader. */
const maxDepth = 200;

const token = /[\s]*(?:([{}[\],:])|("(?:[^"\\]|\\.)*")|([^\s{}[\],:"]+))/y;

interface Reader {
  readonly source: string;
  at: number;
}

const next = (reader: Reader): string => {
  token.lastIndex = reader.at;
  const match = token.exec(reader.source);
  if (match === null) return '';
  reader.at = token.lastIndex;
  return match[1] ?? match[2] ?? match[3] ?? '';
};

const stringOf = (literal: string): string => {
  const value: unknown = JSON.parse(literal);
  return typeof value === 'string' ? value : '';
};

const readFrom = (reader: Reader, first: string, depth: number): Tree | undefined => {
  if (depth > maxDepth) return undefined;
  if (first.startsWith('"')) return text(stringOf(first));
  if (first === '[') return readItems(reader, depth);
  return first === '{' ? readMembers(reader, depth) : raw(first);
};

const readItems = (reader: Reader, depth: number): Tree | undefined => {
  const items: Tree[] = [];
  for (let found = next(reader); found !== ']'; found = next(reader)) {
    if (found === ',') continue;
    const item = readFrom(reader, found, depth + 1);
    if (item === undefined) return undefined;
    items.push(item);
  }
  return { kind: 'array', items };
};

const readMembers = (reader: Reader, depth: number): Tree | undefined => {
  const members: Member[] = [];
  for (let found = next(reader); found !== '}'; found = next(reader)) {
    if (found === ',') continue;
    const key = stringOf(found);
    next(reader);
    const value = readFrom(reader, next(reader), depth + 1);
    if (value === undefined) return undefined;
    members.push([key, value]);
  }
  return { kind: 'object', members };
};

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const parse = (body: Uint8Array): Tree | undefined => {
  let source: string;
  try {
    source = utf8.decode(body);
    JSON.parse(source);
  } catch {
    return undefined;
  }
  const reader: Reader = { source, at: 0 };
  return readFrom(reader, next(reader), 1);
};

const known = new WeakMap<Uint8Array, { readonly tree: Tree | undefined }>();

/** Undefined for what is no JSON in strict UTF-8, and for more than 200 levels. Read once per body. */
export const readTree = (body: Uint8Array): Tree | undefined => {
  const before = known.get(body);
  if (before !== undefined) return before.tree;
  const tree = parse(body);
  known.set(body, { tree });
  return tree;
};

/** What `parseExactJson` promises to refuse although JSON.parse takes it (gateways.md rule 8). */
export const isExact = (tree: Tree, depth = 1): boolean => {
  if (tree.kind === 'array') return depth <= 64 && tree.items.every((item) => isExact(item, depth + 1));
  if (tree.kind !== 'object') return true;
  const keys = new Set(tree.members.map(([key]) => key));
  if (depth > 64 || keys.size < tree.members.length || keys.has('__proto__')) return false;
  return tree.members.every(([, value]) => isExact(value, depth + 1));
};

/** A member of an object, the last one of that name as JSON.parse has it. */
export const field = (tree: Tree | undefined, key: string): Tree | undefined =>
  tree?.kind === 'object' ? tree.members.findLast(([name]) => name === key)?.[1] : undefined;

export const textOf = (tree: Tree | undefined): string | undefined =>
  tree?.kind === 'string' ? tree.text : undefined;

/** A text, or the digits of a number; null and what is neither give null. */
export const wordOf = (tree: Tree | undefined): string | null => {
  if (tree?.kind === 'string') return tree.text;
  return tree?.kind === 'raw' && /^-?\d/.test(tree.text) ? tree.text : null;
};
