import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import type { StorefrontSubject } from '../../../../packages/conformance/src/storefront/bench.ts';
import { lineOf, parseSource, walk } from '../imports/source.ts';
import { listFiles } from '../repository.ts';

/** One run of the storefront battery, with what it says of its storefront; a file may have several. */
export interface StorefrontTest extends Pick<StorefrontSubject, 'name' | 'readsOrders' | 'lacks'> {
  readonly file: string;
}

const battery = 'describeStorefront';

type Said = string | true | { readonly [name: string]: Said };

const nameOf = (name: ts.PropertyName): string | undefined =>
  ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : undefined;

/** A value that stands in the source as it is; undefined: one that would have to be computed. */
const literal = (node: ts.Expression): Said | undefined => {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (!ts.isObjectLiteralExpression(node)) return undefined;
  const said = node.properties.map((property) => {
    const name = property.name && nameOf(property.name);
    const value = ts.isPropertyAssignment(property) ? literal(property.initializer) : undefined;
    return name === undefined || value === undefined ? undefined : ([name, value] as const);
  });
  const known = said.filter((entry) => entry !== undefined);
  return known.length === said.length ? Object.fromEntries(known) : undefined;
};

const argumentOf = (node: ts.Node): ts.Expression | undefined | null =>
  ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === battery
    ? (node.arguments[0] ?? null)
    : undefined;

const isReasons = (said: Said): said is Readonly<Record<string, string>> =>
  typeof said === 'object' && Object.values(said).every((reason) => typeof reason === 'string');

/** Undefined where the page could not tell what the run covers. */
const subjectOf = (argument: ts.Expression | null): Omit<StorefrontTest, 'file'> | undefined => {
  if (argument === null || !ts.isObjectLiteralExpression(argument)) return undefined;
  const said = new Map<string, Said | undefined>();
  for (const property of argument.properties) {
    const name = property.name && nameOf(property.name);
    if (name === undefined) return undefined;
    said.set(name, ts.isPropertyAssignment(property) ? literal(property.initializer) : undefined);
  }
  const name = said.get('name');
  const readsOrders = said.get('readsOrders');
  const lacks = said.has('lacks') ? said.get('lacks') : {};
  if (typeof name !== 'string' || (readsOrders !== true && typeof readsOrders !== 'string')) return undefined;
  return lacks !== undefined && isReasons(lacks) ? { name, readsOrders, lacks } : undefined;
};

/** @throws Error for a call whose name, readsOrders and lacks do not stand in it as they are */
const readCalls = (root: string, file: string): readonly StorefrontTest[] => {
  if (!readFileSync(join(root, file), 'utf8').includes(battery)) return [];
  const source = parseSource(root, file);
  const calls: StorefrontTest[] = [];
  walk(source, (node) => {
    const argument = argumentOf(node);
    if (argument === undefined) return;
    const subject = subjectOf(argument);
    if (subject === undefined)
      throw new Error(
        `${file}:${lineOf(source, node)}: name, readsOrders and lacks of ${battery} stand in the call`,
      );
    calls.push({ file, ...subject });
  });
  return calls;
};

/** Every storefront in this repository that runs the battery. */
export const storefrontTests = (root: string): readonly StorefrontTest[] =>
  ['packages', 'apps']
    .flatMap((dir) => listFiles(root, dir, /\.test\.ts$/))
    .flatMap((file) => readCalls(root, file));
