import { expect, it } from 'vitest';
import { createOneAtATime } from './one-at-a-time.ts';

const later = <T>() => {
  let give: (value: T) => void = () => undefined;
  const value = new Promise<T>((resolve) => {
    give = resolve;
  });
  return { value, give };
};

/** Everything that can go on without another answer has gone on. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const openScene = () => {
  const oneAtATime = createOneAtATime<string>();
  const met: string[] = [];
  const run = (key: string, name: string) => {
    const { value, give } = later<string>();
    const done = oneAtATime(key, async () => {
      met.push(`${name} begins`);
      const given = await value;
      met.push(`${name} ends`);
      return given;
    });
    return { done, give };
  };
  return { oneAtATime, met, run };
};

it('runs works of one key in the order they came', async () => {
  const { met, run } = openScene();
  const [first, second, third] = [run('k', 'first'), run('k', 'second'), run('k', 'third')];
  third.give('3');
  second.give('2');
  await settled();
  expect(met).toEqual(['first begins']);
  first.give('1');
  expect(await Promise.all([first.done, second.done, third.done])).toEqual(['1', '2', '3']);
  const each = ['first', 'second', 'third'];
  expect(met).toEqual(each.flatMap((name) => [`${name} begins`, `${name} ends`]));
});

it('lets works of other keys run meanwhile', async () => {
  const { met, run } = openScene();
  const [one, other] = [run('k', 'one'), run('l', 'other')];
  other.give('done');
  expect(await other.done).toBe('done');
  expect(met).toEqual(['one begins', 'other begins', 'other ends']);
  one.give('done');
  await one.done;
});

it('goes on after a work that failed, and tells only its caller', async () => {
  const { oneAtATime } = openScene();
  const failed = oneAtATime('k', async () => Promise.reject(new Error('no stock')));
  const thrown = oneAtATime('k', () => {
    throw new Error('a bug');
  });
  const next = oneAtATime('k', async () => 'next');
  await expect(failed).rejects.toThrow('no stock');
  await expect(thrown).rejects.toThrow('a bug');
  expect(await next).toBe('next');
});

it('lets who comes while the last one of a queue ends wait for it', async () => {
  const { met, run } = openScene();
  const first = run('k', 'first');
  const second = run('k', 'second');
  first.give('1');
  await first.done;
  await settled();
  const third = run('k', 'third');
  third.give('3');
  await settled();
  expect(met.at(-1)).toBe('second begins');
  second.give('2');
  expect(await third.done).toBe('3');
});
