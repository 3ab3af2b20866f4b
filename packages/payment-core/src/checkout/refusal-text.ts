import type { AccountTrouble } from '../health/account-health.ts';
import type { QuoteRefusal } from './quote.ts';

export type OfferRefusal =
  | QuoteRefusal
  | AccountTrouble
  | 'account-disabled'
  | 'mode-mismatch'
  | 'config-unusable'
  | 'gateway-unknown'
  | 'method-missing'
  | 'account-unknown';

/** The three texts of a refusal (style.md, habit 7): the code is the key, these are for the owner and the shopper. */
export interface RefusalText {
  readonly owner: string;
  readonly shopper: string;
}

const unavailable = 'This payment method is not available for this order. Please choose another one.';

export const refusalText = (reason: OfferRefusal): RefusalText => {
  switch (reason) {
    case 'amount-zero':
      return {
        owner: 'The order total is zero: there is nothing to pay, so no invoice is made.',
        shopper: 'This order needs no payment.',
      };
    case 'amount-scale':
      return {
        owner:
          "The order total has more decimals than its currency has. Set the number of decimals in the shop to the currency's own.",
        shopper: unavailable,
      };
    case 'currency-not-accepted':
      return {
        owner:
          "The gateway cannot take the shop's currency and no conversion is defined. Use another gateway or another shop currency.",
        shopper: unavailable,
      };
    case 'no-fresh-rate':
      return {
        owner:
          'The gateway needs an exchange rate and no fresh one is there. Check the rate source; the method is hidden until then.',
        shopper: unavailable,
      };
    case 'amount-below-minimum':
      return {
        owner: 'The order is below the least amount this gateway takes.',
        shopper: 'The order is too small for this payment method. Please choose another one.',
      };
    case 'amount-above-maximum':
      return {
        owner: 'The order is above the most this gateway takes.',
        shopper: 'The order is too large for this payment method. Please choose another one.',
      };
    case 'account-refused':
      return {
        owner:
          'The gateway refused the credentials a short while ago. Run the account check and enter them again; the method is tried again after some minutes.',
        shopper: unavailable,
      };
    case 'gateway-unreachable':
      return {
        owner:
          "The gateway did not answer several times in a row. The method is hidden for a minute and then tried again; look at the gateway's status page if it stays.",
        shopper:
          'This payment method does not answer at the moment. Please choose another one, or try again in a minute.',
      };
    case 'account-disabled':
      return { owner: 'This account is switched off.', shopper: unavailable };
    case 'mode-mismatch':
      return {
        owner:
          "A test account is never used for a live order, nor a live account for a test order. Connect an account of the store's own mode.",
        shopper: unavailable,
      };
    case 'config-unusable':
      return { owner: "The account's credentials cannot be used. Enter them again.", shopper: unavailable };
    case 'gateway-unknown':
      return { owner: 'This version has no such gateway.', shopper: unavailable };
    case 'account-unknown':
      return { owner: 'The store has no such account.', shopper: unavailable };
    case 'method-missing':
      return {
        owner: 'The shopper has to choose one of the networks this gateway offers.',
        shopper: 'Please choose how you want to pay.',
      };
    default: {
      const never: never = reason;
      return never;
    }
  }
};
