import { expect, it } from 'vitest';
import { createSharedTime } from './shared-time.ts';

const clock = () => {
  const steps: number[] = [];
  let at = 0;
  const time = createSharedTime({
    now: () => at,
    pass: async (ms) => {
      steps.push(ms);
      at += ms;
    },
    longestMs: 50,
    togetherMs: 2,
  });
  return { steps, time };
};

const nothing = async (): Promise<void> => undefined;

it('time passes when all who take part wait, and no further than the first of them needs', async () => {
  const { steps, time } = clock();
  const [one, other] = [time.takePart(), time.takePart()];
  const told: string[] = [];
  const first = one.pass(30, nothing).then(() => told.push('thirty'));
  await Promise.resolve();
  expect(steps).toEqual([]);
  const second = other.pass(100, nothing).then(() => told.push('hundred'));
  await first;
  expect(told).toEqual(['thirty']);
  one.leave();
  await second;
  expect({ steps, told }).toEqual({ steps: [30, 50, 20], told: ['thirty', 'hundred'] });
});

it('moments that are close together are one, and the due of one shop is done once', async () => {
  const { steps, time } = clock();
  const done: string[] = [];
  const [shop, other] = ['shop', 'other'].map((name) => async () => void done.push(name));
  const shares = [time.takePart(), time.takePart(), time.takePart()];
  await Promise.all(shares.map((share, i) => share.pass(10 + i, (i === 2 ? other : shop) ?? nothing)));
  expect({ steps, done }).toEqual({ steps: [12], done: ['shop', 'other'] });
});

it('what breaks in a step is told to everybody who waits', async () => {
  const { time } = clock();
  const shares = [time.takePart(), time.takePart()];
  const waits = shares.map((share) => share.pass(1, () => Promise.reject(new Error('the shop is gone'))));
  for (const wait of waits) await expect(wait).rejects.toThrow('the shop is gone');
});
