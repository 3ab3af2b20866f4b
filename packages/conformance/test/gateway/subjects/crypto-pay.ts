import { createHash, createHmac } from 'node:crypto';
import type { GatewaySubject } from '../../../src/gateway/subject.ts';
import { gatewayNamed } from '../gateway-named.ts';
import { must, simulatorBench } from '../simulator-bench.ts';

const digestOf = (token: unknown): Buffer => createHash('sha256').update(String(token)).digest();

/** Crypto Pay: gateways.md section 5. */
export const cryptoPay: GatewaySubject = {
  gateway: gatewayNamed('crypto-pay'),
  happens: {
    'seen-before-final': 'a payment in the wallet is final at once',
    'dropped-before-final': 'a payment in the wallet is final at once',
    'withdrawn-after-final': 'a payment in the wallet is never taken back',
    'paid-again': 'an invoice is paid once',
    'canceled-by-shopper': 'the shopper cannot cancel',
    failed: 'a payment cannot fail',
    'shortfall-accepted': 'less cannot be paid',
  },
  webhook: {
    signature: { in: 'header', name: 'crypto-pay-api-signature' },
    secret: 'token',
    sign: ({ token }, body) => ({
      headers: [
        ['Content-Type', 'application/json'],
        ['crypto-pay-api-signature', createHmac('sha256', digestOf(token)).update(body).digest('hex')],
      ],
      body,
    }),
    fields: {
      event: ['update_type'],
      payment: ['payload', 'invoice_id'],
      reference: ['payload', 'payload'],
      status: ['payload', 'status'],
      amount: ['payload', 'amount'],
    },
    words: { expired: 'expired' },
  },
  open: () =>
    simulatorBench('crypto-pay', ({ shopper }) => ({
      pay: (payment) => must(shopper.pay)(payment),
    })),
};
