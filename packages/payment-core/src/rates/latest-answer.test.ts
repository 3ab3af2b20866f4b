import { describe, expect, it } from 'vitest';
import { seconds } from '../identity/clock.ts';
import { type Asked, createLatestAnswer } from './latest-answer.ts';

/** A source whose every call waits until it is answered. */
const open = () => {
  let now = 1_000_000;
  const calls: ((asked: Asked<string>) => void)[] = [];
  const faults: string[] = [];
  const latest = createLatestAnswer<string>({
    ask: () => new Promise((resolve) => calls.push(resolve)),
    clock: { now: () => now },
    onFault: (reason) => faults.push(reason),
  });
  const answer = (asked: Asked<string>) => calls.at(-1)?.(asked);
  return { latest, calls, faults, answer, pass: (ms: number) => (now += ms), now: () => now };
};

const never = () => false;
const always = () => true;

describe('createLatestAnswer', () => {
  it('asks once however many wait, and says when the answer arrived, not when it was asked for', async () => {
    const { latest, calls, answer, pass } = open();
    const waiting = [latest(always), latest(never), latest(always)];
    expect(calls).toHaveLength(1);
    pass(700);
    answer({ ok: true, value: 'a' });
    expect(await Promise.all(waiting)).toEqual(Array(3).fill({ value: 'a', at: 1_000_700 }));
  });

  it('keeps an answer that suffices, and does not ask again within 15 s of the last answer', async () => {
    const { latest, calls, answer, pass } = open();
    const first = latest(never);
    answer({ ok: true, value: 'a' });
    await first;
    expect(await latest(always)).toMatchObject({ value: 'a' });
    expect(await latest(never)).toMatchObject({ value: 'a' });
    pass(seconds(15) - 1);
    expect(await latest(never)).toMatchObject({ value: 'a' });
    expect(calls).toHaveLength(1);
    pass(1);
    const second = latest(never);
    answer({ ok: true, value: 'b' });
    expect(await second).toMatchObject({ value: 'b' });
    expect(calls).toHaveLength(2);
  });

  it('keeps the last answer when a call fails, says why, and pauses', async () => {
    const { latest, calls, faults, answer, pass } = open();
    const first = latest(never);
    answer({ ok: true, value: 'a' });
    await first;
    pass(seconds(15));
    const second = latest(never);
    answer({ ok: false, reason: 'dns' });
    expect(await second).toEqual({ value: 'a', at: 1_000_000 });
    expect(await latest(never)).toMatchObject({ value: 'a' });
    expect(faults).toEqual(['dns']);
    expect(calls).toHaveLength(2);
  });

  it('never throws, and asks again after a clock that was set back', async () => {
    const faults: string[] = [];
    let now = 1_000_000;
    let calls = 0;
    const latest = createLatestAnswer<string>({
      ask: () => {
        calls += 1;
        return Promise.reject(new Error('a port broke its promise'));
      },
      clock: { now: () => now },
      onFault: (reason) => faults.push(reason),
    });
    expect(await latest(always)).toBeUndefined();
    now -= seconds(3_600);
    expect(await latest(always)).toBeUndefined();
    expect(calls).toBe(2);
    expect(faults).toEqual(['source-failed', 'source-failed']);
  });
});
