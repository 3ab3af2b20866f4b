import { parseCurrency } from '../../money/currency.ts';
import type { Decimal } from '../../money/decimal.ts';
import { type Money, money } from '../../money/money.ts';
import { type Authority, blankFact, type Fact, type FactStatus, type Received } from '../fact.ts';
import type { CryptoPayPayment } from './contract.ts';

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

const quotedOf = (invoice: CryptoPayPayment): Money | null => {
  switch (invoice.currency_type) {
    case 'fiat':
      return moneyOf(invoice.amount, invoice.fiat);
    case 'crypto':
      return moneyOf(invoice.amount, invoice.asset);
    default:
      return null;
  }
};

/**
 * CP-6: `paid_amount` is in `paid_asset`, so a fiat invoice (whose rate the gateway fixes at payment, CP-10) is
 * attested and never compared; a crypto invoice without `paid_*` was paid as asked. Null: it cannot be told.
 */
const receivedOf = (invoice: CryptoPayPayment, quoted: Money | null): Received | null => {
  if (quoted === null) return null;
  if (invoice.currency_type === 'fiat') return 'attested';
  if (invoice.paid_amount == null && invoice.paid_asset == null) return quoted;
  return moneyOf(invoice.paid_amount ?? quoted.amount, invoice.paid_asset ?? quoted.currency);
};

/**
 * One Invoice object as a fact. A swap changes what the merchant gets, not what was paid (CP-12). Paid in what we
 * cannot read is not final: a person looks.
 */
export const cryptoPayFact = (invoice: CryptoPayPayment, authority: Authority, asOf: number): Fact => {
  const quoted = quotedOf(invoice);
  const status = factStatus(invoice.status);
  const received = status === 'paid' ? receivedOf(invoice, quoted) : null;
  return {
    ...blankFact,
    authority,
    gatewayPaymentId: invoice.invoice_id,
    reference: invoice.payload ?? null,
    status,
    wireStatus: invoice.status,
    quoted,
    received,
    final: received !== null,
    paidAt: invoice.paid_at ?? null,
    expiresAt: invoice.expiration_date ?? null,
    exceptions: status === 'paid' && received === null ? ['review'] : [],
    asOf,
  };
};
