import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A project outside the repository, as a user has it: a package.json, some files and installed tarballs. */
export type BlankProject = {
  readonly dir: string;
  readonly install: (...packages: readonly string[]) => void;
  readonly write: (path: string, text: string) => void;
  /** Runs a file on the Node that runs the tests and answers its standard output. Throws when it fails. */
  readonly run: (...args: readonly string[]) => string;
  readonly remove: () => void;
};

// The registry pages, scripts and workspaces of the repository are none of a user's business.
const ownEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^npm_(?:package|lifecycle|config_workspace)/i.test(name),
    ),
  );

const capture = (dir: string, command: string, args: readonly string[]): string => {
  try {
    const options = { cwd: dir, encoding: 'utf8', env: ownEnvironment(), stdio: 'pipe' } as const;
    return execFileSync(command, args, options);
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }; // execFileSync attaches both
    throw new Error(`${command} ${args.join(' ')} failed in ${dir}\n${stdout}${stderr}`);
  }
};

export const createBlankProject = (type: 'module' | 'commonjs'): BlankProject => {
  const dir = mkdtempSync(join(tmpdir(), `gatewright-${type}-`));
  const write = (path: string, text: string): void => {
    mkdirSync(join(dir, path, '..'), { recursive: true });
    writeFileSync(join(dir, path), text);
  };
  write('package.json', JSON.stringify({ name: 'blank', version: '1.0.0', private: true, type }));
  return {
    dir,
    write,
    install: (...packages) => {
      capture(dir, 'npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', ...packages]);
    },
    run: (...args) => capture(dir, process.execPath, args),
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
};
