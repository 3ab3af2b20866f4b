import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../finding.ts';
import { listFiles, readWorkspaces } from '../repository.ts';
import { ambientUses } from './ambient.ts';
import { coreRooms, coreSource } from './core-rooms.ts';
import { environmentReads } from './environment.ts';
import { isSimulator } from './rooms.ts';
import { coreValues, simulatorIndependence } from './simulator-independence.ts';
import { isTestFile, parseSource, sourceName } from './source.ts';
import { importDirection, runtimeDependencies } from './workspace-direction.ts';

/** Every import, dependency, environment and ambient rule over the repository at `root`. */
export const checkImports = (root: string, typeRoots: string): Finding[] => {
  const workspaces = readWorkspaces(root);
  const byName = new Map(workspaces.map((workspace) => [workspace.manifest.name, workspace]));

  const values = coreValues(root);

  const perFile = workspaces.flatMap((workspace) =>
    listFiles(root, workspace.dir, sourceName).flatMap((file) => {
      const source = parseSource(root, file);
      return [
        ...importDirection(workspace, file, source, byName),
        ...coreRooms(file, source),
        ...environmentReads(file, source),
        ...(isSimulator(workspace.manifest.name) && !isTestFile(file)
          ? simulatorIndependence(file, source, values)
          : []),
      ];
    }),
  );

  const coreFiles = existsSync(join(root, coreSource)) ? listFiles(root, coreSource, sourceName) : [];
  const logic = coreFiles.filter((file) => !isTestFile(file));
  return [...workspaces.flatMap(runtimeDependencies), ...perFile, ...ambientUses(root, logic, typeRoots)];
};
