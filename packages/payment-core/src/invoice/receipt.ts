import type { Fact } from '../gateways/fact.ts';
import { currencyKind } from '../money/currency.ts';
import { compareDecimal, subtractDecimal } from '../money/decimal.ts';
import { formatMoney, type Money, sameCurrency } from '../money/money.ts';
import { percentOf } from '../money/percent.ts';
import type { Invoice } from './invoice.ts';
import type { Policy } from './policy.ts';
import { valued } from './valuation.ts';

/** How received money compares with what the invoice froze. `excess` and `shortfall` are in the due currency. */
export type Receipt =
  | { readonly kind: 'exact' }
  | { readonly kind: 'over'; readonly excess: Money; readonly dust: boolean }
  | { readonly kind: 'under'; readonly shortfall: Money }
  | { readonly kind: 'tolerated'; readonly shortfall: Money }
  | { readonly kind: 'wrong-asset' }
  | { readonly kind: 'no-valuation' };

const compare = (got: Money, due: Money, policy: Policy): Receipt => {
  if (!sameCurrency(got, due)) return { kind: 'wrong-asset' };
  const order = compareDecimal(got.amount, due.amount);
  if (order === 0) return { kind: 'exact' };
  if (order > 0) {
    const excess = subtractDecimal(got.amount, due.amount) ?? got.amount;
    const dust = compareDecimal(excess, percentOf(due.amount, policy.dustPercent)) < 0;
    return { kind: 'over', excess: { ...due, amount: excess }, dust };
  }
  const shortfall = subtractDecimal(due.amount, got.amount) ?? due.amount;
  const tolerance = policy.underpaymentTolerancePercent;
  const percent = currencyKind(due.currency) === 'fiat' ? tolerance.fiat : tolerance.asset;
  const kind = compareDecimal(shortfall, percentOf(due.amount, percent)) <= 0 ? 'tolerated' : 'under';
  return { kind, shortfall: { ...due, amount: shortfall } };
};

/** Invariant 8, first half: received amount, asset and network against what the invoice froze, within policy. */
export const assessReceipt = (invoice: Invoice, fact: Fact, policy: Policy): Receipt => {
  if (fact.received === null || fact.received === 'attested') return { kind: 'exact' };
  const due = invoice.payable ?? invoice.quoted;
  if (due !== null) return compare(fact.received, due, policy);
  const value = valued(fact.received, invoice);
  return value === undefined ? { kind: 'no-valuation' } : compare(value, invoice.order, policy);
};

export const receiptText = (receipt: Receipt): string => {
  switch (receipt.kind) {
    case 'exact':
      return 'The amount matches.';
    case 'over':
      return `${formatMoney(receipt.excess)} more than asked.`;
    case 'under':
    case 'tolerated':
      return `${formatMoney(receipt.shortfall)} less than asked.`;
    case 'wrong-asset':
      return 'Another asset or network than the invoice asked for.';
    case 'no-valuation':
      return 'No fresh exchange rate at the time of receipt, so the payment could not be valued.';
    default: {
      const never: never = receipt;
      return never;
    }
  }
};
