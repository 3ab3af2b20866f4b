import { createHmac } from 'node:crypto';
import type { GatewaySubject } from '../../../src/gateway/subject.ts';
import { gatewayNamed } from '../gateway-named.ts';
import { must, simulatorBench } from '../simulator-bench.ts';

const keyOf = (appKey: unknown): Buffer => Buffer.from(String(appKey).replace(/^base64:/, ''), 'base64');

/** Byte for byte, whatever they spell. */
const textOf = (body: Uint8Array): string => Buffer.from(body).toString('latin1');

/** The signature stands in the body, so only an object can carry one; everything else in it is unsigned (CPC-1). */
const signBody = (appKey: unknown, body: Uint8Array): Uint8Array => {
  const text = textOf(body);
  // Of a key that stands there twice the last one counts, as for PHP and JSON.parse.
  const field = (key: string) =>
    [...text.matchAll(new RegExp(`"${key}"\\s*:\\s*"([^"]*)"`, 'g'))].at(-1)?.[1] ?? '';
  const [id, event] = [field('invoice_id'), field('event')];
  const signature = createHmac('sha256', keyOf(appKey)).update(`${id}.${event}`).digest('hex');
  return Buffer.from(text.replace(/"signature"\s*:\s*"[^"]*"/, `"signature":"${signature}"`), 'latin1');
};

/** CryptoPayment.center: gateways.md section 6. */
export const cryptoPaymentCenter: GatewaySubject = {
  gateway: gatewayNamed('cryptopayment-center'),
  happens: {
    'seen-before-final': true,
    'dropped-before-final': true,
    'withdrawn-after-final': true,
    'paid-again': true,
    'canceled-by-shopper': 'the shopper cannot cancel',
    failed: 'a payment cannot fail',
    'shortfall-accepted': 'nobody at the gateway decides about a shortfall',
  },
  webhook: {
    signature: { in: 'body', name: 'signature' },
    secret: 'appKey',
    sign: ({ appKey }, body) => ({
      headers: [['Content-Type', 'application/json']],
      body: signBody(appKey, body),
    }),
    fields: {
      event: ['event'],
      payment: ['invoice_id'],
      reference: ['order_id'],
      status: ['status'],
      amount: ['amount_usd'],
    },
    words: {},
  },
  open: () =>
    simulatorBench('cryptopayment-center', (gateway, clock) => {
      const { shopper } = gateway;
      const finish = async (payment: string): Promise<void> => {
        const status = () => gateway.payments().find(({ id }) => id === payment)?.status;
        while (status() === 'confirming') await clock.advance(1_000);
      };
      const see = must(shopper.pay);
      return {
        pay: async (payment, { amount, late } = {}) => {
          await see(payment, { amount, late });
          await finish(payment);
        },
        see: (payment) => see(payment),
        finish,
        drop: (payment) => must(shopper.reorg)(payment),
        withdraw: (payment) => must(shopper.reorg)(payment, { deep: true }),
        payAgain: async (payment, { amount } = {}) => {
          const inFull = gateway.payments().find(({ id }) => id === payment)?.amount;
          await must(shopper.topUp)(payment, { amount: amount ?? inFull ?? undefined });
          await finish(payment);
        },
        topUp: async (payment) => {
          await must(shopper.topUp)(payment);
          await finish(payment);
        },
      };
    }),
};
