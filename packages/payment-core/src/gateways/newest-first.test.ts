import { describe, expect, it } from 'vitest';
import { createAgeCheck } from './newest-first.ts';

const check = (entries: readonly (number | null)[]): readonly boolean[] => entries.map(createAgeCheck(100));

describe('createAgeCheck', () => {
  it('ends at the first entry that is too old', () => {
    expect(check([300, 200, 200, 100, 99])).toEqual([false, false, false, false, true]);
  });

  it('concludes nothing from a list in another order, or without times', () => {
    expect(check([50, 200, 10])).toEqual([true, false, false]);
    expect(check([300, null, 10])).toEqual([false, false, false]);
  });
});
