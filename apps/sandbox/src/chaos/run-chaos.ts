import { setTimeout as wait } from 'node:timers/promises';
import { isZero } from '@gatewright/payment-core';
import { type Load, passMinute, runLoad } from './load/run-load.ts';
import { type Plan, planOf } from './plan/plan.ts';
import { type Engine, openStage, type Planted, replicasOn, type Stage } from './stage.ts';
import { collect } from './verdict/collect.ts';
import { hasUnheardLateMoney, isHeldForWantOfTime, isSilent, judge } from './verdict/judge.ts';
import type { Outcome, Violation } from './verdict/outcome.ts';
import { timelineOf } from './verdict/timeline.ts';

export interface ChaosOptions {
  readonly engine: Engine;
  readonly seed: number;
  readonly orders: number;
  readonly kills: number;
  readonly planted?: Planted;
  /** How long the end may take to come right: both, minutes of the simulators' clock and seconds of the machine's. */
  readonly settle?: { readonly minutes: number; readonly seconds: number };
}

export interface ToldViolation extends Violation {
  readonly timeline: readonly string[];
}

export interface ChaosResult {
  readonly engine: Engine;
  readonly plan: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly reviews: Readonly<Record<string, number>>;
  readonly violations: readonly ToldViolation[];
  /** Lines that bridges have logged as errors. */
  readonly errors: readonly string[];
  readonly seconds: number;
}

/** Kills of the plan whose moments did not come. */
const killTheRest = async (stage: Stage): Promise<void> => {
  for (let minute = 0; stage.killer.left() > 0; minute += 1) {
    await stage.fleet.someUp();
    stage.killer.now();
    await passMinute(stage, minute);
  }
};

/** Between two looks at the end: time for a bridge to notice that its clock has moved. */
const restMs = 150;

/** A slow machine gets its time, a quick one does not need it. */
const settleWithin = { minutes: 240, seconds: 90 };

/** Lets time pass until everything is as it has to be, and no longer than this. */
const settleDown = async (
  stage: Stage,
  plan: Plan,
  load: Load,
  within: NonNullable<ChaosOptions['settle']>,
): Promise<void> => {
  const end = performance.now() + within.seconds * 1_000;
  for (let minute = 1; minute <= within.minutes || performance.now() < end; minute += 1) {
    await passMinute(stage, minute);
    await wait(restMs);
    if (minute % 5 === 0 && judge(await collect(stage, plan, load)).length === 0) return;
  }
};

/** Nothing more may happen to an order that is done. */
const afterwardsMinutes = 20;

const tell = async (stage: Stage, load: Load, violations: readonly Violation[]): Promise<ToldViolation[]> => {
  const told: ToldViolation[] = [];
  for (const violation of violations) {
    const timeline = violation.order === null ? [] : await timelineOf(stage, load, violation.order);
    told.push({ ...violation, timeline });
  }
  return told;
};

const countsOf = (stage: Stage, plan: Plan, load: Load, outcome: Outcome) => ({
  orders: plan.orders.length,
  ...load.counts,
  webhooksSent: stage.balancer.webhooks.received,
  webhooksAcknowledged: stage.balancer.webhooks.acknowledged,
  webhooksRefused: stage.balancer.webhooks.refused,
  webhooksUnanswered: stage.balancer.webhooks.unanswered,
  shopCalls: stage.wayToShop.counts.calls,
  shopCallsSpoilt: stage.wayToShop.counts.spoilt,
  kills: stage.fleet.counts.kills,
  restarts: stage.fleet.counts.restarts,
  fulfilments: outcome.orders.reduce((sum, { fulfilments }) => sum + fulfilments, 0),
  reviews: outcome.orders.reduce((sum, { reviews }) => sum + reviews.length, 0),
  silent: outcome.orders.filter(isSilent).length,
  unheardLate: outcome.orders.filter(hasUnheardLateMoney).length,
  refundsMade: outcome.orders.filter(({ refund }) => refund !== null && !isZero(refund.made)).length,
  refundsUnknown: outcome.orders.filter(({ reviews }) => reviews.includes('refund_unknown')).length,
  heldForWantOfTime: outcome.orders.filter(isHeldForWantOfTime).length,
  minutesPassed: Math.round((stage.simulators.clock.now() - stage.startedAt) / 60_000),
});

const reviewsOf = (outcome: Outcome): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const kind of outcome.orders.flatMap(({ reviews }) => reviews)) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
};

/** One run on one engine: load and kills, then a calm end, then the verdict. */
export const runChaos = async (options: ChaosOptions): Promise<ChaosResult> => {
  const { engine, seed, orders, kills, planted, settle = settleWithin } = options;
  const started = performance.now();
  const plan = planOf({ seed, orders, kills, replicas: replicasOn(engine) });
  const stage = await openStage({ engine, seed, plan, ...(planted ? { planted } : {}) });
  try {
    stage.killer.arm();
    stage.wayToShop.spoil(true);
    const load = await runLoad(stage, plan);
    await killTheRest(stage);
    await stage.fleet.allUp();
    stage.wayToShop.spoil(false);
    await settleDown(stage, plan, load, settle);
    for (let minute = 0; minute < afterwardsMinutes; minute += 1) await passMinute(stage, minute);
    const outcome = await collect(stage, plan, load);
    return {
      engine,
      plan: plan.digest,
      counts: countsOf(stage, plan, load, outcome),
      reviews: reviewsOf(outcome),
      violations: await tell(stage, load, judge(outcome)),
      errors: stage.errors,
      seconds: (performance.now() - started) / 1_000,
    };
  } finally {
    await stage.stop();
  }
};
