import { expect, test } from 'vitest';
import { createIntake } from './intake.ts';

const setUp = () => {
  let now = 1_000;
  const intake = createIntake({ now: () => now });
  const leave: (() => void)[] = [];
  const come = (count: number): Promise<void>[] =>
    Array.from({ length: count }, () =>
      intake.during(() => new Promise((resolve) => void leave.push(resolve))),
    );
  const advance = (ms: number): void => {
    now += ms;
  };
  return { intake, come, leave, advance };
};

test('a single webhook, and seven at once, are no crowd', () => {
  const { intake, come } = setUp();
  void come(1);
  expect(intake.isCrowded()).toBe(false);
  void come(6);
  expect(intake.isCrowded()).toBe(false);
});

test('eight at once are a crowd, which has gone a tenth of a second later', async () => {
  const { intake, come, leave, advance } = setUp();
  const present = come(8);
  for (const go of leave) go();
  await Promise.all(present);
  advance(99);
  expect(intake.isCrowded()).toBe(true);
  advance(1);
  expect(intake.isCrowded()).toBe(false);
});

test('webhooks one after another are no crowd, also when storing them fails', async () => {
  const { intake } = setUp();
  const full = new Error('the disk is full');
  for (let i = 0; i < 20; i += 1) await expect(intake.during(() => Promise.reject(full))).rejects.toBe(full);
  expect(await intake.during(async () => intake.isCrowded())).toBe(false);
});

test('a clock that is set back does not make a crowd last', () => {
  const { intake, come, advance } = setUp();
  void come(8);
  advance(-60_000);
  expect(intake.isCrowded()).toBe(false);
});
