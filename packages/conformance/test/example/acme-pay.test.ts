import { describeGateway } from '@gatewright/conformance';
import { register } from '@gatewright/payment-core';
import { openAcmeBench, signAcme } from './acme-bench.ts';
import { acmePay } from './acme-pay.ts';

const atOnce = 'a payment is final at once';

describeGateway({
  gateway: register(acmePay),
  happens: {
    'seen-before-final': atOnce,
    'dropped-before-final': atOnce,
    'withdrawn-after-final': atOnce,
    'paid-again': 'a payment is paid once',
    'canceled-by-shopper': 'the shopper cannot cancel',
    failed: 'a payment cannot fail',
    'shortfall-accepted': 'less cannot be paid',
  },
  webhook: {
    signature: { in: 'header', name: 'Acme-Signature' },
    secret: 'webhookSecret',
    sign: ({ webhookSecret }, body) => ({
      headers: [['Acme-Signature', signAcme(String(webhookSecret), body)]],
      body,
    }),
    fields: {
      event: ['event'],
      payment: ['payment', 'id'],
      reference: ['payment', 'reference'],
      status: ['payment', 'status'],
      amount: ['payment', 'amount'],
    },
    words: { expired: 'expired' },
  },
  open: openAcmeBench,
});
