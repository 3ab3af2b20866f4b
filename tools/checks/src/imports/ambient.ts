import { join } from 'node:path';
import ts from 'typescript';
import type { Finding } from '../finding.ts';
import { relativeTo } from '../repository.ts';
import { lineOf, walk } from './source.ts';

const builtins = new Set(['node:assert', 'node:buffer', 'node:crypto', 'node:url', 'node:util']);
const randomNames = /^(random|getRandomValues$|generate|webcrypto$|default$)/;

type Harmless = (parent: ts.Node, id: ts.Identifier) => boolean;

const isMemberOtherThan = (parent: ts.Node, id: ts.Identifier, ...names: string[]): boolean =>
  ts.isPropertyAccessExpression(parent) && parent.expression === id && !names.includes(parent.name.text);

const isDateOfAnInstant = (parent: ts.Node, id: ts.Identifier): boolean =>
  (ts.isNewExpression(parent) && parent.expression === id && (parent.arguments?.length ?? 0) > 0) ||
  (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword) ||
  isMemberOtherThan(parent, id, 'now');

const never = (): boolean => false;

/** Globals that reach the clock, chance, the network or the process, and the uses of them that do not. */
const watched = new Map<string, Harmless>([
  ['AbortSignal', (parent, id) => isMemberOtherThan(parent, id, 'timeout')],
  ['Date', isDateOfAnInstant],
  ['Math', (parent, id) => isMemberOtherThan(parent, id, 'random')],
  ['crypto', (parent, id) => isMemberOtherThan(parent, id, 'getRandomValues', 'randomUUID')],
  ...[
    'EventSource',
    'WebSocket',
    'fetch',
    'global',
    'globalThis',
    'performance',
    'process',
    'setImmediate',
    'setInterval',
    'setTimeout',
  ].map((name) => [name, never] as const),
]);

const isInType = (node: ts.Node): boolean => {
  for (let at: ts.Node | undefined = node; at && !ts.isStatement(at); at = at.parent)
    if (ts.isTypeNode(at)) return true;
  return false;
};

/** Is this identifier a read of a variable, and not the name of a member or of a declaration? */
const isVariable = (id: ts.Identifier): boolean => {
  const { parent } = id;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === id;
  if (ts.isQualifiedName(parent) || ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent))
    return false;
  if (ts.isBindingElement(parent)) return parent.initializer === id;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === id;
  return !('name' in parent && parent.name === id);
};

const isGlobal = (checker: ts.TypeChecker, id: ts.Identifier): boolean => {
  const symbol = ts.isShorthandPropertyAssignment(id.parent)
    ? checker.getShorthandAssignmentValueSymbol(id.parent)
    : checker.getSymbolAtLocation(id);
  return (symbol?.declarations ?? []).every((declaration) => declaration.getSourceFile().isDeclarationFile);
};

const ambientImport = (node: ts.ImportDeclaration): string | undefined => {
  const module = ts.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : '';
  if (!module.startsWith('node:') || node.importClause?.isTypeOnly) return undefined;
  if (!builtins.has(module)) return `${module} reaches outside the core`;
  if (module !== 'node:crypto') return undefined;
  const bindings = node.importClause?.namedBindings;
  if (!bindings || !ts.isNamedImports(bindings) || node.importClause?.name)
    return 'import names from node:crypto, so that randomness shows';
  const random = bindings.elements.find((element) =>
    randomNames.test((element.propertyName ?? element.name).text),
  );
  return random ? `${random.getText()} of node:crypto is random` : undefined;
};

const ambientUse = (checker: ts.TypeChecker, node: ts.Node): string | undefined => {
  if (ts.isImportDeclaration(node)) return ambientImport(node);
  if (!ts.isIdentifier(node) || !isVariable(node) || isInType(node)) return undefined;
  const isHarmless = watched.get(node.text);
  if (!isHarmless || isHarmless(node.parent, node) || !isGlobal(checker, node)) return undefined;
  return `the global ${node.text} brings in time, chance or the outside; take it as a parameter`;
};

/**
 * Uses of the clock, of chance, of the network and of the process in `files` (paths relative to `root`).
 * Names are resolved by the type checker, so a parameter called `fetch` is no finding.
 * `typeRoots` is where @types/node stands.
 */
export const ambientUses = (root: string, files: readonly string[], typeRoots: string): Finding[] => {
  if (files.length === 0) return [];
  const program = ts.createProgram({
    rootNames: files.map((file) => join(root, file)),
    options: {
      target: ts.ScriptTarget.ES2023,
      lib: ['lib.es2023.d.ts'],
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      allowImportingTsExtensions: true,
      noEmit: true,
      skipLibCheck: true,
      types: ['node'],
      typeRoots: [typeRoots],
    },
  });
  const checker = program.getTypeChecker();
  return files.flatMap((file) => {
    const source = program.getSourceFile(join(root, file));
    if (!source) return [];
    const findings: Finding[] = [];
    walk(source, (node) => {
      const message = ambientUse(checker, node);
      if (message)
        findings.push({
          file: relativeTo(root, source.fileName),
          line: lineOf(source, node),
          rule: 'ambient',
          message,
        });
    });
    return findings;
  });
};
