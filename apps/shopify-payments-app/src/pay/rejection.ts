import {
  type Offer,
  type OfferRefusal,
  offerAccounts,
  type Ports,
  refusalText,
} from '@gatewright/payment-core';
import type { RejectCode } from '../payments-api/mutation.ts';
import type { SessionRow } from '../sessions/session-book.ts';

/** What an account's refusal says of all payments like this one. `passing`: in a while it may take it. */
type Obstacle = 'too-small' | 'too-large' | 'currency' | 'account' | 'passing';

const obstacleOf = (reason: OfferRefusal): Obstacle => {
  switch (reason) {
    case 'amount-zero':
    case 'amount-below-minimum':
      return 'too-small';
    case 'amount-above-maximum':
      return 'too-large';
    case 'currency-not-accepted':
    case 'amount-scale':
      return 'currency';
    case 'account-refused':
    case 'account-disabled':
    case 'config-unusable':
    case 'mode-mismatch':
    case 'gateway-unknown':
    case 'account-unknown':
      return 'account';
    case 'no-fresh-rate':
    case 'gateway-unreachable':
    case 'method-missing':
      return 'passing';
    default: {
      const never: never = reason;
      return never;
    }
  }
};

/** The account that comes nearest to taking the payment says what stands in its way. */
const codes: readonly (readonly [Obstacle, RejectCode])[] = [
  ['too-small', 'AMOUNT_TOO_SMALL'],
  ['too-large', 'AMOUNT_TOO_LARGE'],
  ['currency', 'INVALID_CURRENCY'],
  ['account', 'MERCHANT_ACCOUNT_ERROR'],
];

const codeOf = (offers: readonly Offer[]): RejectCode | undefined => {
  const obstacles = offers.map((offer) => (offer.available ? 'passing' : obstacleOf(offer.reason)));
  if (obstacles.includes('passing')) return undefined;
  return codes.find(([obstacle]) => obstacles.includes(obstacle))?.[1] ?? 'MERCHANT_ACCOUNT_ERROR';
};

/**
 * Why nobody can pay this session, now or later (contract §6); undefined: somebody can, or perhaps in a minute. We take
 * sales only, so an authorization is none of ours (contract 2.3).
 */
export const rejectionOf = async (
  ports: Ports,
  { kind, store, amount }: Pick<SessionRow, 'kind' | 'store' | 'amount'>,
): Promise<RejectCode | undefined> => {
  if (kind === 'authorization') return 'INVALID_PURCHASE_TYPE';
  return codeOf(await offerAccounts(ports, store, amount));
};

/** For the buyer; the pay page has each of them in all its languages. */
export const rejectionText = (code: RejectCode): string => {
  switch (code) {
    case 'AMOUNT_TOO_SMALL':
      return refusalText('amount-below-minimum').shopper;
    case 'AMOUNT_TOO_LARGE':
      return refusalText('amount-above-maximum').shopper;
    case 'INVALID_CURRENCY':
    case 'INVALID_PURCHASE_TYPE':
    case 'MERCHANT_ACCOUNT_ERROR':
    case 'CANCELLED_PAYMENT':
    case 'PROCESSING_ERROR':
      return refusalText('currency-not-accepted').shopper;
    default: {
      const never: never = code;
      return never;
    }
  }
};
