import { describeStorefront } from '@gatewright/conformance';
import { openShopifyBench } from './support/storefront-bench.ts';

describeStorefront({
  name: 'the Shopify payments app',
  readsOrders: 'Shopify cannot be asked how a payment session stands',
  lacks: {
    cancel: 'an unpaid session goes back to the checkout: a reject would keep the buyer from trying again',
    note: 'a payment session has no notes: they stand with the payment on the pages of the app',
    'pay-after-fail': 'the first final state of a payment session stands',
    'edit-total': 'the amount of a payment session never changes',
    'edit-currency': 'the currency of a payment session never changes',
    'cancel-unpaid': 'an order is cancelled at Shopify, and its payment session hears nothing of it',
    'cancel-paid': 'an order is cancelled at Shopify, and its payment session hears nothing of it',
    reopen: 'nobody can lift a pending payment session',
    'pay-otherwise': 'no payment session hears that its checkout was paid in another way',
    'tell-repeats': 'Shopify answers a repeated mutation like the first',
  },
  open: openShopifyBench,
});
