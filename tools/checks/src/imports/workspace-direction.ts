import { posix } from 'node:path';
import type ts from 'typescript';
import type { Finding } from '../finding.ts';
import { exportedSubpaths, type Workspace } from '../repository.ts';
import { type ImportSite, importSites } from './import-sites.ts';
import { isTestKit, isUnrestricted, mayImport } from './rooms.ts';
import { isTestFile } from './source.ts';

type Problem = { readonly rule: string; readonly message: string };

const splitSpecifier = (specifier: string): { name: string; subpath: string } => {
  const parts = specifier.split('/');
  const length = specifier.startsWith('@') ? 2 : 1;
  return { name: parts.slice(0, length).join('/'), subpath: ['.', ...parts.slice(length)].join('/') };
};

const relativeProblem = (from: Workspace, file: string, specifier: string): Problem | undefined => {
  const target = posix.join(posix.dirname(file), specifier);
  if (target === from.dir || target.startsWith(`${from.dir}/`)) return undefined;
  return { rule: 'import-leaves-workspace', message: `${specifier} leads out of ${from.dir}` };
};

const packageProblem = (
  from: Workspace,
  file: string,
  site: ImportSite,
  others: ReadonlyMap<string, Workspace>,
): Problem | undefined => {
  const { name, subpath } = splitSpecifier(site.specifier);
  const target = others.get(name);
  const own = from.manifest.name;
  if (!target || name === own) return undefined;
  if (!exportedSubpaths(target.manifest).includes(subpath))
    return { rule: 'import-subpath', message: `${name} does not export ${subpath}` };
  if (mayImport(own, name)) return undefined;
  // A kit's own tests drive what the kit is for, so they stand above every room.
  if (isTestFile(file) && (isTestKit(name) || isTestKit(own))) return undefined;
  return { rule: 'import-direction', message: `${own} may not import ${name}` };
};

/** Imports between workspaces: the direction of the rooms, no reaching into another folder, exported paths only. */
export const importDirection = (
  from: Workspace,
  file: string,
  source: ts.SourceFile,
  others: ReadonlyMap<string, Workspace>,
): Finding[] =>
  importSites(source).flatMap((site) => {
    const problem = site.specifier.startsWith('.')
      ? relativeProblem(from, file, site.specifier)
      : packageProblem(from, file, site, others);
    return problem ? [{ file, line: site.line, ...problem }] : [];
  });

/** What a workspace installs at its users': no test kit, and no room that its code may not import. */
export const runtimeDependencies = ({ dir, manifest }: Workspace): Finding[] => {
  const { name, dependencies, optionalDependencies, peerDependencies } = manifest;
  if (isUnrestricted(name)) return [];
  const at = { file: `${dir}/package.json`, line: 1 };
  return Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })
    .filter((dependency) => dependency.startsWith('@gatewright/'))
    .flatMap((dependency): Finding[] => {
      if (isTestKit(dependency))
        return isTestKit(name)
          ? []
          : [
              {
                ...at,
                rule: 'test-kit-in-runtime',
                message: `${name} depends on the test kit ${dependency}`,
              },
            ];
      if (mayImport(name, dependency)) return [];
      return [{ ...at, rule: 'dependency-direction', message: `${name} may not depend on ${dependency}` }];
    });
};
