import { createHash, createHmac } from 'node:crypto';
import type { GatewaySubject } from '../../../src/gateway/subject.ts';
import { gatewayNamed } from '../gateway-named.ts';
import { must, simulatorBench } from '../simulator-bench.ts';

const digestOf = (apiKey: unknown): Buffer => createHash('sha256').update(String(apiKey)).digest();

/** xRocket Pay: gateways.md section 8.1. */
export const xRocketPay: GatewaySubject = {
  gateway: gatewayNamed('xrocket-pay'),
  happens: {
    'seen-before-final': 'a payment in the wallet is final at once',
    'dropped-before-final': 'a payment in the wallet is final at once',
    'withdrawn-after-final': 'a payment in the wallet is never taken back',
    'paid-again': 'an invoice for one payment is paid once',
    'canceled-by-shopper': 'the shopper cannot cancel',
    failed: 'a payment cannot fail',
    'shortfall-accepted': 'less cannot be paid',
  },
  webhook: {
    signature: { in: 'header', name: 'rocket-pay-signature' },
    secret: 'apiKey',
    sign: ({ apiKey }, body) => ({
      headers: [
        ['Content-Type', 'application/json'],
        ['rocket-pay-signature', createHmac('sha256', digestOf(apiKey)).update(body).digest('hex')],
      ],
      body,
    }),
    fields: {
      event: ['type'],
      payment: ['data', 'id'],
      reference: ['data', 'payload'],
      status: ['data', 'status'],
      amount: ['data', 'payment', 'paymentAmount'],
    },
    words: { expired: 'expired' },
  },
  open: () =>
    simulatorBench('xrocket-pay', ({ shopper }) => ({
      pay: (payment) => must(shopper.pay)(payment),
    })),
};
