import type { JobRunner, Timer } from '@gatewright/payment-ledger';
import { expect, test } from 'vitest';
import { createLog } from '../log/log.ts';
import { startBackground } from './background.ts';

const runner = (polls: number[]): JobRunner => ({
  kick: () => undefined,
  drain: async () => undefined,
  start: (pollMs) => void polls.push(pollMs),
  stop: async () => undefined,
});

const setUp = (reconcile: () => Promise<unknown>) => {
  const lines: string[] = [];
  const polls: number[] = [];
  const ticks: (() => void)[] = [];
  const timer: Timer = (run) => {
    ticks.push(run);
    return () => void ticks.splice(ticks.indexOf(run), 1);
  };
  const log = createLog({ level: 'info', destination: { write: (line) => void lines.push(line) } });
  const rounds = { reconcile, watch: async (): Promise<void> => undefined };
  const end = startBackground({ runner: runner(polls), rounds, timer, log });
  return { end, polls, lines, tick: () => ticks[0]?.(), ticking: () => ticks.length > 0 };
};

const gate = () => {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
};

test('jobs are polled for, and one round of reconcile runs at a time', async () => {
  const slow = gate();
  let rounds = 0;
  const { end, polls, tick } = setUp(async () => {
    rounds += 1;
    await slow.opened;
  });
  expect(polls).toEqual([500]);
  tick();
  tick();
  expect(rounds).toBe(1);
  slow.open();
  await new Promise((done) => setImmediate(done));
  tick();
  expect(rounds).toBe(2);
  await end();
});

test('its end waits for the round under way, and no other begins', async () => {
  const slow = gate();
  let ended = false;
  const { end, tick, ticking } = setUp(() => slow.opened);
  tick();
  const ending = end().then(() => {
    ended = true;
  });
  await new Promise((done) => setImmediate(done));
  expect([ended, ticking()]).toEqual([false, false]);
  slow.open();
  await ending;
});

test('a round that fails is logged, and the next one runs', async () => {
  let rounds = 0;
  const { end, tick, lines } = setUp(async () => {
    rounds += 1;
    throw new Error('the ledger is away');
  });
  tick();
  await new Promise((done) => setImmediate(done));
  tick();
  await end();
  expect(rounds).toBe(2);
  expect(lines.filter((line) => line.includes('reconcile failed'))).toHaveLength(2);
});
