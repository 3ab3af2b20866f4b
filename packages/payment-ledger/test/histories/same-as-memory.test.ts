import { createMemoryLedger } from '@gatewright/payment-core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openTempLedger } from '../temp-ledger.ts';
import { actions, answers } from './one-by-one.ts';

const leeway = { errorsEnd: false, tiesAreOpen: false };

it('SQLite answers what the memory ledger answers, to anything that is asked of both', async () => {
  await fc.assert(
    fc.asyncProperty(actions, async (script) => {
      const memory = createMemoryLedger();
      const sqlite = await openTempLedger();
      try {
        expect(await answers(sqlite.ledger, sqlite.jobs, script, leeway)).toEqual(
          await answers(memory, memory.jobs, script, leeway),
        );
      } finally {
        await sqlite.close();
      }
    }),
    { numRuns: 40 },
  );
}, 120_000);
