import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { readOncePerTurn } from './read-once-per-turn.ts';

const counted = () => {
  const read: string[] = [];
  const once = readOncePerTurn(async (key: string) => {
    read.push(key);
    return `${key} ${read.length}`;
  });
  return { once, read };
};

it('reads a key once for all who ask in one turn of the event loop', async () => {
  const { once, read } = counted();
  expect(await Promise.all([once.read('a'), once.read('b'), once.read('a')])).toEqual(['a 1', 'b 2', 'a 1']);
  expect(read).toEqual(['a', 'b']);
});

it('reads again in the next turn, and after a change in the same one', async () => {
  const { once, read } = counted();
  await once.read('a');
  await nextTurn();
  expect(await once.read('a')).toBe('a 2');
  once.forget();
  expect(await once.read('a')).toBe('a 3');
  await nextTurn();
  expect(await once.read('a')).toBe('a 4');
  expect(read).toHaveLength(4);
});

it('does not keep a read that failed beyond its turn', async () => {
  const answers = [Promise.reject(new Error('busy')), Promise.resolve('there')];
  const once = readOncePerTurn(async () => answers.shift());
  await expect(once.read('a')).rejects.toThrow('busy');
  await nextTurn();
  expect(await once.read('a')).toBe('there');
});
