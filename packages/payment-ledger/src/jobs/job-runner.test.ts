import {
  createMemoryLedger,
  invoiceIdSchema,
  type Job,
  type JobResult,
  minutes,
  orderKeySchema,
  seconds,
  storeIdSchema,
} from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import { virtualClock } from '../../test/temp-ledger.ts';
import { defaultJobPolicy, exponentialBackoff } from './job-policy.ts';
import { createJobRunner, type JobRunnerOptions } from './job-runner.ts';

const done: JobResult = { done: true };
const event = (inbox: string): Job => ({ kind: 'apply-event', inbox });
const deadline: Job = {
  kind: 'end-order',
  store: storeIdSchema.parse('store'),
  orderKey: orderKeySchema.parse('order'),
};

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
  const seen = { ran: [] as Job[], dead: [] as [Job, string][], errors: [] as [unknown, Job | undefined][] };
  const runner = createJobRunner({
    queue: ledger.jobs,
    clock,
    handler: (job) => {
      seen.ran.push(job);
      return handler(job);
    },
    leaseMs: minutes(2),
    concurrency: 3,
    backoff: (attempts) => attempts * 100,
    maxAttempts: 3,
    onDead: async (job, reason) => {
      seen.dead.push([job, reason]);
    },
    onError: (error, job) => {
      seen.errors.push([error, job]);
    },
    ...change,
  });
  const enqueue = (job: Job, runAt = 1_000) => ledger.transact((tx) => tx.jobs.enqueue(job, runAt));
  return { ledger, clock, seen, runner, enqueue };
};

