import { minutes } from '../../../src/identity/clock.ts';
import { everyFault, type Scenario } from './scenario.ts';

/** The same with one fault, one worker and one decision more, and with every kind of fault. */
export const enlarged = (scenario: Scenario): Scenario => ({
  ...scenario,
  name: `${scenario.name}, enlarged`,
  faults: scenario.faults + 1,
  faultKinds: everyFault,
  workers: scenario.workers + 1,
  decisions: scenario.decisions === 0 ? 0 : scenario.decisions + 1,
  longestStallMs: minutes(3),
});
