/**
 * Every text a shopper reads, in English. `{names}` are filled in; where the form depends on a number, one text per
 * category of Intl.PluralRules. The other languages have the same keys and the same names.
 */
export const english = {
  // What is paid
  shop: 'Shop',
  order: 'Order',
  amount: 'Amount',
  what: 'For',
  summary: 'Your order',
  testMode: 'Test mode: no real money is moved.',
  languages: 'Language',

  // Choose
  chooseTitle: 'How would you like to pay?',
  chooseLead: 'Pick one. You can still change your mind afterwards.',
  chooseNoneTitle: 'No payment method is available right now',
  chooseNoneLead: 'Please try again in a few minutes, or contact {shop}.',
  chooseNetwork: 'Choose a currency and network',
  payWith: 'Pay with {gateway}',
  payAnotherWay: 'Pay another way',
  payAnotherWayHint: 'Only if you have not sent anything yet.',
  payAgain: 'Pay again',
  tryAgain: 'Try again',
  backToShop: 'Back to {shop}',
  giveUp: 'Cancel and go back to {shop}',
  aboutTeleportPay: 'Crypto, and other ways this shop accepts',
  aboutTonNft: 'A Telegram collectible from your TON wallet',
  aboutCryptoPay: 'From your Crypto Bot balance in Telegram',
  aboutCryptoPaymentCenter: 'Bitcoin, Litecoin, Ether or USDT from any wallet',
  aboutGatenoc: 'USDT with Bybit Pay',
  aboutXRocketPay: 'From your xRocket balance in Telegram',
  aboutTest: 'Try the whole way without money',

  // Something went wrong while choosing
  problemDownTitle: 'This payment method does not answer right now',
  problemDownLead: 'Nothing has been charged. Try again, or choose another way to pay.',
  problemUnavailableTitle: 'This payment method cannot be used for this order',
  problemUnavailableLead: 'Please choose another one.',
  problemBusyTitle: 'Your payment is already being prepared',
  problemBusyLead: 'This takes a few seconds. The page updates by itself.',

  // On the way
  preparingTitle: 'Preparing your payment',
  preparingLead: 'This takes a few seconds. The page updates by itself.',
  waitingTitle: 'Pay with {gateway}',
  waitingPageLead:
    'The payment page opens in a new tab. Come back here afterwards: this page shows when your payment has arrived.',
  waitingBotLead:
    'Telegram opens in a new tab. Come back here afterwards: this page shows when your payment has arrived.',
  continueToPage: 'Continue to {gateway}',
  continueToBot: 'Open in Telegram',
  opensInNewTab: '(opens in a new tab)',
  waitingForPayment: 'Waiting for your payment.',
  waitingNft:
    'You pay with a TON collectible. It is valued when it arrives. If it is worth more than your order, you get no change.',
  sendTitle: 'Send {amount}',
  sendLead: 'Send exactly this amount to the address below, in one payment.',
  sendAmount: 'Amount to send',
  sendNetwork: 'Network',
  sendAddress: 'Address',
  sendQr: 'QR code of the address',
  sendQrAmount: 'QR code of the address and amount',
  sendQrHint: 'Scan with your wallet app. Check the amount before you send.',
  openWallet: 'Open in wallet app',
  copy: 'Copy',
  copyAmount: 'Copy amount',
  copyAddress: 'Copy address',
  copied: 'Copied',
  wrongNetwork: 'Send only {asset} and only on the {network} network. Anything else may be lost for good.',
  feesHint: 'Your wallet or exchange may take a fee from the amount. Make sure that {amount} arrives.',
  gatewayPage: 'Or pay on the page of {gateway}',
  timeLeft: 'Time left',
  payBefore: 'Pay before {time}.',
  minutesLeft: { one: '{count} minute', other: '{count} minutes' },

  // Money was seen
  seenTitle: 'We can see your payment',
  seenLead:
    'It has to be confirmed, which usually takes a few minutes. You need not do anything: you can close this page, and {shop} will be told.',
  seenProgress: {
    one: '{received} of {required} confirmation',
    other: '{received} of {required} confirmations',
  },

  // Paid
  paidTitle: 'Paid. Thank you!',
  paidLead: '{shop} has received your payment.',
  paidLeaving: 'You will be taken back to the shop in a moment.',
  stayHere: 'Stay here',
  paidPartRefunded: '{amount} of it has been refunded.',
  paidTwice: 'A second payment arrived for this order. {shop} has been told and will return it to you.',
  overpaidTitle: 'Paid, and a little too much',
  overpaidLead: 'Your order is paid. You sent {excess} more than needed: ask {shop} to return it.',
  overpaidUnknownLead: 'Your order is paid. You sent more than needed: ask {shop} to return the difference.',

  // Too little
  underpaidTitle: 'Part of the amount is missing',
  underpaidRestTitle: 'Please send the missing {rest}',
  underpaidRestLead: '{received} of {required} arrived. Send exactly the rest to the same address.',
  underpaidShopLead:
    '{received} of {required} arrived. {shop} has been told and will contact you. Please do not send anything more for now.',
  underpaidUnknownLead:
    'Less arrived than the order costs. {shop} has been told and will contact you. Please do not send anything more for now.',

  // Not paid
  timeUpTitle: 'The time to pay is over',
  timeUpLead:
    'If you have paid, wait: we are still checking, and this page shows when your payment is found. Please do not send anything more to the old address or page.',
  expiredTitle: 'This payment has expired',
  expiredAgainLead: 'No payment arrived in time. Your order is still there: you can pay again.',
  expiredLead: 'No payment arrived in time, and the order can no longer be paid.',
  cancelledTitle: 'The payment was cancelled',
  cancelledAgainLead: 'Nothing has been charged. Your order is still there: you can pay again.',
  cancelledLead: 'Nothing has been charged, and the order can no longer be paid.',
  failedTitle: 'The payment did not work',
  failedAgainLead: 'Your order is still there: try again, or choose another way to pay.',
  failedLead: 'The order can no longer be paid.',
  endedTitle: 'This order can no longer be paid',
  endedLead: 'If you still want it, please order again or contact {shop}.',

  // A person looks
  lateTitle: 'Your payment arrived late',
  lateLead:
    'It came after the time was over. Your money is not lost: {shop} has been told, looks at it and will contact you. Please do not pay again.',
  heldTitle: 'The shop is checking your payment',
  heldLead:
    'A payment arrived, and a person at {shop} has to look at it. They have been told and will contact you. Please do not pay again.',
  refundedTitle: 'Your payment was refunded',
  refundedLead: '{amount} was sent back. Depending on how you paid, it can take a while to reach you.',

  // The page itself
  refreshHint: 'This page updates by itself.',
  reconnecting: 'The connection was lost. Reconnecting…',
  notFoundTitle: 'This page does not exist',
  notFoundLead: 'The link may be old or incomplete. Please go back to the shop and open your order again.',

  // The test gateway
  testTitle: 'Test payment',
  testLead:
    'This page stands in for a payment gateway. Choose what the shopper does; the shop then gets the same news as from a real one.',
  testPay: 'Pay {amount}',
  testPayLess: 'Pay too little',
  testCancel: 'Cancel the payment',
  testExpire: 'Let the time run out',
  testBack: 'Back to the payment page',
  testDone: 'This test payment is over. Go back to see what the shopper sees.',

  // What the shop's own checkout says in our name
  answerNotNow: 'Paying this way is not possible right now. Please choose another way to pay.',
  answerAskShop: 'The shop could not take this step. Please contact the shop.',
  answerNothingToPay: 'This order needs no payment.',
  answerUnavailable: 'This payment method is not available for this order. Please choose another one.',
  answerTooSmall: 'The order is too small for this payment method. Please choose another one.',
  answerTooLarge: 'The order is too large for this payment method. Please choose another one.',
  answerSilent:
    'This payment method does not answer at the moment. Please choose another one, or try again in a minute.',
  answerChoose: 'Please choose how you want to pay.',
  answerPaid: 'This order has already been paid.',
  answerSeen: 'Your payment has been seen and is being confirmed.',
  answerPreparing: 'Your payment is being prepared. Please try again in a moment.',
  answerEnded: 'This order can no longer be paid. Please go back to the shop.',
  answerTooMany: 'Too many requests. Please try again in a moment.',
} as const;
