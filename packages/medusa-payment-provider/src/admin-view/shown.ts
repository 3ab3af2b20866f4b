import type { Money } from '@gatewright/payment-core';

export const shownMoney = ({ amount, currency, network }: Money) => ({
  amount,
  currency,
  ...(network === undefined ? {} : { network }),
});
export const shownMoneyOrNull = (money: Money | null) => money && shownMoney(money);
export const instant = (ms: number): string => new Date(ms).toISOString();
export const instantOrNull = (ms: number | null): string | null => (ms === null ? null : instant(ms));
