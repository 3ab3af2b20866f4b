import type { Account, Directory, Store } from '../../../src/account/account.ts';
import { type AccountId, accountIdSchema, storeIdSchema } from '../../../src/identity/identity.ts';
import { policySchema } from '../../../src/invoice/policy.ts';
import { moneySchema } from '../../../src/money/schema.ts';
import type { Scenario } from '../scenarios/scenario.ts';

export const storeId = storeIdSchema.parse('store');
export const price = moneySchema.parse({ amount: '50.00', currency: 'USD' });
/** Three of them are less than the price. */
export const partOfPrice = moneySchema.parse({ amount: '15.00', currency: 'USD' });
export const otherTotal = '60.00';
export const accountOf = (gateway: string): AccountId => accountIdSchema.parse(`account-${gateway}`);

/** The one store of the model, with one account per gateway. */
export const directoryOf = (scenario: Scenario): Directory => {
  const store: Store = {
    id: storeId,
    name: 'Shop',
    mode: 'test',
    policy: policySchema.parse({
      invoiceExpiryMs: scenario.expiryMs,
      monitorMs: scenario.monitorMs,
      orderDeadlineMs: scenario.deadlineMs,
      latePayment: scenario.latePolicy,
    }),
  };
  const accounts = scenario.gateways.map(
    ({ id }): Account => ({
      id: accountOf(id),
      store: storeId,
      gateway: id,
      mode: 'test',
      config: {},
      enabled: true,
    }),
  );
  return {
    store: async (id) => (id === storeId ? store : undefined),
    account: async (id) => accounts.find((account) => account.id === id),
    accountsOf: async (id) => (id === storeId ? accounts : []),
  };
};
