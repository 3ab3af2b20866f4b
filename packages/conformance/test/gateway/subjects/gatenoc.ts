import { createHmac } from 'node:crypto';
import type { GatewaySubject } from '../../../src/gateway/subject.ts';
import { gatewayNamed } from '../gateway-named.ts';
import { must, simulatorBench } from '../simulator-bench.ts';

/** Gatenoc: gateways.md section 7. */
export const gatenoc: GatewaySubject = {
  gateway: gatewayNamed('gatenoc'),
  happens: {
    'seen-before-final': 'only complete payments are reported',
    'dropped-before-final': 'only complete payments are reported',
    'withdrawn-after-final': 'a payment over Bybit Pay is never taken back',
    'paid-again': true,
    'canceled-by-shopper': 'the shopper cannot cancel',
    failed: 'a payment cannot fail',
    'shortfall-accepted': 'nobody at the gateway decides about a shortfall',
  },
  webhook: {
    signature: { in: 'header', name: 'X-Gateway-Signature' },
    secret: 'webhookSecret',
    sign: ({ webhookSecret, apiKey }, body, at) => {
      const seconds = Math.floor(at / 1_000);
      const mac = createHmac('sha256', String(webhookSecret))
        .update(`${seconds}.`)
        .update(body)
        .digest('hex');
      return {
        headers: [
          ['Content-Type', 'application/json'],
          ['X-Gateway-Timestamp', String(seconds)],
          ['X-Gateway-Signature', `t=${seconds},v1=${mac}`],
          ['X-Gateway-Merchant-Key', String(apiKey)],
        ],
        body,
      };
    },
    fields: { event: ['event'], reference: ['note'], status: ['status'], amount: ['amount'] },
    words: {},
  },
  open: () =>
    simulatorBench('gatenoc', ({ shopper }) => ({
      pay: (payment, { amount, late } = {}) => must(shopper.pay)(payment, { amount, late }),
      payAgain: (payment, { amount } = {}) => must(shopper.pay)(payment, { amount, again: true }),
    })),
};
