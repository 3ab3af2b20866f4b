import type { Directory } from '@gatewright/payment-core';
import type { MedusaSettings } from '../settings/medusa-settings.ts';

/** The shop and its provider entries, as medusa-config had them when this process started. */
export const createDirectory = ({
  store,
  accounts,
}: Pick<MedusaSettings, 'store' | 'accounts'>): Directory => {
  const byId = new Map(accounts.map((account) => [account.id, account]));
  return {
    store: async (id) => (id === store.id ? store : undefined),
    account: async (id) => byId.get(id),
    accountsOf: async (id) => (id === store.id ? accounts : []),
  };
};