describe('job runner', () => {
  it('drains what is due, also what its jobs ask for, and nothing that is not due', async () => {
    const { ledger, seen, runner, enqueue } = setUp(async (job) => {
      if (job.kind === 'apply-event' && job.inbox === 'first') await enqueue(event('second'));
      return done;
    });
    await enqueue(event('first'));
    await enqueue(event('later'), 1_001);
    await runner.drain();
    expect(seen.ran).toEqual([event('first'), event('second')]);
    expect(await ledger.jobs.nextRunAt()).toBe(1_001);
  });

  it('drains what its last running job asked for after the runner had looked for more', async () => {
    const { seen, runner, enqueue } = setUp(async (job) => {
      if (job.kind !== 'apply-event' || job.inbox !== 'first') return done;
      await new Promise((resolve) => setTimeout(resolve, 5));
      await enqueue(event('second'));
      return done;
    });
    await enqueue(event('first'));
    await runner.drain();
    expect(seen.ran).toEqual([event('first'), event('second')]);
  });

  it('runs at most as many at a time as it may, and gives a free place to the next at once', async () => {
    const slow = gate();
    let inside = 0;
    let most = 0;
    const { seen, runner, enqueue } = setUp(async (job) => {
      inside += 1;
      most = Math.max(most, inside);
      if (job.kind === 'apply-event' && job.inbox === 'event-0') await slow.opened;
      else await new Promise((resolve) => setImmediate(resolve));
      // The slow one leaves when all the others have come through the other two places.
      if (seen.ran.length === 10) slow.open();
      inside -= 1;
      return done;
    });
    for (let i = 0; i < 10; i += 1) await enqueue(event(`event-${i}`), 990 + i);
    await runner.drain();
    expect([seen.ran.length, most]).toEqual([10, 3]);
  });

  it('hears a kick that comes while a job is running', async () => {
    const first = gate();
    const second = gate();
    const { runner, enqueue } = setUp(async (job) => {
      if (job.kind === 'apply-event' && job.inbox === 'first') await first.opened;
      else second.open();
      return done;
    });
    await enqueue(event('first'));
    runner.kick();
    await new Promise((resolve) => setImmediate(resolve));
    await enqueue(event('second'));
    runner.kick();
    await second.opened;
    first.open();
    await runner.drain();
  });

  it('loses none of many kicks', async () => {
    const { seen, runner, enqueue } = setUp(async () => done);
    for (let i = 0; i < 200; i += 1) {
      await enqueue(event(`event-${i}`));
      runner.kick();
      if (i % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    for (let i = 0; i < 1_000 && seen.ran.length < 200; i += 1) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(seen.ran).toHaveLength(200);
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 8, 12])(
    'hears a kick %i microtasks after a look that found nothing',
    async (ticks) => {
      const ledger = createMemoryLedger();
      await ledger.transact((tx) => tx.jobs.enqueue(event('a'), 0));
      let looks = 0;
      const { seen, runner } = setUp(async () => done, {
        queue: {
          ...ledger.jobs,
          lease: async (...parameters) => {
            looks += 1;
            if (looks > 1) return ledger.jobs.lease(...parameters);
            void later();
            return [];
          },
        },
      });
      const later = async (): Promise<void> => {
        for (let i = 0; i < ticks; i += 1) await Promise.resolve();
        runner.kick();
      };
      runner.kick();
      for (let i = 0; i < 5; i += 1) await new Promise((resolve) => setImmediate(resolve));
      expect(seen.ran).toEqual([event('a')]);
    },
  );

  it('tries a job that throws again later, reports each error, and buries it in front of a person', async () => {
    const bug = new TypeError('token 123:secret is bad');
    const { ledger, clock, seen, runner, enqueue } = setUp(async () => {
      throw bug;
    });
    await enqueue(event('a'));
    const due: (number | undefined)[] = [];
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await runner.drain();
      due.push(await ledger.jobs.nextRunAt());
      clock.advance(1_000);
    }
    await runner.drain();
    expect(due).toEqual([1_100, 2_200, undefined]);
    expect(seen.errors).toEqual(Array(3).fill([bug, event('a')]));
    expect(seen.dead).toEqual([[event('a'), 'TypeError']]);
    expect(await ledger.jobs.dead()).toMatchObject([{ job: event('a'), attempts: 3, reason: 'TypeError' }]);
  });

  it('counts "again" as an attempt, and waits the longer of both times', async () => {
    const { ledger, clock, seen, runner, enqueue } = setUp(async () => ({
      done: false,
      again: seen.ran.length === 1 ? 500 : 1,
      reason: 'the shop does not answer',
    }));
    await enqueue(event('a'));
    await runner.drain();
    expect(await ledger.jobs.nextRunAt()).toBe(1_500);
    clock.advance(500);
    await runner.drain();
    expect(await ledger.jobs.nextRunAt()).toBe(1_700);
    clock.advance(200);
    await runner.drain();
    expect(seen.dead).toEqual([[event('a'), 'the shop does not answer']]);
    expect(seen.errors).toEqual([]);
  });

  it('lets a job that waits come back exactly then, as often as it takes', async () => {
    const { ledger, clock, seen, runner, enqueue } = setUp(
      async () => ({ done: false, again: 5, reason: 'the deadline has not come' }),
      { waits: (job) => job.kind === 'end-order' },
    );
    await enqueue(deadline);
    for (let round = 1; round <= 20; round += 1) {
      await runner.drain();
      expect(await ledger.jobs.nextRunAt()).toBe(clock.now() + 5);
      clock.advance(5);
    }
    expect([seen.ran.length, seen.dead]).toEqual([20, []]);
  });

  it('ends a drain even when a job always wants to run again now', async () => {
    const again: JobResult = { done: false, again: 0, reason: 'now' };
    const { runner, enqueue } = setUp(async () => again, { waits: () => true, backoff: () => 0 });
    await enqueue(event('a'));
    await expect(runner.drain()).resolves.toBeUndefined();
  });

  it('buries a job that gives up, without telling a person twice', async () => {
    const { ledger, seen, runner, enqueue } = setUp(async () => ({
      done: false,
      giveUp: true,
      reason: 'a person has been told',
    }));
    await enqueue(event('a'));
    await runner.drain();
    expect(seen.dead).toEqual([]);
    expect(await ledger.jobs.dead()).toMatchObject([{ reason: 'a person has been told' }]);
  });

  it('does not run a job any more that has ended its worker each time', async () => {
    const { ledger, clock, seen, runner, enqueue } = setUp(async () => done);
    await enqueue(event('a'));
    for (let crash = 0; crash < 3; crash += 1) {
      await ledger.jobs.lease(clock.now(), 10, 1);
      clock.advance(10);
    }
    await runner.drain();
    expect(seen.ran).toEqual([]);
    expect(seen.dead.map(([job]) => job)).toEqual([event('a')]);
    expect(await ledger.jobs.dead()).toHaveLength(1);
  });

  it('keeps an exhausted job until a person has really been told', async () => {
    let told = 0;
    const { ledger, clock, seen, runner, enqueue } = setUp(
      async () => {
        throw new Error('bug');
      },
      {
        maxAttempts: 1,
        onDead: async () => {
          told += 1;
          if (told === 1) throw new Error('the ledger was full');
        },
      },
    );
    await enqueue(event('a'));
    await runner.drain();
    expect(await ledger.jobs.dead()).toEqual([]);
    clock.advance(minutes(2));
    await runner.drain();
    expect([told, seen.ran.length]).toEqual([2, 1]);
    expect(await ledger.jobs.dead()).toHaveLength(1);
  });

  it('begins one job at a time in a crowd, with a turn of the event loop between, and all of them after it', async () => {
    let crowded = true;
    let turns = 0;
    const begunIn: number[] = [];
    let inside = 0;
    const most = { crowded: 0, after: 0 };
    const { seen, runner, enqueue } = setUp(
      async () => {
        begunIn.push(turns);
        inside += 1;
        const when = crowded ? 'crowded' : 'after';
        most[when] = Math.max(most[when], inside);
        if (!crowded) await new Promise((resolve) => setImmediate(resolve));
        inside -= 1;
        if (seen.ran.length === 5) crowded = false;
        return done;
      },
      { isCrowded: () => crowded },
    );
    for (let i = 0; i < 12; i += 1) await enqueue(event(`event-${i}`), 980 + i);
    const nextTurn = (): void => {
      turns += 1;
      if (seen.ran.length < 12) setImmediate(nextTurn);
    };
    nextTurn();
    await runner.drain();
    expect([seen.ran.length, most]).toEqual([12, { crowded: 1, after: 3 }]);
    expect(new Set(begunIn.slice(0, 5)).size).toBe(5);
  });

  it('does not let a job that hangs hold up the others in a crowd that stays, nor begins more than it may', async () => {
    const hangs = gate();
    const { clock, seen, runner, enqueue } = setUp(
      async () => {
        await hangs.opened;
        return done;
      },
      { isCrowded: () => true },
    );
    const turn = async (): Promise<number> => {
      runner.kick();
      for (let i = 0; i < 40; i += 1) await new Promise((resolve) => setImmediate(resolve));
      return seen.ran.length;
    };
    for (let i = 0; i < 5; i += 1) await enqueue(event(`event-${i}`));
    const begun = [await turn(), await turn()];
    for (let i = 0; i < 4; i += 1) {
      clock.advance(250);
      begun.push(await turn());
    }
    expect(begun).toEqual([1, 1, 2, 3, 3, 3]);
    hangs.open();
    await runner.drain();
    expect(seen.ran).toHaveLength(5);
  });

  it('polls until it is stopped, waits for running jobs then, and takes no more', async () => {
    const running = gate();
    const finish = gate();
    const timers: { run: () => void; ms: number; stopped: boolean }[] = [];
    const { ledger, seen, runner, enqueue } = setUp(
      async () => {
        running.open();
        await finish.opened;
        return done;
      },
      {
        timer: (run, ms) => {
          const timer = { run, ms, stopped: false };
          timers.push(timer);
          return () => {
            timer.stopped = true;
          };
        },
      },
    );
    runner.start(seconds(1));
    await enqueue(event('a'));
    timers[0]?.run();
    await running.opened;
    let stopped = false;
    const stopping = runner.stop().then(() => {
      stopped = true;
    });
    await enqueue(event('b'));
    runner.kick();
    await new Promise((resolve) => setImmediate(resolve));
    expect([timers.map(({ ms, stopped: off }) => [ms, off]), stopped]).toEqual([[[1_000, true]], false]);
    finish.open();
    await stopping;
    expect(seen.ran).toEqual([event('a')]);
    expect(await ledger.jobs.lease(1_000, 1, 10)).toMatchObject([{ job: event('b') }]);
  });

  it('reports a queue that fails and goes on with the next kick; draining throws it', async () => {
    const ledger = createMemoryLedger();
    const failure = new Error('cannot store');
    const broken = async (): Promise<never> => {
      throw failure;
    };
    const leases: (typeof ledger.jobs.lease)[] = [broken, broken];
    const queue: typeof ledger.jobs = {
      ...ledger.jobs,
      lease: (...parameters) => (leases.shift() ?? ledger.jobs.lease)(...parameters),
    };
    const { seen, runner } = setUp(async () => done, { queue });
    await ledger.transact((tx) => tx.jobs.enqueue(event('a'), 0));
    runner.kick();
    await new Promise((resolve) => setImmediate(resolve));
    expect(seen.errors).toEqual([[failure, undefined]]);
    await expect(runner.drain()).rejects.toBe(failure);
    await runner.drain();
    expect(seen.ran).toEqual([event('a')]);
  });
});

describe('job policy', () => {
  it('backs off twice as long each time up to a cap, a fifth more or less', () => {
    const at = (byte: number) => exponentialBackoff(seconds(5), minutes(30), () => new Uint8Array([byte]));
    expect([1, 2, 3, 10, 1_000].map(at(0))).toEqual([4_000, 8_000, 16_000, 1_440_000, 1_440_000]);
    expect([1, 2, 3, 10, 1_000].map(at(255))).toEqual([6_000, 12_000, 24_000, 2_160_000, 2_160_000]);
  });

  it('gives a shop that cannot be reached about two days, and waits for deadlines without end', () => {
    const policy = defaultJobPolicy(() => new Uint8Array([128]));
    const total = Array.from({ length: policy.maxAttempts - 1 }, (_, i) => policy.backoff(i + 1));
    const hoursToDeath = total.reduce((sum, ms) => sum + ms, 0) / minutes(60);
    expect(hoursToDeath).toBeGreaterThan(36);
    expect(hoursToDeath).toBeLessThan(60);
    const find: Job = { kind: 'find-invoice', invoice: invoiceIdSchema.parse('invoice-0123456789') };
    expect([deadline, find, event('a')].map((job) => policy.waits(job, ''))).toEqual([true, true, false]);
  });
});
