import type { Judgement } from './check/check.ts';
import type { Input } from './input/input.ts';
import type { Mutator } from './mutators/mutator.ts';

/** What a run has seen. */
export interface Explored {
  readonly genuine: number;
  readonly inputs: number;
  readonly inputsByFamily: ReadonlyMap<string, number>;
  /** Gateway, then layer and reason (or what was accepted), with how often. */
  readonly outcomes: ReadonlyMap<string, ReadonlyMap<string, number>>;
  readonly accepted: number;
  readonly slowest: { readonly ms: number; readonly gateway: string; readonly bytes: number };
}

/** The outcome in a few words; acceptances are told apart by what they say. */
const outcomeOf = ({ verdict }: Judgement): string => {
  if (verdict === undefined) return 'threw';
  if (!verdict.ok)
    return `refused ${verdict.layer}: ${verdict.reason}${verdict.hint ? ' (worth a read)' : ''}`;
  const [fact] = verdict.facts;
  if (fact === undefined) return `accepted, ignored: ${verdict.ignored}`;
  const flags = [fact.final ? 'final' : '', ...fact.exceptions].filter((flag) => flag !== '');
  return `accepted ${fact.status}${flags.map((flag) => `, ${flag}`).join('')}`;
};

const count = (counts: Map<string, number>, name: string): number => {
  const next = (counts.get(name) ?? 0) + 1;
  counts.set(name, next);
  return next;
};

export const createTally = (genuine: number) => {
  const families = new Map<string, number>();
  const outcomes = new Map<string, Map<string, number>>();
  let inputs = 0;
  let accepted = 0;
  let slowest: Explored['slowest'] = { ms: 0, gateway: '', bytes: 0 };
  return {
    /** @returns whether this gateway has had no such outcome before */
    add: (input: Input, plan: readonly Mutator[], judged: Judgement): boolean => {
      inputs += 1;
      for (const family of new Set(plan.map((mutator) => mutator.family))) count(families, family);
      if (plan.length === 0) count(families, 'untouched');
      if (judged.verdict?.ok) accepted += 1;
      if (judged.ms > slowest.ms)
        slowest = { ms: judged.ms, gateway: input.gateway, bytes: input.body.length };
      const known = outcomes.get(input.gateway) ?? new Map<string, number>();
      outcomes.set(input.gateway, known);
      return count(known, outcomeOf(judged)) === 1;
    },
    explored: (): Explored => ({
      genuine,
      inputs,
      inputsByFamily: families,
      outcomes,
      accepted,
      slowest,
    }),
  };
};
