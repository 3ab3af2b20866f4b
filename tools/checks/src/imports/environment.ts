import ts from 'typescript';
import type { Finding } from '../finding.ts';
import { isTestFile, lineOf, walk } from './source.ts';

const readers = [
  /^apps\/[^/]+\/src\/env\.ts$/,
  /^packages\/cli\/src\/env\.ts$/,
  /^packages\/[^/]+\/bin\//,
  /^(\.ci|tools|bench)\//,
  /\.config\.[cm]?[jt]s$/,
];

const mayReadEnvironment = (file: string): boolean =>
  isTestFile(file) || readers.some((pattern) => pattern.test(file));

const isProcess = (node: ts.Node): boolean =>
  (ts.isIdentifier(node) && node.text === 'process') ||
  (ts.isPropertyAccessExpression(node) && node.name.text === 'process');

const namesEnv = (name: ts.Node | undefined): boolean =>
  name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteralLike(name)) && name.text === 'env';

const takesEnv = (elements: readonly (ts.BindingElement | ts.ImportSpecifier)[]): boolean =>
  elements.some((element) => namesEnv(element.propertyName ?? element.name));

const importsEnv = (node: ts.ImportDeclaration): boolean => {
  const bindings = node.importClause?.namedBindings;
  return (
    ts.isStringLiteral(node.moduleSpecifier) &&
    /^(node:)?process$/.test(node.moduleSpecifier.text) &&
    bindings !== undefined &&
    ts.isNamedImports(bindings) &&
    takesEnv(bindings.elements)
  );
};

const readsEnvironment = (node: ts.Node): boolean => {
  if (ts.isPropertyAccessExpression(node)) return isProcess(node.expression) && namesEnv(node.name);
  if (ts.isElementAccessExpression(node))
    return isProcess(node.expression) && namesEnv(node.argumentExpression);
  if (ts.isVariableDeclaration(node))
    return (
      node.initializer !== undefined &&
      isProcess(node.initializer) &&
      ts.isObjectBindingPattern(node.name) &&
      takesEnv(node.name.elements)
    );
  return ts.isImportDeclaration(node) && importsEnv(node);
};

/** The environment is read in one file per app, and passed on as values. */
export const environmentReads = (file: string, source: ts.SourceFile): Finding[] => {
  if (mayReadEnvironment(file)) return [];
  const findings: Finding[] = [];
  walk(source, (node) => {
    if (readsEnvironment(node))
      findings.push({
        file,
        line: lineOf(source, node),
        rule: 'environment',
        message: 'process.env is read outside env.ts',
      });
  });
  return findings;
};
