import { readdirSync } from 'node:fs';
import { afterAll, expect, type RunnerTask } from 'vitest';
import './replays/connect.ts';
import './replays/orders.ts';
import './replays/pages.ts';
import './replays/store-api.ts';
import './replays/webhooks.ts';
import { replayedSoFar } from './support/replayed.ts';

const fixtures = new URL('../fixtures/woocommerce/', import.meta.url);
const captures = readdirSync(fixtures).flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -5)] : []));

const testsOf = (tasks: readonly RunnerTask[]): readonly RunnerTask[] =>
  tasks.flatMap((task) => (task.type === 'suite' ? testsOf(task.tasks) : [task]));

/** What the tests above sent to the double and compared; a run of some of them only (`-t`) proves less. */
// biome-ignore lint/correctness/noEmptyPattern: vitest takes nothing else in the first place
afterAll(({}, file) => {
  const isWhole = testsOf(file.tasks).every(({ mode }) => mode === 'run');
  expect(captures.length).toBe(83);
  const unproven = captures.filter((name) => !replayedSoFar().has(name));
  expect(isWhole ? unproven : []).toEqual([]);
  expect([...replayedSoFar()].filter((name) => !captures.includes(name))).toEqual([]);
});
