import { expect, test } from 'vitest';
import { found, statesOfFound } from './scenarios/found.ts';
import { suite } from './scenarios/suite.ts';
import { explore } from './search/explore.ts';
import { seeded } from './search/seeded.ts';
import { tellTrace } from './trace/tell-trace.ts';

const maxStates = 60_000;
const mended = found.filter(({ open }) => !open);
const open = found.filter((bug) => bug.open);

test('no interleaving of the suite breaks a property, and every one is explored', {
  timeout: 300_000,
}, async () => {
  let states = 0;
  for (const scenario of suite) {
    const explored = await explore(scenario, { maxStates, draw: seeded(1) });
    const { counterexample: example } = explored;
    expect(example && (await tellTrace(scenario, example)).lines.join('\n'), scenario.name).toBeUndefined();
    expect(explored.complete, scenario.name).toBe(true);
    expect(explored.ends, scenario.name).toBeGreaterThan(0);
    states += explored.states;
  }
  process.stdout.write(`\n${suite.length} scenarios, ${states} distinct states, no violation\n`);
  expect(states).toBeGreaterThan(20_000);
});

if (mended.length > 0) {
  test.each(mended)('$scenario.name: mended', { timeout: 120_000 }, async (bug) => {
    const { scenario } = bug;
    const { counterexample: example } = await explore(scenario, {
      maxStates: statesOfFound(bug),
      draw: seeded(1),
    });
    expect(example && (await tellTrace(scenario, example)).lines.join('\n')).toBeUndefined();
  });
}

if (open.length > 0) {
  // Fails when the bug is mended: then say `open: false` in scenarios/found.ts, and the test above keeps it mended.
  test.each(open)(
    '$scenario.name: still breaks $property',
    { timeout: 120_000 },
    async ({ scenario, property }) => {
      const { counterexample: example } = await explore(scenario, {
        maxStates,
        draw: seeded(1),
        only: [property],
      });
      expect(example?.violation.property).toBe(property);
    },
  );
}
