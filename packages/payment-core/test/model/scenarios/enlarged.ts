import { minutes } from '../../../src/identity/clock.ts';
import { everyFault, type Scenario } from './scenario.ts';

/** The same scenario three times larger in three directions: one fault more, one worker more, every kind of fault. */
export const enlarged = (scenario: Scenario): readonly Scenario[] => [
  { ...scenario, name: `${scenario.name}, and one fault more`, faults: scenario.faults + 1 },
  { ...scenario, name: `${scenario.name}, and one worker more`, workers: scenario.workers + 1 },
  {
    ...scenario,
    name: `${scenario.name}, and stalls`,
    faults: Math.max(1, scenario.faults),
    faultKinds: everyFault,
    longestStallMs: minutes(3),
  },
];
