import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openTempLedger } from '../temp-ledger.ts';
import { concurrentHistory, isSerial, observe } from './concurrent.ts';

it('SQLite transactions at the same time do what some order of them, one after another, would do', async () => {
  await fc.assert(
    fc.asyncProperty(concurrentHistory, async (history) => {
      const { ledger, jobs, close } = await openTempLedger();
      try {
        const observed = await observe(ledger, jobs, history);
        expect(await isSerial(history, observed), JSON.stringify(observed)).toBe(true);
      } finally {
        await close();
      }
    }),
    { numRuns: 20 },
  );
}, 120_000);
