import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';
import type { Finding } from '../finding.ts';
import { coreSource } from './core-rooms.ts';
import { importSites } from './import-sites.ts';
import { lineOf, parseSource } from './source.ts';

const core = '@gatewright/payment-core';
const index = `${coreSource}/index.ts`;

const isExported = (node: ts.Statement): boolean =>
  ts.canHaveModifiers(node) &&
  (ts.getModifiers(node) ?? []).some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword);

const declaredNames = (statement: ts.Statement): string[] => {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) =>
      ts.isIdentifier(name) ? name.text : [],
    );
  return ts.isFunctionDeclaration(statement) && statement.name ? [statement.name.text] : [];
};

/** The values that the core's index offers, each with the room (folder) it comes from. */
export const coreValues = (root: string): ReadonlyMap<string, string> => {
  if (!existsSync(join(root, index))) return new Map();
  const files = importSites(parseSource(root, index)).map(({ specifier }) =>
    posix.join(coreSource, specifier),
  );
  return new Map(
    files
      .filter((file) => existsSync(join(root, file)))
      .flatMap((file) =>
        parseSource(root, file)
          .statements.filter(isExported)
          .flatMap(declaredNames)
          .map((name) => [name, posix.relative(coreSource, file).split('/')[0] ?? ''] as const),
      ),
  );
};

const importedValues = (node: ts.ImportDeclaration): string[] => {
  const clause = node.importClause;
  if (!clause || clause.isTypeOnly) return [];
  if (!clause.namedBindings || !ts.isNamedImports(clause.namedBindings)) return ['*'];
  return clause.namedBindings.elements
    .filter((element) => !element.isTypeOnly)
    .map((element) => (element.propertyName ?? element.name).text);
};

/**
 * A simulator is a second reading of the gateway's document. Of the core it uses types and exact numbers; with the
 * core's signatures or adapters it would repeat their mistakes and find none.
 */
export const simulatorIndependence = (
  file: string,
  source: ts.SourceFile,
  values: ReadonlyMap<string, string>,
): Finding[] =>
  source.statements.filter(ts.isImportDeclaration).flatMap((node) => {
    if (!ts.isStringLiteral(node.moduleSpecifier) || node.moduleSpecifier.text !== core) return [];
    return importedValues(node)
      .filter((name) => values.get(name) !== 'money')
      .map((name) => ({
        file,
        line: lineOf(source, node),
        rule: 'simulator-independence',
        message: `a simulator may use the core's types and its money, not ${name} (${values.get(name) ?? 'unknown'})`,
      }));
  });
