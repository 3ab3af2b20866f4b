import { describe, expect, it } from 'vitest';
import { createNamedLock } from './named-lock.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('createNamedLock', () => {
  it('lets one worker in at a time, in the order of asking', async () => {
    const lock = createNamedLock();
    const trace: string[] = [];
    const work = (name: string) => async (): Promise<void> => {
      trace.push(`${name} in`);
      await turn();
      trace.push(`${name} out`);
    };
    await Promise.all([lock('a', work('1')), lock('a', work('2')), lock('a', work('3'))]);
    expect(trace).toEqual(['1 in', '1 out', '2 in', '2 out', '3 in', '3 out']);
  });

  it('keeps different names apart', async () => {
    const lock = createNamedLock();
    let entered = 0;
    const both = async (): Promise<number> => {
      entered += 1;
      await turn();
      return entered;
    };
    expect(await Promise.all([lock('a', both), lock('b', both)])).toEqual([2, 2]);
  });

  it('goes on after a failure, which only its own caller sees', async () => {
    const lock = createNamedLock();
    const failed = lock('a', () => Promise.reject(new Error('no')));
    const next = lock('a', async () => 'yes');
    await expect(failed).rejects.toThrow('no');
    expect(await next).toBe('yes');
  });
});
