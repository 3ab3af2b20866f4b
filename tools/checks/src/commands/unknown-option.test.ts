import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import manifest from '../../../../package.json' with { type: 'json' };

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** As the script of this name starts it, without npm. */
const run = (script: 'model' | 'chaos' | 'fuzz' | 'bench', args: readonly string[]) => {
  const main = manifest.scripts[script].replace(/^node /, '');
  return spawnSync(process.execPath, [main, ...args], { cwd: root, encoding: 'utf8' });
};

it.each([
  ['model', ['--what'], "model: Unknown option '--what' (npm run model -- "],
  ['model', ['--only', 'typo'], 'model: no scenario has "typo" in its name; there are: one fault, '],
  ['chaos', ['--what'], "chaos: Unknown option '--what' (npm run chaos -- "],
  ['chaos', ['--engine', 'mysql'], 'chaos: there is no engine "mysql", only sqlite and postgres ('],
  ['fuzz', ['--what'], "fuzz: Unknown option '--what' (npm run fuzz -- "],
  ['fuzz', ['--inputs', 'many'], 'fuzz: --inputs takes a whole number ('],
  ['bench', ['--what'], "bench: Unknown option '--what' (npm run bench -- "],
  ['bench', ['--only', 'reads,typo'], 'bench: there is no part "typo", only verify, storing, burst, '],
] as const)('npm run %s -- %j says in one line what is wrong, and ends with 2', (script, args, said) => {
  const { status, stdout, stderr } = run(script, args);
  expect(stdout).toBe('');
  expect(stderr).toContain(said);
  expect(stderr).toMatch(/^[^\n]+\n$/);
  expect(status).toBe(2);
});
