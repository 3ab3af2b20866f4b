import { expect, it } from 'vitest';
import { createSharedTime } from './shared-time.ts';

const clock = () => {
  const steps: number[] = [];
  let at = 0;
  const time = createSharedTime(
    () => at,
    async (ms) => {
      steps.push(ms);
      at += ms;
    },
    5,
  );
  return { steps, time };
};

it('time passes when all who take part wait, and no further than the first of them needs', async () => {
  const { steps, time } = clock();
  const [one, other] = [time.takePart(), time.takePart()];
  const told: string[] = [];
  const first = one.pass(3).then(() => told.push('three'));
  await Promise.resolve();
  expect(steps).toEqual([]);
  const second = other.pass(10).then(() => told.push('ten'));
  await first;
  expect(told).toEqual(['three']);
  one.leave();
  await second;
  expect({ steps, told }).toEqual({ steps: [3, 5, 2], told: ['three', 'ten'] });
});

it('what breaks in a step is told to everybody who waits', async () => {
  const time = createSharedTime(
    () => 0,
    () => Promise.reject(new Error('the shop is gone')),
    5,
  );
  const shares = [time.takePart(), time.takePart()];
  const waits = shares.map((share) => share.pass(1));
  for (const wait of waits) await expect(wait).rejects.toThrow('the shop is gone');
});
