import { createHmac } from 'node:crypto';
import type { GatewaySubject } from '../../../src/gateway/subject.ts';
import { gatewayNamed } from '../gateway-named.ts';
import { must, simulatorBench } from '../simulator-bench.ts';

/** Teleport Pay: gateways.md section 3. */
export const teleportPay: GatewaySubject = {
  gateway: gatewayNamed('teleport-pay'),
  happens: {
    'seen-before-final': 'only final payments and shortfalls are reported',
    'dropped-before-final': 'only final payments and shortfalls are reported',
    'withdrawn-after-final': 'no event says so',
    'paid-again': 'no event says so',
    'canceled-by-shopper': true,
    failed: true,
    'shortfall-accepted': true,
  },
  webhook: {
    signature: { in: 'header', name: 'X-Webhook-Signature' },
    secret: 'webhookSecret',
    sign: ({ webhookSecret }, body) => {
      const mac = createHmac('sha256', String(webhookSecret)).update(body).digest('hex');
      return {
        headers: [
          ['Content-Type', 'application/json'],
          ['X-Webhook-Signature', `sha256=${mac}`],
        ],
        body,
      };
    },
    fields: {
      event: ['event'],
      payment: ['payment_id'],
      reference: ['order_id'],
      status: ['status'],
      amount: ['amount'],
    },
    words: { expired: 'expired', failed: 'failed' },
  },
  open: () =>
    simulatorBench('teleport-pay', ({ shopper }) => ({
      pay: (payment, { amount, late } = {}) => must(shopper.pay)(payment, { amount, late }),
      cancel: (payment) => must(shopper.cancel)(payment),
      fail: (payment) => must(shopper.fail)(payment),
      acceptShortfall: (payment) => must(shopper.confirm)(payment),
    })),
};
