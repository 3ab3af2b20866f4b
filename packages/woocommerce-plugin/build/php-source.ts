import parser from 'php-parser';

/** A node of php-parser's tree, as far as it is looked at; its other fields depend on the kind. */
export interface PhpNode {
  readonly kind: string;
  readonly loc?: { readonly start: { readonly line: number }; readonly end: { readonly line: number } };
  readonly [field: string]: unknown;
}

/** Kind-less objects, such as positions, are no nodes. */
export const isNode = (value: unknown): value is PhpNode =>
  typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string';

/**
 * The tree of a source as PHP 7.4 reads it. Throws a SyntaxError for match, nullsafe, named arguments, enums and trailing
 * commas in parameters; promotion, union types and readonly pass and are banned by newerSyntax (newer-php.ts; toolchain.md 11a).
 */
export const parsePhp = (source: string, path: string): PhpNode => {
  const engine = new parser.Engine({
    parser: { version: '7.4', extractDoc: true, suppressErrors: false },
    ast: { withPositions: true },
  });
  const tree: unknown = engine.parseCode(source, path);
  if (!isNode(tree)) throw new Error(`${path}: not a program`);
  return tree;
};

const childrenOf = (node: PhpNode): readonly PhpNode[] =>
  Object.entries(node).flatMap(([field, value]) => {
    if (field === 'leadingComments' || field === 'trailingComments' || field === 'comments') return [];
    return (Array.isArray(value) ? value : [value]).filter(isNode);
  });

/** The node and everything below it, in the order of the source. */
export function* nodesOf(node: PhpNode): Generator<PhpNode> {
  yield node;
  for (const child of childrenOf(node)) yield* nodesOf(child);
}
