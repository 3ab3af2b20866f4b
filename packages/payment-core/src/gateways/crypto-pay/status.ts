import { currencyKind, parseCurrency } from '../../money/currency.ts';
import type { Decimal } from '../../money/decimal.ts';
import { type Money, money } from '../../money/money.ts';
import { type Authority, blankFact, type Fact, type FactStatus, type Received } from '../fact.ts';
import type { CryptoPayInvoice } from './contract.ts';

type KnownStatus = 'active' | 'paid' | 'expired';

const known = (status: string): KnownStatus | undefined =>
  status === 'active' || status === 'paid' || status === 'expired' ? status : undefined;

const factStatus = (status: string): FactStatus => {
  const word = known(status);
  switch (word) {
    case 'active':
      return 'open';
    case 'paid':
      return 'paid';
    case 'expired':
      return 'expired';
    case undefined:
      return 'unknown';
    default: {
      const never: never = word;
      return never;
    }
  }
};

const moneyOf = (amount: Decimal, code: string | null | undefined): Money | null => {
  const currency = parseCurrency(code ?? '');
  if (currency === undefined) return null;
  const result = money(amount, currency);
  return result.ok ? result.money : { amount, currency };
};

/**
 * CP-6: `paid_amount` is in `paid_asset`, so a fiat invoice (whose rate the gateway fixes at payment, CP-10) is
 * attested and never compared; a crypto invoice without `paid_*` was paid as asked.
 */
const received = (invoice: CryptoPayInvoice, quoted: Money | null): Received | null => {
  if (invoice.status !== 'paid') return null;
  if (quoted === null || currencyKind(quoted.currency) !== 'crypto') return 'attested';
  if (invoice.paid_amount == null || invoice.paid_asset == null) return quoted;
  return moneyOf(invoice.paid_amount, invoice.paid_asset) ?? quoted;
};

/** One Invoice object as a fact. A swap changes what the merchant gets, not what was paid (CP-12). */
export const cryptoPayFact = (invoice: CryptoPayInvoice, authority: Authority, asOf: number): Fact => {
  const quoted = moneyOf(invoice.amount, invoice.currency_type === 'fiat' ? invoice.fiat : invoice.asset);
  return {
    ...blankFact,
    authority,
    gatewayPaymentId: invoice.invoice_id,
    reference: invoice.payload ?? null,
    status: factStatus(invoice.status),
    wireStatus: invoice.status,
    quoted,
    received: received(invoice, quoted),
    final: invoice.status === 'paid',
    paidAt: invoice.paid_at ?? null,
    expiresAt: invoice.expiration_date ?? null,
    asOf,
  };
};
