import { createMemoryLedger } from '@gatewright/payment-core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { useTempLedger } from '../postgres/temp-database.ts';
import { actions, answers } from './one-by-one.ts';

const open = useTempLedger();
const leeway = { errorsEnd: true, tiesAreOpen: true };

it('PostgreSQL answers what the memory ledger answers, to anything that is asked of both', async () => {
  await fc.assert(
    fc.asyncProperty(actions, async (script) => {
      const memory = createMemoryLedger();
      const { ledger, jobs } = await open();
      expect(await answers(ledger, jobs, script, leeway)).toEqual(
        await answers(memory, memory.jobs, script, leeway),
      );
    }),
    { numRuns: 40 },
  );
}, 120_000);
