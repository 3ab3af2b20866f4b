import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

export const sourceName = /\.[cm]?[jt]sx?$/;

/** Test code may use the clock, the environment and the test kits. */
export const isTestFile = (path: string): boolean =>
  /\.(test|fixture)\.[cm]?[jt]sx?$/.test(path) || path.split('/').includes('test');

export const parseSource = (root: string, path: string): ts.SourceFile =>
  ts.createSourceFile(path, readFileSync(join(root, path), 'utf8'), ts.ScriptTarget.Latest, true);

export const lineOf = (source: ts.SourceFile, node: ts.Node): number =>
  source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;

export const walk = (node: ts.Node, visit: (node: ts.Node) => void): void => {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
};
