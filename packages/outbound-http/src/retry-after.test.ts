import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { retryAfterMs } from './retry-after.ts';

const NOW = Date.parse('2026-03-24T12:00:00Z');
const wait = (header: string | undefined, body = ''): number | undefined =>
  retryAfterMs(header === undefined ? {} : { 'retry-after': header }, new TextEncoder().encode(body), NOW);

describe('retryAfterMs', () => {
  it.each([
    ['120', 120_000],
    ['0', 0],
    ['1.5', 1500],
    ['Tue, 24 Mar 2026 12:00:30 GMT', 30_000],
    ['Tue, 24 Mar 2026 11:00:00 GMT', 0],
    ['999999999', 86_400_000],
    ['-1', undefined],
    ['soon', undefined],
    ['2026', 2_026_000],
    ['2026-03-24T12:00:30Z', undefined],
    ['1e9', undefined],
    ['', undefined],
  ])('reads the header %j', (header, expected) => {
    expect(wait(header)).toBe(expected);
  });

  it.each([
    ['{"retry_after_seconds":2}', 2000],
    ['{"retry_after_seconds":"2"}', 2000],
    ['{"retry_after_seconds":0.5}', 500],
    ['{"retry_after_seconds":-2}', undefined],
    ['{"retry_after_seconds":null}', undefined],
    ['{"retry_after_seconds":{}}', undefined],
    ['{"error":{"retry_after_seconds":2}}', undefined],
    ['[2]', undefined],
    ['2', undefined],
    ['"retry_after_seconds"', undefined],
    ['<html>', undefined],
    ['', undefined],
  ])('reads the body %j', (body, expected) => {
    expect(wait(undefined, body)).toBe(expected);
  });

  it('answers for anything with a wait between nothing and a day', () => {
    fc.assert(
      fc.property(fc.string(), fc.oneof(fc.string(), fc.json()), (header, body) => {
        const ms = wait(header, body);
        if (ms === undefined) return;
        expect(ms).toBeGreaterThanOrEqual(0);
        expect(ms).toBeLessThanOrEqual(86_400_000);
      }),
      { seed: 47, numRuns: 500 },
    );
  });
});
