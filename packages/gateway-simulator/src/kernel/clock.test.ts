import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { createClock, type WallTime } from './clock.ts';

it('fires due timers in time order, in order of making for equal times, at their own time', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(50), { maxLength: 30 }), async (delays) => {
      const clock = createClock(1000);
      const fired: { at: number; index: number }[] = [];
      for (const [index, delay] of delays.entries()) {
        clock.at(1000 + delay, () => void fired.push({ at: clock.now(), index }));
      }
      await clock.advance(50);
      expect(clock.now()).toBe(1050);
      expect(fired).toEqual(
        delays
          .map((delay, index) => ({ at: 1000 + delay, index }))
          .sort((a, b) => a.at - b.at || a.index - b.index),
      );
    }),
  );
});

it('fires a timer made by a timer within the window, and none beyond it', async () => {
  const clock = createClock(0);
  const times: number[] = [];
  const again = (): void => {
    times.push(clock.now());
    clock.at(clock.now() + 30, again);
  };
  clock.at(30, again);
  await clock.advance(100);
  expect(times).toEqual([30, 60, 90]);
  await clock.advance(20);
  expect(times).toEqual([30, 60, 90, 120]);
});

it('waits for tracked work, does not fire what was cancelled, and fires an overdue timer next time', async () => {
  const clock = createClock(0);
  const order: string[] = [];
  clock.at(5, () => void order.push('cancelled'))();
  clock.at(10, () => {
    void clock.track(
      new Promise((resolve) => setImmediate(resolve)).then(() => void order.push('delivered')),
    );
  });
  clock.at(11, () => void order.push('next timer'));
  await clock.advance(20);
  expect(order).toEqual(['delivered', 'next timer']);
  clock.at(3, () => void order.push('overdue'));
  await clock.advance(0);
  expect(order.at(-1)).toBe('overdue');
});

it('runs overlapping advances one after another, and goes on after a failing timer', async () => {
  const clock = createClock(0);
  clock.at(5, () => {
    throw new Error('bug in a timer');
  });
  const [first, second] = await Promise.allSettled([clock.advance(10), clock.advance(10)]);
  expect([first.status, second.status]).toEqual(['rejected', 'fulfilled']);
  expect(clock.now()).toBe(15);
  expect(() => clock.advance(-1)).toThrow(RangeError);
});

it('follows wall time plus what was advanced, and wakes for due timers', async () => {
  let elapsed = 0;
  let wake: (() => void) | undefined;
  const wall: WallTime = {
    elapsed: () => elapsed,
    wake: (_ms, callback) => {
      wake = callback;
      return () => {
        wake = undefined;
      };
    },
  };
  const clock = createClock(1000, wall);
  let firedAt = 0;
  clock.at(1500, () => {
    firedAt = clock.now();
  });
  await clock.advance(100);
  elapsed = 400;
  expect(clock.now()).toBe(1500);
  wake?.();
  await clock.advance(0);
  expect(firedAt).toBe(1500);
  clock.at(9000, () => undefined);
  clock.stop();
  expect(wake).toBeUndefined();
});
