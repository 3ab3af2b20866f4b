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
 * commas in parameters; promotion, union types and readonly pass and are banned by newerSyntax (toolchain.md 11a).
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

/** Syntax of PHP 8 that php-parser lets pass when it is set to 7.4; empty for a clean source. */
export const newerSyntax = (tree: PhpNode): readonly string[] => {
  const found: string[] = [];
  for (const node of nodesOf(tree)) {
    const line = node.loc?.start.line ?? 0;
    if (node.kind === 'uniontype' || node.kind === 'intersectiontype') found.push(`${line}: union type`);
    if (node.kind === 'parameter' && typeof node.flags === 'number' && node.flags > 0)
      found.push(`${line}: constructor promotion`);
    if (node.readonly === true || node.isReadonly === true) found.push(`${line}: readonly`);
    if (node.kind === 'parameter' && Array.isArray(node.attrGroups) && node.attrGroups.length > 0)
      found.push(`${line}: attribute`);
    if ((node.kind === 'typereference' || node.kind === 'name') && isNewerType(node.name))
      found.push(`${line}: type ${String(node.name)}`);
  }
  return found;
};

const isNewerType = (name: unknown): boolean =>
  typeof name === 'string' && ['mixed', 'never'].includes(name.toLowerCase());
