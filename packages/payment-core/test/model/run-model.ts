import { drawnScenario } from './scenarios/drawn.ts';
import { enlarged } from './scenarios/enlarged.ts';
import { found, statesOfFound } from './scenarios/found.ts';
import type { Scenario } from './scenarios/scenario.ts';
import { suite } from './scenarios/suite.ts';
import { type Counterexample, type Exploration, explore, type Limits } from './search/explore.ts';
import { seeded } from './search/seeded.ts';
import { walk } from './search/walk.ts';
import { tellTrace } from './trace/tell-trace.ts';

export interface ModelRun {
  readonly seed: number;
  readonly large: boolean;
  /** Runs the scenarios whose name contains this, and no random schedules. */
  readonly only: string | undefined;
  readonly print: (line: string) => void;
}

export interface ModelReport {
  readonly states: number;
  readonly walks: number;
  readonly violations: number;
}

/** Enough for every scenario of the suite to be explored to its end. */
const statesPerScenario = 60_000;
/** Where an enlarged one is cut off; the seed decides what lies inside. */
const statesPerLargeScenario = 80_000;

const tell = async (
  run: ModelRun,
  scenario: Scenario,
  example: Counterexample,
  { only }: Pick<Limits, 'only'> = {},
): Promise<void> => {
  const { lines, violation } = await tellTrace(scenario, example, only);
  run.print(`  ${scenario.about}`);
  for (const line of lines) run.print(line);
  // Played straight on, nothing is run again from a log: the trace does not depend on how the explorer works.
  if (violation?.property !== example.violation.property)
    throw new Error('model: the trace does not show the violation when it is played from the beginning');
};

interface Planned {
  readonly scenario: Scenario;
  readonly maxStates: number;
  /** A bug that was found before is looked for by the property that it broke. */
  readonly only: Pick<Limits, 'only'>;
}

const explorations = ({ large }: Pick<ModelRun, 'large'>): readonly Planned[] => [
  ...suite.map((scenario) => ({ scenario, maxStates: statesPerScenario, only: {} })),
  ...found.map((bug) => ({
    scenario: bug.scenario,
    maxStates: statesOfFound(bug),
    only: { only: [bug.property] },
  })),
  ...(large ? suite : []).flatMap(enlarged).map((scenario) => ({
    scenario,
    maxStates: statesPerLargeScenario,
    only: {},
  })),
];

export const scenarioNames = (large: boolean): readonly string[] =>
  explorations({ large }).map(({ scenario }) => scenario.name);

const lineOf = ({ name }: Scenario, explored: Exploration): string => {
  const { states, steps, ends, complete, counterexample } = explored;
  const verdict = counterexample
    ? `VIOLATION ${counterexample.violation.property}`
    : complete
      ? 'complete'
      : 'cut off';
  const figures = [
    `${states} states`.padStart(13),
    `${steps} steps`.padStart(14),
    `${ends} ends`.padStart(10),
  ];
  return `${name.padEnd(50)} ${figures.join(' ')}  ${verdict}`;
};

const exploreAll = async (run: ModelRun): Promise<{ states: number; violations: number }> => {
  let [states, violations] = [0, 0];
  const wanted = ({ scenario }: Planned): boolean => scenario.name.includes(run.only ?? '');
  for (const { scenario, maxStates, only } of explorations(run).filter(wanted)) {
    const explored = await explore(scenario, { maxStates, draw: seeded(run.seed), ...only });
    run.print(lineOf(scenario, explored));
    states += explored.states;
    if (!explored.counterexample) continue;
    violations += 1;
    await tell(run, scenario, explored.counterexample, only);
  }
  return { states, violations };
};

const walkAll = async (run: ModelRun): Promise<{ walks: number; violations: number }> => {
  if (run.only !== undefined) return { walks: 0, violations: 0 };
  const walks = run.large ? 10_000 : 500;
  const draw = seeded(run.seed);
  let [steps, violations] = [0, 0];
  for (let number = 1; number <= walks; number += 1) {
    const scenario = drawnScenario(draw);
    const walked = await walk(scenario, draw);
    steps += walked.steps;
    if (!walked.counterexample) continue;
    violations += 1;
    run.print(`random schedule ${number} VIOLATION ${walked.counterexample.violation.property}`);
    // One is told; the others may well be the same.
    if (violations === 1) await tell(run, scenario, walked.counterexample);
  }
  run.print(
    `${'random schedules'.padEnd(50)} ${String(walks).padStart(6)} walks  ${String(steps).padStart(7)} steps`,
  );
  return { walks, violations };
};

/** Explores every scenario and draws random schedules; the same seed and options do the same again. */
export const runModel = async (run: ModelRun): Promise<ModelReport> => {
  run.print(`seed ${run.seed}${run.large ? ', large' : ''}`);
  const explored = await exploreAll(run);
  const walked = await walkAll(run);
  const violations = explored.violations + walked.violations;
  run.print(
    `${explored.states} states, ${walked.walks} random schedules, ${violations} violations (seed ${run.seed})`,
  );
  return { states: explored.states, walks: walked.walks, violations };
};
