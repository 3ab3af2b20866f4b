import ts from 'typescript';
import { lineOf, walk } from './source.ts';

/** One place that names a module. `typesOnly` sites vanish when the types are stripped. */
export type ImportSite = { readonly specifier: string; readonly line: number; readonly typesOnly: boolean };

type ModuleReference = { readonly specifier: ts.Node | undefined; readonly typesOnly: boolean };

const isLoadCall = (node: ts.CallExpression): boolean =>
  node.expression.kind === ts.SyntaxKind.ImportKeyword ||
  (ts.isIdentifier(node.expression) && node.expression.text === 'require');

// `import { type A } from 'x'` is not types-only: verbatimModuleSyntax leaves `import {} from 'x'` behind.
const moduleReference = (node: ts.Node): ModuleReference | undefined => {
  if (ts.isImportDeclaration(node))
    return { specifier: node.moduleSpecifier, typesOnly: node.importClause?.isTypeOnly ?? false };
  if (ts.isExportDeclaration(node)) return { specifier: node.moduleSpecifier, typesOnly: node.isTypeOnly };
  if (ts.isImportTypeNode(node))
    return {
      specifier: ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined,
      typesOnly: true,
    };
  if (ts.isExternalModuleReference(node)) return { specifier: node.expression, typesOnly: false };
  if (ts.isCallExpression(node) && isLoadCall(node))
    return { specifier: node.arguments[0], typesOnly: false };
  return undefined;
};

export const importSites = (source: ts.SourceFile): ImportSite[] => {
  const sites: ImportSite[] = [];
  walk(source, (node) => {
    const reference = moduleReference(node);
    if (reference?.specifier && ts.isStringLiteralLike(reference.specifier))
      sites.push({
        specifier: reference.specifier.text,
        line: lineOf(source, node),
        typesOnly: reference.typesOnly,
      });
  });
  return sites;
};
