import { expect, test } from 'vitest';
import { plantedBugs } from './planted/planted.ts';
import { explore } from './search/explore.ts';
import { seeded } from './search/seeded.ts';
import { tellTrace } from './trace/tell-trace.ts';

const limits = { maxStates: 60_000, draw: seeded(1) };
const breaking = plantedBugs.flatMap((bug) => (bug.breaks === null ? [] : { ...bug, breaks: bug.breaks }));
const harmless = plantedBugs.filter((bug) => bug.breaks === null);

test.each(breaking)('$name', { timeout: 120_000 }, async ({ name, scenario, design, breaks }) => {
  const planted = { ...scenario, design };
  const { counterexample } = await explore(planted, { ...limits, only: [breaks] });
  expect(counterexample?.violation.property).toBe(breaks);
  if (!counterexample) return;
  const { lines, violation } = await tellTrace(planted, counterexample, [breaks]);
  expect(violation).toEqual(counterexample.violation);
  process.stdout.write(`\nplanted: ${name}\n${lines.join('\n')}\n`);
});

test.each(harmless)('$name: it stays right', { timeout: 120_000 }, async ({ scenario, design }) => {
  const explored = await explore({ ...scenario, design }, limits);
  expect(explored.counterexample).toBeUndefined();
  expect(explored.complete).toBe(true);
});

const scenarios = new Set(plantedBugs.map(({ scenario }) => scenario));

test.each([...scenarios].map((scenario, index) => ({ number: index + 1, scenario })))(
  'without a planted bug, scenario $number holds',
  { timeout: 120_000 },
  async ({ scenario }) => {
    const broken = plantedBugs.find((bug) => bug.scenario === scenario)?.breaks;
    const explored = await explore(scenario, broken ? { ...limits, only: [broken] } : limits);
    expect(explored.counterexample).toBeUndefined();
    expect(explored.complete).toBe(true);
  },
);
