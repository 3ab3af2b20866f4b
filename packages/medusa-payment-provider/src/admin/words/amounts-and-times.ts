import type { InvoiceView } from '../../api/admin/gatewright/shapes.ts';

type Money = InvoiceView['amount'];

/** How many digits people expect after the point; any three letters count as a currency here. */
const digitsOf = (currency: string): number => {
  try {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency });
    return format.resolvedOptions().maximumFractionDigits ?? 0;
  } catch {
    return 0;
  }
};

/** "50.00" of 50 USD. Digits are added, never taken away: nothing is rounded here. */
export const amountText = ({ amount, currency }: Money): string => {
  const [whole = '', fraction = ''] = amount.split('.');
  const padded = fraction.padEnd(digitsOf(currency), '0');
  return padded === '' ? whole : `${whole}.${padded}`;
};

/** "50.00 USD", "45 USDT (tron)". */
export const moneyText = (money: Money): string =>
  `${amountText(money)} ${money.currency}${money.network === undefined ? '' : ` (${money.network})`}`;

const format = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** In the zone and the language of the browser. @param instant ISO 8601 */
export const timeText = (instant: string): string => format.format(new Date(instant));
