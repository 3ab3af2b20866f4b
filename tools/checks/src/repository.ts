import { type Dirent, existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import * as z from 'zod';

const dependencyMap = z.record(z.string(), z.string()).default({});

const manifestSchema = z.object({
  name: z.string(),
  private: z.boolean().default(false),
  workspaces: z.array(z.string()).default([]),
  scripts: dependencyMap,
  exports: z.unknown().optional(),
  dependencies: dependencyMap,
  optionalDependencies: dependencyMap,
  peerDependencies: dependencyMap,
  devDependencies: dependencyMap,
});

export type Manifest = z.infer<typeof manifestSchema>;

/** An npm workspace. `dir` is relative to the repository root, with forward slashes. */
export type Workspace = { readonly dir: string; readonly manifest: Manifest };

export const readManifest = (path: string): Manifest =>
  manifestSchema.parse(JSON.parse(readFileSync(path, 'utf8')));

export const readWorkspaces = (root: string): Workspace[] =>
  readManifest(join(root, 'package.json'))
    .workspaces.flatMap((pattern) => globSync(pattern, { cwd: root }))
    .filter((dir) => existsSync(join(root, dir, 'package.json')))
    .sort()
    .map((dir) => ({
      dir: dir.split(sep).join('/'),
      manifest: readManifest(join(root, dir, 'package.json')),
    }));

/** The paths under which a package may be imported: `.` and what its exports map lists. */
export const exportedSubpaths = (manifest: Manifest): string[] => {
  const { exports } = manifest;
  if (typeof exports !== 'object' || exports === null) return ['.'];
  return Object.keys(exports).filter((key) => key.startsWith('.'));
};

const skipped = new Set(['node_modules', 'dist', 'build', 'coverage', 'fixtures']);

const isSkipped = (entry: Dirent): boolean => skipped.has(entry.name) || entry.name.startsWith('.');

/** Every file below `dir` (relative to `root`) whose name matches; build output, fixtures and dot folders are left out. */
export const listFiles = (root: string, dir: string, name: RegExp): string[] =>
  readdirSync(join(root, dir), { withFileTypes: true })
    .filter((entry) => !isSkipped(entry))
    .flatMap((entry) => {
      const path = join(dir, entry.name);
      if (entry.isDirectory()) return listFiles(root, path, name);
      return entry.isFile() && name.test(entry.name) ? [path.split(sep).join('/')] : [];
    })
    .sort();

export const relativeTo = (root: string, path: string): string => relative(root, path).split(sep).join('/');
