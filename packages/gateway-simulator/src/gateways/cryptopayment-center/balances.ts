import { addDecimal, type Decimal, subtractDecimal } from '@gatewright/payment-core';
import { exact } from '../../kernel/exact.ts';
import type { Reply } from '../../kernel/http/reply.ts';
import { phpReply } from '../../kernel/laravel.ts';
import { phpNumber } from '../../kernel/native-json.ts';
import { type Merchant, viewOf } from './state.ts';

interface Balance {
  readonly available: Decimal;
  readonly pending: Decimal;
}

export const balancesOf = (
  merchant: Merchant,
  now: number,
  confirmationMs: number,
): ReadonlyMap<string, Balance> => {
  const balances = new Map<string, Balance>();
  for (const invoice of merchant.invoices.values()) {
    const name = invoice.network.balance;
    const { status, paid } = viewOf(invoice, now, confirmationMs);
    const { available, pending } = balances.get(name) ?? { available: exact('0'), pending: exact('0') };
    if (status === 'confirmed') balances.set(name, { available: addDecimal(available, paid), pending });
    if (status === 'confirming') balances.set(name, { available, pending: addDecimal(pending, paid) });
  }
  for (const [name, withdrawn] of merchant.withdrawn) {
    const { available, pending } = balances.get(name) ?? { available: exact('0'), pending: exact('0') };
    balances.set(name, { available: subtractDecimal(available, withdrawn) ?? exact('0'), pending });
  }
  return balances;
};

/** PHP writes an empty map as `[]`. */
export const balancesReply = (merchant: Merchant, now: number, confirmationMs: number): Reply => {
  const entries = [...balancesOf(merchant, now, confirmationMs)].map(([name, { available, pending }]) => [
    name,
    { available: phpNumber(available), pending: phpNumber(pending) },
  ]);
  return phpReply(200, { success: true, balances: entries.length === 0 ? [] : Object.fromEntries(entries) });
};
