import { createHash, createHmac } from 'node:crypto';
import type { GatewaySubject } from '../../../src/gateway/subject.ts';
import { gatewayNamed } from '../gateway-named.ts';
import { must, simulatorBench } from '../simulator-bench.ts';

/** The "API key hash" as text (gateways.md 4.3). */
const hashOf = (apiKey: unknown): string => createHash('sha256').update(String(apiKey)).digest('hex');

/** The NFT gateway on TON: gateways.md section 4. */
export const tonNft: GatewaySubject = {
  gateway: gatewayNamed('ton-nft'),
  happens: {
    'seen-before-final': true,
    'dropped-before-final': 'a collectible that arrived stays',
    'withdrawn-after-final': 'a forwarded collectible stays',
    'paid-again': 'further collectibles on an address are not reported',
    'canceled-by-shopper': 'the shopper cannot cancel',
    failed: 'a payment cannot fail',
    'shortfall-accepted': 'nobody at the gateway decides about a shortfall',
  },
  webhook: {
    signature: { in: 'header', name: 'X-Signature' },
    secret: 'apiKey',
    sign: ({ apiKey }, body) => {
      const [, payment = ''] = /"paymentId"\s*:\s*"([^"]*)"/.exec(Buffer.from(body).toString('utf8')) ?? [];
      return {
        headers: [
          ['Content-Type', 'application/json'],
          ['X-Signature', createHmac('sha256', hashOf(apiKey)).update(body).digest('hex')],
          ['X-Payment-Id', payment],
        ],
        body,
      };
    },
    fields: { event: ['event'], payment: ['paymentId'], amount: ['amount'] },
    words: {},
  },
  open: () =>
    simulatorBench('ton-nft', ({ shopper }) => {
      const send = must(shopper.pay);
      const arrive = must(shopper.arrive);
      return {
        pay: async (payment, { amount } = {}) => {
          await send(payment, { amount });
          await arrive(payment);
        },
        // At the stage's rate of 2.50 this is what its order of 50.00 costs.
        see: async (payment) => {
          await send(payment, { amount: '20', forwarded: false });
          await arrive(payment);
        },
        finish: (payment) => must(shopper.forward)(payment),
      };
    }),
};
