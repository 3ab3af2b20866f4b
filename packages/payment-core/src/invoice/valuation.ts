import type { Money } from '../money/money.ts';
import { convert } from '../rates/convert.ts';
import type { Invoice } from './invoice.ts';

/** Received TON in the order's currency, rounded down: a shop is never told more than it got. */
export const valued = (received: Money, invoice: Invoice): Money | undefined => {
  if (invoice.valuation?.to !== invoice.order.currency) return undefined;
  const value = convert(received, invoice.valuation, 'down');
  return value.ok ? value.money : undefined;
};
