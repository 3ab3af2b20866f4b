import { type Finding, storeIdSchema } from '@gatewright/payment-core';
import { fail, type Outcome } from '../failure.ts';
import { outcomeOf, printFindings } from '../findings.ts';
import type { Host } from '../host.ts';
import { withVault } from '../ledger-session.ts';
import { accountFindings, accountName, type CheckOptions } from './account-test.ts';
import { shopFindings } from './shop-findings.ts';

const noAccount: Finding = {
  code: 'no-account',
  severity: 'error',
  cause: 'The store has no enabled account.',
  effect: 'No shopper can pay through Gatewright.',
  remedy: 'Add one with `gatewright account add`.',
};

/** Checks a shop and every enabled account of it. */
export const testStore = (host: Host, id: string, options: CheckOptions): Promise<Outcome> =>
  withVault(host, options, async (session) => {
    const known = storeIdSchema.safeParse(id);
    const store = known.success ? await session.vault.store(known.data) : undefined;
    if (store === undefined) {
      return fail(`There is no store ${id}.`, 'Nothing was tested.', 'See `gatewright store list`.');
    }
    const { sandbox = false } = options;
    const accounts = (await session.vault.accountsOf(store.id)).filter(({ enabled }) => enabled);
    const ofStore = [
      ...(store.platform === 'woocommerce' ? await shopFindings(host, session, store, sandbox) : []),
      ...(accounts.length === 0 ? [noAccount] : []),
    ];
    printFindings(host, `${store.name} ${store.id}`, ofStore);
    const all = [...ofStore];
    for (const account of accounts) {
      const findings = await accountFindings(host, session, account, options);
      printFindings(host, accountName(account), findings);
      all.push(...findings);
    }
    return outcomeOf(all);
  });
