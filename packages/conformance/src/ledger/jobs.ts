import { describe } from 'vitest';
import { describeAsking } from './jobs/asking.ts';
import { describeAskingAgain } from './jobs/asking-again.ts';
import { describeEnding } from './jobs/ending.ts';
import { describeLeasing } from './jobs/leasing.ts';
import { describeUncommitted } from './jobs/uncommitted.ts';
import type { OpenLedger } from './open-ledger.ts';

export const describeJobs = (open: OpenLedger): void => {
  describe('jobs', () => {
    describeUncommitted(open);
    describeAsking(open);
    describeLeasing(open);
    describeEnding(open);
    describeAskingAgain(open);
  });
};
