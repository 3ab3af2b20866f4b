import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import * as z from 'zod';
import { readWorkspaces, type Workspace } from '../repository.ts';

export type Tarball = {
  readonly workspace: Workspace;
  /** Absolute path of the .tgz file. */
  readonly path: string;
  /** The paths inside the package. */
  readonly files: readonly string[];
};

const packed = z.object({ filename: z.string(), files: z.array(z.object({ path: z.string() })) });

// npm 11 answers a list, npm 12 a record by package name.
const packOutput = z.union([z.array(packed), z.record(z.string(), packed).transform(Object.values)]);

export const publishableWorkspaces = (root: string): Workspace[] =>
  readWorkspaces(root).filter(({ manifest }) => !manifest.private);

/** Packs one workspace as `npm publish` would. Its build must have run. */
export const packWorkspace = (root: string, workspace: Workspace, destination: string): Tarball => {
  const args = ['pack', '--json', '--pack-destination', destination, '--workspace', workspace.manifest.name];
  const output = execFileSync('npm', args, { cwd: root, encoding: 'utf8' });
  const [first] = z.array(packed).parse(packOutput.parse(JSON.parse(output)));
  if (!first) throw new Error(`npm pack answered no file for ${workspace.manifest.name}`);
  return {
    workspace,
    path: join(destination, first.filename),
    files: first.files.map((file) => file.path),
  };
};
