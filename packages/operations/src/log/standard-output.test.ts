import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

const module = JSON.stringify(new URL('./standard-output.ts', import.meta.url).href);

/** What a process prints that says twenty lines and then does something. */
const printed = (then: string) => {
  const script = `
    import { standardOutput } from ${module};
    const output = standardOutput();
    for (let n = 0; n < 20; n += 1) output.write('line ' + n + '\\n');
    ${then}`;
  const { stdout, status } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
  });
  return { lines: stdout.split('\n').slice(0, -1), status };
};

const twenty = Array.from({ length: 20 }, (_, n) => `line ${n}`);

test.each([
  ['ends', '', 0],
  ['exits in the same turn', 'process.exit(3);', 3],
  ['throws', "throw new Error('a bug');", 1],
  ['throws later', "setTimeout(() => { output.write('line 20\\n'); throw new Error('a bug'); }, 20);", 1],
])('every line stands there when the process %s', (_what, then, status) => {
  const said = printed(then);
  expect(said.status).toBe(status);
  expect(said.lines.slice(0, 20)).toEqual(twenty);
  expect(said.lines.slice(20)).toEqual(then.includes('line 20') ? ['line 20'] : []);
});

test('a turn is one write, and what is longer than its room is written at once and in order', () => {
  const long = printed(
    "output.write('x'.repeat(100_000) + '\\n'); output.write('last\\n'); process.exit(0);",
  );
  expect(long.lines).toEqual([...twenty, 'x'.repeat(100_000), 'last']);
});
