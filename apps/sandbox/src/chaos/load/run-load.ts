import { setTimeout as wait } from 'node:timers/promises';
import { minutes } from '@gatewright/payment-core';
import type { Plan } from '../plan/plan.ts';
import type { Stage } from '../stage.ts';
import { type Deeds, type LoadCounts, noCounts, noDeeds } from './deeds.ts';
import { playOrder } from './play-order.ts';
import { createTimetable } from './timetable.ts';

export interface Load {
  /** By the order's number in the plan, from 1. */
  readonly deeds: ReadonlyMap<number, Deeds>;
  readonly counts: LoadCounts;
}

/** Real time that the ways may take to become quiet before the clocks move on all the same. */
const quietWithinMs = 1_500;

/** Nothing is on its way to a bridge or a shop. */
const quiet = async ({ balancer, wayToShop }: Stage): Promise<void> => {
  const end = performance.now() + quietWithinMs;
  do await wait(4);
  while (balancer.inFlight() + wayToShop.inFlight() > 0 && performance.now() < end);
};

/** WooCommerce's own pace is an hour. It asks the bridge about every unpaid order each time, so not every minute. */
const upkeepEveryMinutes = 10;

/** One minute of the simulators' clock: everybody's timers run, and the shop does its own upkeep when that is due. */
export const passMinute = async (stage: Stage, minute: number): Promise<void> => {
  for (let third = 0; third < 3; third += 1) {
    await stage.pass(minutes(1) / 3);
    await quiet(stage);
  }
  if (minute % upkeepEveryMinutes === 0) await stage.shop.holdStock();
};

/** No order waits longer than this for anything that the plan does: the last expiry, and a payment after it. */
const longestWaitMinutes = 24 * 60;

/** Plays all orders, minute by minute, until the last planned thing has been done. */
export const runLoad = async (stage: Stage, plan: Plan): Promise<Load> => {
  const deeds = new Map(plan.orders.map(({ number }) => [number, noDeeds()]));
  const counts = noCounts();
  const timetable = createTimetable();
  for (const order of plan.orders)
    playOrder({ stage, timetable, counts }, order, deeds.get(order.number) ?? noDeeds());
  for (let minute = 0; !timetable.isEmpty(); minute += 1) {
    if (minute > plan.arrivalMinutes + longestWaitMinutes) throw new Error('chaos: the load does not end');
    await stage.fleet.someUp();
    // What is put in for this very minute is done in it, too.
    for (let due = timetable.take(minute); due.length > 0; due = timetable.take(minute))
      await Promise.all(due.map((action) => action()));
    await passMinute(stage, minute);
  }
  return { deeds, counts };
};
