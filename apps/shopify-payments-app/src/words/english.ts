import type { MerchantTexts } from './merchant-texts.ts';

export const english: MerchantTexts = {
  rejected: {
    AMOUNT_TOO_SMALL: 'The amount is smaller than the connected gateways can take.',
    AMOUNT_TOO_LARGE: 'The amount is larger than the connected gateways can take.',
    INVALID_CURRENCY: 'None of the connected gateways can take this currency.',
    INVALID_PURCHASE_TYPE:
      'These payments are captured at once. Set payment capture to automatic in the settings of the shop.',
    MERCHANT_ACCOUNT_ERROR: 'No connected gateway account can be used. Open the app and check the accounts.',
    CANCELLED_PAYMENT: 'The payment was not completed.',
    PROCESSING_ERROR: 'The payment failed at the gateway.',
  },
  declined: {
    'order-not-paid-here': 'This payment was not completed, so there is nothing to refund.',
    'more-than-paid': 'The refunds would come to more than was paid.',
    'currency-differs': 'The refund is in another currency than the payment.',
    'amount-zero': 'A refund of nothing is not sent.',
    'amount-missing': 'The refund names no amount.',
    'gateway-refused': 'The gateway refused the refund ({reason}). Nothing was sent back.',
    'payment-unknown': 'There is no such payment.',
    'not-completed': 'The payment was not completed.',
    'complete-already': 'The payment is complete and cannot be voided. Refund it instead.',
  },
  payBackByHand:
    'The gateway cannot send money back by itself. Pay {amount} back to the buyer by hand, then say so here.',
  lookItUp:
    'The gateway was asked to refund and did not answer. Look at the payment there, then decide here.',
};
