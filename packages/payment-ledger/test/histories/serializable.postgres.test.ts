import fc from 'fast-check';
import { expect, it } from 'vitest';
import { useTempLedger } from '../postgres/temp-database.ts';
import { concurrentHistory, isSerial, observe } from './concurrent.ts';

const open = useTempLedger();

it('PostgreSQL transactions at the same time do what some order of them, one after another, would do', async () => {
  await fc.assert(
    fc.asyncProperty(concurrentHistory, async (history) => {
      const { ledger, jobs } = await open();
      const observed = await observe(ledger, jobs, history);
      expect(await isSerial(history, observed), JSON.stringify(observed)).toBe(true);
    }),
    { numRuns: 60 },
  );
}, 120_000);
