import { seconds } from '../../../src/identity/clock.ts';
import type { StoredJob } from '../../../src/ledger/memory-state.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { beginning } from '../world/stage.ts';
import type { World } from '../world/world.ts';

const jobDueAt = (job: StoredJob): number => job.leasedUntil ?? job.runAt;

const unfinishedJobs = (world: World): readonly StoredJob[] =>
  [...world.ledger.jobs.values()].filter((job) => job.dead === null);

export const isJobDue = (world: World): boolean =>
  unfinishedJobs(world).some((job) => jobDueAt(job) <= world.now);

export const isReadDue = (world: World): boolean =>
  [...world.ledger.invoices.values()].some(
    (invoice) => invoice.nextReadAt !== null && invoice.nextReadAt <= world.now,
  );

/** Work that somebody is bound to do: as long as there is some, letting time pass is a fault. */
export const hasWork = (world: World, { design }: Scenario): boolean =>
  world.processes.length > 0 ||
  world.shop.underWay.length > 0 ||
  world.gateway.messages.some((message) => message.state === 'waiting') ||
  isJobDue(world) ||
  (design.poller && isReadDue(world));

/** The instants after now at which something is due, up to the horizon, earliest first. */
export const instants = (world: World, { design, horizonMs }: Scenario): readonly number[] => {
  const found = [
    ...unfinishedJobs(world).map(jobDueAt),
    ...world.gateway.invoices
      .filter((invoice) => invoice.state === 'unpaid')
      .map((invoice) => invoice.expiresAt),
    ...(design.poller ? [...world.ledger.invoices.values()].flatMap((row) => row.nextReadAt ?? []) : []),
  ];
  const last = Math.min(beginning + horizonMs, boundOutside(world));
  const inside = found.filter((at) => at > world.now && at <= last);
  return [...new Set(inside)].sort((a, b) => a - b);
};

/** How long seen money may take until it is final or gone. */
const settlesWithinMs = seconds(90);

/** The instant that time does not pass before something that is under way outside has come to its end. */
const boundOutside = (world: World): number =>
  Math.min(
    ...world.gateway.invoices
      .filter((invoice) => invoice.state === 'seen')
      .map((invoice) => (invoice.paidAt ?? world.now) + settlesWithinMs),
    ...world.processes.map(
      ({ parked, log, startedAt }) => (log.at(-1)?.at ?? startedAt) + (parked.timeoutMs ?? Infinity),
    ),
  );

/** Everybody has done what there was to do, and nothing is due any more. */
export const isQuiet = (world: World, scenario: Scenario): boolean =>
  !hasWork(world, scenario) &&
  instants(world, scenario).length === 0 &&
  world.gateway.invoices.every((invoice) => invoice.state !== 'seen');
