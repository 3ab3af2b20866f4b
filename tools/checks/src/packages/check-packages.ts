import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import type { Finding } from '../finding.ts';
import type { Workspace } from '../repository.ts';
import type { Tarball } from './tarball.ts';

const at = ({ dir }: Workspace): { file: string; line: number } => ({ file: `${dir}/package.json`, line: 1 });

const toArrayBuffer = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;

/**
 * Medusa reads plugins and providers as CommonJS with a default export, and admin extensions as a bundle without types:
 * its own build makes both so (contracts/medusa.md 6).
 */
const isMedusaPlugin = ({ manifest }: Workspace): boolean =>
  JSON.stringify(manifest.exports ?? {}).includes('.medusa/server/src/admin/');

const medusaShape: ReadonlySet<string> = new Set(['CJS_WITH_ESMODULE_DEFAULT_EXPORT']);

const publintFindings = async ({ workspace, path }: Tarball): Promise<Finding[]> => {
  const pack = { tarball: toArrayBuffer(readFileSync(path)) };
  const { messages, pkg } = await publint({ pack, strict: true, level: 'warning' });
  const isExpected = (code: string): boolean => isMedusaPlugin(workspace) && medusaShape.has(code);
  return messages
    .filter(({ code }) => !isExpected(code))
    .map((message) => ({
      ...at(workspace),
      rule: `publint-${message.type}`,
      message: formatMessage(message, pkg, { color: false }) ?? message.code,
    }));
};

/** Dual packages answer every module system from Node 16 on; the others are for ESM, also through require(esm). */
const attwProfile = ({ manifest }: Workspace): string =>
  JSON.stringify(manifest.exports ?? {}).includes('"require"') ? 'node16' : 'esm-only';

const attwFindings = (root: string, { workspace, path }: Tarball): Promise<Finding[]> => {
  const bin = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js');
  const untyped = isMedusaPlugin(workspace) ? ['--exclude-entrypoints', './admin'] : [];
  const looks = ['--format', 'ascii', '--no-color', '--no-emoji'];
  const options = ['--profile', attwProfile(workspace), ...looks, ...untyped];
  return new Promise((resolve) => {
    execFile(process.execPath, [bin, path, ...options], (error, stdout, stderr) => {
      const message = `${stdout}${stderr}`.trim();
      resolve(error ? [{ ...at(workspace), rule: 'attw', message }] : []);
    });
  });
};

const noticeFindings = ({ workspace, files }: Tarball): Finding[] =>
  files.includes('LICENSE')
    ? []
    : [{ ...at(workspace), rule: 'license', message: 'the package carries no LICENSE' }];

/** What publint --strict and attw say about each packed package, and whether it carries its licence. */
export const checkPackages = async (root: string, tarballs: readonly Tarball[]): Promise<Finding[]> => {
  const perTarball = await Promise.all(
    tarballs.map(async (tarball) => [
      ...noticeFindings(tarball),
      ...(await publintFindings(tarball)),
      ...(await attwFindings(root, tarball)),
    ]),
  );
  return perTarball.flat();
};
