import { parseCurrency } from '../../money/currency.ts';
import { compareDecimal, type Decimal } from '../../money/decimal.ts';
import type { Money } from '../../money/money.ts';
import { blankFact, type Fact } from '../fact.ts';
import { canonicalTonAddress } from './address.ts';
import type { CompletedPayment, ListedPayment, TonNftConfig } from './contract.ts';

type Meaning = Pick<Fact, 'status' | 'received' | 'final' | 'exceptions'>;

const ton = parseCurrency('TON');

/** NFT-10: on this gateway, and on no other, GRAM is the new name of TON. */
const currencyOf = (text: string | null | undefined) => {
  const code = parseCurrency(text ?? '');
  return code === 'GRAM' ? ton : code;
};

/** Decimal TON as written, never scaled: a formula's result may be finer than a nanoton. */
const moneyOf = (amount: Decimal | null | undefined, currency: string | null | undefined): Money | null => {
  const code = currencyOf(currency);
  return amount == null || code === undefined ? null : { amount, currency: code };
};

const nothing = { received: null, final: false, exceptions: [] } as const;

/** What a forwarded collectible was worth. Only a plausible amount of TON is final; the rest goes to a person. */
const worth = (value: Money | null, maxTon: Decimal): Meaning => {
  if (value === null) return { ...nothing, status: 'paid', exceptions: ['review'] };
  if (value.currency !== ton) {
    return { status: 'paid', received: value, final: false, exceptions: ['wrong_asset', 'review'] };
  }
  const implausible = compareDecimal(value.amount, maxTon) > 0;
  return implausible
    ? { status: 'paid', received: value, final: false, exceptions: ['review'] }
    : { status: 'paid', received: value, final: true, exceptions: [] };
};

const listedMeaning = (row: ListedPayment, config: TonNftConfig, told: Money | null): Meaning => {
  const known = row.status === 'pending' || row.status === 'received' ? row.status : undefined;
  switch (known) {
    case 'pending':
      return { ...nothing, status: 'open' };
    case 'received': {
      const value = moneyOf(row.amount, row.currency) ?? told;
      if (row.forwarded === true && value !== null) return worth(value, config.maxTon);
      // Without an amount the webhook decides. One that somebody else acknowledged will not come again.
      const astray = row.forwarded === true && row.callbackSent === true;
      return { ...nothing, status: 'processing', exceptions: astray ? ['review'] : [] };
    }
    case undefined:
      return { ...nothing, status: 'unknown' };
    default: {
      const never: never = known;
      return never;
    }
  }
};

/** The collectible tells payments on one deposit address apart; its spellings are one (NFT-8). */
const collectible = (address: string | null | undefined): string | null =>
  address ? (canonicalTonAddress(address) ?? address) : null;

/**
 * One row of the list as a fact; the flags stand in `wireStatus`, so that each stage is news of its own.
 * @param told what a webhook has already said came in; the list need not say it again
 */
export const listedFact = (
  row: ListedPayment,
  config: TonNftConfig,
  startedAt: number,
  told: Money | null,
): Fact => ({
  ...blankFact,
  authority: 'api',
  gatewayPaymentId: row.id,
  paymentRecord: row.status === 'received' ? collectible(row.nftAddress) : null,
  wireStatus: [
    row.status,
    ...(row.forwarded === true ? ['forwarded'] : []),
    ...(row.callbackSent === true ? ['callback sent'] : []),
  ].join(', '),
  forwarded: row.forwarded ?? null,
  ...listedMeaning(row, config, told),
  asOf: startedAt,
});

/** NFT-9: "completed" is final only when the collectible reached the treasury wallet. */
export const completedFact = (payment: CompletedPayment, config: TonNftConfig, receivedAt: number): Fact => {
  const forwarded = payment.forwardedToMainWallet === true;
  const value = moneyOf(payment.amount, payment.currency);
  return {
    ...blankFact,
    authority: 'signed',
    gatewayPaymentId: payment.paymentId,
    paymentRecord: collectible(payment.nftAddress),
    wireStatus: payment.event,
    forwarded,
    paidAt: payment.timestamp ?? null,
    ...(forwarded ? worth(value, config.maxTon) : { ...nothing, status: 'processing', received: value }),
    asOf: receivedAt,
  };
};
