import { type Money, moneySchema } from '@gatewright/payment-core';

/** "49.90 EUR", "1.5 USDT tron": every digit as it was, readable in any SQL shell, comparable by nobody by accident. */
export const moneyText = ({ amount, currency, network }: Money): string =>
  network === undefined ? `${amount} ${currency}` : `${amount} ${currency} ${network}`;

/** @throws ZodError when the column holds something else: a damaged row. */
export const moneyFromText = (text: string): Money => {
  const [amount, currency, network] = text.split(' ');
  return moneySchema.parse(network === undefined ? { amount, currency } : { amount, currency, network });
};

export const nullableMoneyText = (money: Money | null): string | null =>
  money === null ? null : moneyText(money);

export const nullableMoneyFromText = (text: string | null): Money | null =>
  text === null ? null : moneyFromText(text);
