import { type CurrencyCode, parseCurrency } from '../../money/currency.ts';
import type { Decimal } from '../../money/decimal.ts';
import type { Money } from '../../money/money.ts';
import { blankFact, type Fact, type FactStatus } from '../fact.ts';
import type { TestGatewayEvent } from './contract.ts';

type KnownStatus = 'paid' | 'canceled' | 'expired';

const known = (status: string): KnownStatus | undefined =>
  status === 'paid' || status === 'canceled' || status === 'expired' ? status : undefined;

const factStatus = (status: string): FactStatus => {
  const word = known(status);
  switch (word) {
    case 'paid':
    case 'canceled':
    case 'expired':
      return word;
    case undefined:
      return 'unknown';
    default: {
      const never: never = word;
      return never;
    }
  }
};

const moneyOf = (amount: Decimal | null | undefined, currency: CurrencyCode | undefined): Money | null =>
  amount == null || currency === undefined ? null : { amount, currency };

/** One event as a fact: signed, for the whole body is. Each payment has a number of its own, so that two are told apart. */
export const testGatewayFact = (event: TestGatewayEvent, asOf: number): Fact => {
  const currency = parseCurrency(event.currency);
  const status = factStatus(event.status);
  const received = status === 'paid' ? moneyOf(event.received, currency) : null;
  return {
    ...blankFact,
    authority: 'signed',
    gatewayPaymentId: event.id,
    reference: event.id,
    paymentRecord: event.payment ?? null,
    status,
    wireStatus: event.status,
    quoted: moneyOf(event.amount, currency),
    received,
    final: received !== null,
    paidAt: received === null ? null : event.at,
    asOf,
  };
};
