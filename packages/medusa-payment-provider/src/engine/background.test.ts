import { describe, expect, it } from 'vitest';
import { startBackground } from './background.ts';

/** A timer that ticks when told, and knows whether it was ended. */
const handTimer = () => {
  const runs = new Map<number, () => void>();
  let next = 0;
  return {
    every: (run: () => void) => {
      const id = next;
      next += 1;
      runs.set(id, run);
      return () => void runs.delete(id);
    },
    tick: async () => {
      for (const run of runs.values()) run();
      await new Promise((resolve) => setImmediate(resolve));
    },
    running: () => runs.size,
  };
};

const logged = () => {
  const lines: string[] = [];
  const write = (message: string): void => void lines.push(message);
  return { lines, log: { info: write, warn: write, error: write } };
};

describe('the rounds of a process', () => {
  it('come one at a time, go on after a failure, and are waited for at the end', async () => {
    const timer = handTimer();
    const { lines, log } = logged();
    let begun = 0;
    let finish = (): void => undefined;
    const report = async (): Promise<void> => {
      begun += 1;
      if (begun === 1) throw new Error('no database');
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
    };
    const end = startBackground({ every: timer.every, log, background: true }, { report });
    await timer.tick();
    expect(lines).toEqual(['Gatewright: reporting this process failed.']);
    await timer.tick();
    await timer.tick();
    expect(begun).toBe(2);
    let ended = false;
    const ending = end().then(() => {
      ended = true;
    });
    await timer.tick();
    expect([timer.running(), ended]).toEqual([0, false]);
    finish();
    await ending;
    expect(begun).toBe(2);
  });

  it('are none where nobody asked for them', async () => {
    const timer = handTimer();
    const end = startBackground({ every: timer.every, log: logged().log }, { report: async () => undefined });
    expect(timer.running()).toBe(0);
    await end();
  });
});
