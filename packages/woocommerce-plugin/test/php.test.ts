import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { phpFiles, pluginFolder, readPlugin } from '../build/plugin-files.ts';

const php = spawnSync('php', ['--version'], { encoding: 'utf8' });
const hasPhp = php.status === 0;
const hasPhpunit = hasPhp && spawnSync('phpunit', ['--version']).status === 0;

test.skipIf(!hasPhp)('php -l (skipped where there is no php)', () => {
  const faults = phpFiles(readPlugin()).flatMap(({ path }) => {
    const run = spawnSync('php', ['-l', `${pluginFolder}/${path}`], { encoding: 'utf8' });
    return run.status === 0 ? [] : [run.stdout];
  });
  expect(faults).toEqual([]);
});

test.skipIf(!hasPhpunit)('phpunit (skipped where there is none)', () => {
  const config = fileURLToPath(new URL('../phpunit.xml', import.meta.url));
  const run = spawnSync('phpunit', ['--configuration', config], { encoding: 'utf8' });
  expect(run.status, run.stdout).toBe(0);
});
