import { explainReview, reviewReport, storeIdSchema } from '@gatewright/payment-core';
import { done, fail, type Outcome } from '../failure.ts';
import { type Host, say } from '../host.ts';
import { type LedgerOptions, withVault } from '../ledger-session.ts';
import { printable, printJsonLines } from '../print.ts';
import { explanationLines } from './review-text.ts';

export interface ExplainOptions extends LedgerOptions {
  readonly store: string;
  readonly json?: boolean;
}

export const explainItem = (host: Host, id: string, options: ExplainOptions): Promise<Outcome> =>
  withVault(host, options, async ({ opened }) => {
    const store = storeIdSchema.safeParse(options.store);
    const explanation = store.success && (await explainReview(opened, store.data, id));
    if (!explanation) {
      return fail(
        `There is no review item ${id} at the store ${options.store}.`,
        'Nothing is shown.',
        'See `gatewright review list --all`.',
      );
    }
    const report = reviewReport(explanation);
    if (options.json === true) printJsonLines(host, [report]);
    else for (const line of explanationLines(report)) say(host, printable(line));
    return done;
  });
