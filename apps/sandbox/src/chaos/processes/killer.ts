import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Progress } from '../plan/kill-point.ts';
import type { PlannedKill } from '../plan/plan.ts';
import type { Fleet } from './fleet.ts';

export interface Killer {
  readonly progress: Progress;
  /** Before it nothing counts: the shop is being connected. */
  arm(): void;
  /** Kills of the plan whose moment has not come. */
  left(): number;
  /** Its moment does not come any more: now. False: nobody is up. */
  now(): boolean;
}

export interface KillerOptions {
  readonly kills: readonly PlannedKill[];
  /** Absent until it has been started. */
  readonly fleet: () => Pick<Fleet, 'kill' | 'upstreams'> | undefined;
  readonly onKill: (replica: number, when: string) => void;
}

/** Carries out the planned kills as the moments pass. */
export const createKiller = ({ kills, fleet, onKill }: KillerOptions): Killer => {
  const waiting = [...kills];
  let passed = 0;
  let armed = false;

  /** The wished one, else the next that is up. */
  const strike = (wished: number, when: string): boolean => {
    const serving = fleet()?.upstreams() ?? [];
    const victim = serving.find(({ replica }) => replica === wished) ?? serving[0];
    if (victim === undefined || fleet()?.kill(victim.replica) !== true) return false;
    onKill(victim.replica, when);
    return true;
  };

  const after = async (kill: PlannedKill, wished: number): Promise<void> => {
    for (let turn = 0; turn < kill.turns; turn += 1) await nextTurn();
    // Somebody else's kill was quicker: this one waits for its moment again.
    if (!strike(wished, `${kill.point}, ${kill.turns} turns later`)) waiting.push(kill);
  };

  return {
    progress: (point, replica) => {
      const [next] = waiting;
      if (next === undefined || !armed) return;
      passed += 1;
      if (passed <= next.after || point !== next.point || (fleet()?.upstreams().length ?? 0) === 0) return;
      waiting.shift();
      passed = 0;
      const wished = next.victim.concerned ? (replica ?? next.victim.number) : next.victim.number;
      void after(next, wished);
    },
    arm: () => {
      armed = true;
    },
    left: () => waiting.length,
    now: () => {
      const [next] = waiting;
      if (next === undefined || !strike(next.victim.number, 'while nothing happens')) return false;
      waiting.shift();
      return true;
    },
  };
};
