import type { GatewayWarning } from '../gateways/gateway.ts';
import type { Finding } from './finding.ts';

const warning = (code: GatewayWarning, cause: string, effect: string, remedy: string): Finding => ({
  code,
  severity: 'warning',
  cause,
  effect,
  remedy,
});

/** What a gateway does by its nature, said before money depends on it. */
export const warningFinding = (code: GatewayWarning): Finding => {
  switch (code) {
    case 'chargebacks-not-reported':
      return warning(
        code,
        'Payment methods that can be charged back are switched on, and the gateway does not report chargebacks.',
        'An order can stay paid here after its money was taken back.',
        "Take only crypto, or watch the gateway's own dashboard before you ship.",
      );
    case 'amount-decided-at-payment':
      return warning(
        code,
        'The gateway decides what a payment is worth when it arrives.',
        'An order can turn out under- or overpaid; then it is held for you, or the excess is noted.',
        'Keep an exchange rate source that is fresh, and look at the review queue.',
      );
    case 'no-change-given':
      return warning(
        code,
        'A shopper who sends a more valuable collectible gets no change.',
        'Shoppers may ask you for the difference.',
        'Say so at checkout.',
      );
    case 'refund-by-hand':
      return warning(
        code,
        'You receive a collectible, not money.',
        'A refund means sending it, or its value, back by hand.',
        'Decide how you refund before you offer this method.',
      );
    default: {
      const never: never = code;
      return never;
    }
  }
};
