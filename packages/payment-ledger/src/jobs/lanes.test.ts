import { createMemoryLedger, type Job, type JobResult, minutes } from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import { virtualClock } from '../../test/temp-ledger.ts';
import { createJobRunner, type JobRunnerOptions } from './job-runner.ts';
import { createLanes } from './lanes.ts';

const done: JobResult = { done: true };

/** A job of the shop that its name begins with. */
const job = (name: string): Job => ({ kind: 'apply-event', inbox: name });
const nameOf = (of: Job): string => (of.kind === 'apply-event' ? of.inbox : of.kind);
const shopOf = (of: Job): string | undefined => nameOf(of).split(' ')[1] && nameOf(of).split(' ')[0];

const lanes = { of: shopOf, width: 2, line: 100 };

const gate = () => {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
};

const setUp = (handler: JobRunnerOptions['handler'], change: Partial<JobRunnerOptions> = {}) => {
  const ledger = createMemoryLedger();
  const clock = virtualClock(1_000);
  const seen = { ran: [] as string[], errors: [] as unknown[] };
  const runner = createJobRunner({
    queue: ledger.jobs,
    clock,
    handler: (of) => {
      seen.ran.push(nameOf(of));
      return handler(of);
    },
    leaseMs: minutes(2),
    concurrency: 4,
    backoff: () => 100,
    maxAttempts: 3,
    onDead: async () => undefined,
    onError: (error) => void seen.errors.push(error),
    lanes,
    ...change,
  });
  const enqueue = async (...names: string[]): Promise<void> => {
    for (const name of names) await ledger.transact((tx) => tx.jobs.enqueue(job(name), 1_000));
  };
  return { ledger, clock, seen, runner, enqueue };
};

const some = (shop: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${shop} ${i}`);

const turns = async (): Promise<void> => {
  for (let i = 0; i < 30; i += 1) await new Promise((resolve) => setImmediate(resolve));
};

describe('lanes of the job runner', () => {
  it('let two jobs of a shop run at the same time, and other shops meanwhile', async () => {
    const answer = gate();
    const { seen, runner, enqueue } = setUp(async (of) => {
      if (shopOf(of) === 'dead') await answer.opened;
      return done;
    });
    await enqueue(...some('dead', 20), 'well 1', 'well 2', 'none');
    const drained = runner.drain();
    await turns();
    expect(seen.ran).toEqual(['dead 0', 'dead 1', 'well 1', 'well 2', 'none']);
    answer.open();
    await drained;
    expect(seen.ran.slice(5)).toEqual(some('dead', 20).slice(2));
    expect(seen.errors).toEqual([]);
  });

  it('never take more than their width', async () => {
    let running = 0;
    let most = 0;
    const { seen, runner, enqueue } = setUp(
      async () => {
        running += 1;
        most = Math.max(most, running);
        await turns();
        running -= 1;
        return done;
      },
      { lanes: { ...lanes, width: 2 } },
    );
    await enqueue(...some('shop', 9));
    await runner.drain();
    expect([most, seen.ran.length]).toEqual([2, 9]);
  });

  it('send those for whom the line is too long back to the queue, for later and without an attempt', async () => {
    const answer = gate();
    const { ledger, clock, seen, runner, enqueue } = setUp(
      async () => {
        await answer.opened;
        return done;
      },
      { lanes: { ...lanes, line: 3 } },
    );
    await enqueue(...some('shop', 9));
    const drained = runner.drain();
    await turns();
    expect(seen.ran).toEqual(some('shop', 2));
    answer.open();
    await drained;
    expect(seen.ran).toEqual(some('shop', 5));
    expect(await ledger.jobs.nextRunAt()).toBeGreaterThan(1_000);
    clock.advance(minutes(1));
    await runner.drain();
    expect(new Set(seen.ran)).toEqual(new Set(some('shop', 9)));
    expect(await ledger.jobs.nextRunAt()).toBeUndefined();
  });

  it('send them back one after the other, as fast as their shop has answered', () => {
    const noLine = createLanes({ ...lanes, line: 0 }, minutes(2));
    const leased = (n: number) => ({ id: String(n), job: job(`shop ${n}`), attempts: 1 });
    const sentAway = (n: number, now: number): number => {
      const admission = noLine.enter(leased(n), now);
      return admission.kind === 'later' ? admission.at - now : 0;
    };
    expect([0, 1, 2, 3, 4].map((n) => sentAway(n, 0))).toEqual([0, 0, 250, 260, 270]);
    noLine.leave(leased(0), 10_000);
    expect([5, 6, 7, 8].map((n) => sentAway(n, 10_000))).toEqual([0, 250, 1_508, 2_766]);
  });

  it('give up a lease that would end while its job runs', async () => {
    const answer = gate();
    const { clock, seen, runner, enqueue } = setUp(
      async (of) => {
        if (nameOf(of) === 'shop 0') await answer.opened;
        return done;
      },
      { lanes: { ...lanes, width: 1 } },
    );
    await enqueue(...some('shop', 2));
    const drained = runner.drain();
    await turns();
    clock.advance(minutes(1) + 1);
    answer.open();
    await drained;
    expect(seen.ran).toEqual(['shop 0']);
    clock.advance(1);
    await runner.drain();
    expect(seen.ran).toEqual(['shop 0', 'shop 1']);
  });

  it('give what waits in them back when the runner stops', async () => {
    const answer = gate();
    const { ledger, clock, seen, runner, enqueue } = setUp(async () => {
      await answer.opened;
      return done;
    });
    await enqueue(...some('shop', 5));
    runner.kick();
    await turns();
    const stopping = runner.stop();
    answer.open();
    await stopping;
    expect(seen.ran).toEqual(some('shop', 2));
    const left = await ledger.jobs.lease(clock.now(), 1, 10);
    expect(left.map((leased) => [nameOf(leased.job), leased.attempts])).toEqual(
      some('shop', 5)
        .slice(2)
        .map((name) => [name, 1]),
    );
  });
});
