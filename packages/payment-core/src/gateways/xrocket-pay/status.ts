import { addDecimal, type Decimal, isZero } from '../../money/decimal.ts';
import { type Money, money } from '../../money/money.ts';
import { type Authority, blankFact, type Fact, type FactStatus } from '../fact.ts';
import { currencyOfWire, type XRocketPayInvoice } from './contract.ts';

type KnownStatus = 'active' | 'paid' | 'expired';

const known = (status: string): KnownStatus | undefined =>
  status === 'active' || status === 'paid' || status === 'expired' ? status : undefined;

/** XR-3: an invoice that is still active after a payment is one for many payments, which is not ours to read. */
const factStatus = ({ status, payments }: XRocketPayInvoice): FactStatus => {
  const word = known(status);
  switch (word) {
    case 'active':
      return payments.length === 0 ? 'open' : 'unknown';
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

const moneyOf = (amount: Decimal | null | undefined, code: string): Money | null => {
  const currency = currencyOfWire(code);
  if (currency === undefined || amount == null) return null;
  const result = money(amount, currency);
  return result.ok ? result.money : { amount, currency };
};

/** An amount of zero asks for any amount (XR-3), which is no price. */
const quotedOf = ({ amount, currency }: XRocketPayInvoice): Money | null =>
  amount == null || isZero(amount) ? null : moneyOf(amount, currency);

/** What its payments add up to; a list names none (XR-4), and there "paid" means the fixed price, paid once. */
const receivedOf = (invoice: XRocketPayInvoice, quoted: Money | null): Money | null => {
  if ((invoice.totalActivations ?? 1) !== 1) return null;
  const [first, ...others] = invoice.payments.map(({ paymentAmount }) => paymentAmount);
  return first === undefined ? quoted : moneyOf(others.reduce(addDecimal, first), invoice.currency);
};

const expiresAtOf = ({ created, expiredIn }: XRocketPayInvoice): number | null =>
  created == null || !expiredIn ? null : created + expiredIn * 1_000;

/**
 * One invoice object as a fact. The fee changes what the merchant gets, not what was paid. Paid in what we cannot
 * read, or on an invoice for many payments, is not final: a person looks.
 */
export const xRocketPayFact = (invoice: XRocketPayInvoice, authority: Authority, asOf: number): Fact => {
  const quoted = quotedOf(invoice);
  const status = factStatus(invoice);
  const received = status === 'paid' ? receivedOf(invoice, quoted) : null;
  return {
    ...blankFact,
    authority,
    gatewayPaymentId: invoice.id,
    reference: invoice.payload ?? null,
    status,
    wireStatus: invoice.status,
    quoted,
    received,
    final: received !== null,
    paidAt: invoice.paid ?? invoice.payments.at(-1)?.paid ?? null,
    expiresAt: expiresAtOf(invoice),
    exceptions: status === 'paid' && received === null ? ['review'] : [],
    asOf,
  };
};
