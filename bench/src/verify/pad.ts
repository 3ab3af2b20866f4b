import { createHash, createHmac } from 'node:crypto';
import type { GatewayId } from '@gatewright/gateway-simulator';
import * as z from 'zod';
import type { GenuineWebhook } from './genuine.ts';

const bytes = 1_024;

const item = (n: number) => ({ sku: `A-${n}`, name: 'Mug', quantity: n, price: 4.95, taxable: n % 2 === 0 });

/** Fields that nobody reads, of the kinds that a parser meets: texts, numbers, lists of records. */
const filled = (body: string): string => {
  const start = body.slice(0, body.lastIndexOf('}'));
  const filling = (items: number, text: string): string => {
    const list = Array.from({ length: items }, (_, at) => item(at + 1));
    return `${start},"order_items":${JSON.stringify(list)},"order_note":"${text}"}`;
  };
  let items = 0;
  while (filling(items + 1, '').length <= bytes) items += 1;
  return filling(items, 'x'.repeat(Math.max(0, bytes - filling(items, '').length)));
};

const secrets = z.object({
  apiKey: z.string().default(''),
  webhookSecret: z.string().default(''),
});

const sha256 = (text: string) => createHash('sha256').update(text);

/** What each gateway's HMAC is keyed with (gateways.md 3 to 8). */
const keyOf = (gateway: GatewayId, config: unknown): string | Uint8Array => {
  const { apiKey, webhookSecret } = secrets.parse(config);
  switch (gateway) {
    case 'teleport-pay':
    case 'gatenoc':
      return webhookSecret;
    case 'ton-nft':
      return sha256(apiKey).digest('hex');
    case 'xrocket-pay':
      return sha256(apiKey).digest();
    case 'crypto-pay':
    case 'cryptopayment-center':
      throw new Error(`${gateway} is not signed again here`);
    default: {
      const never: never = gateway;
      return never;
    }
  }
};

const signedTime = /^t=(\d+),v1=/;

/**
 * The same event with a body of 1 KB, signed as its gateway signs. Crypto Pay's is that long by itself;
 * CryptoPayment.center signs two fields and not the rest.
 */
export const paddedTo1Kb = (id: GatewayId, genuine: GenuineWebhook): GenuineWebhook => {
  if (id === 'crypto-pay') return genuine;
  const body = filled(Buffer.from(genuine.body).toString('utf8'));
  if (id === 'cryptopayment-center') return { ...genuine, body: Buffer.from(body) };
  const key = keyOf(id, genuine.config);
  const headers = genuine.headers.map(([name, value]): [string, string] => {
    const [, time] = signedTime.exec(value) ?? [];
    const message = time === undefined ? body : `${time}.${body}`;
    return [name, value.replace(/[0-9a-f]{64}$/, createHmac('sha256', key).update(message).digest('hex'))];
  });
  return { ...genuine, headers, body: Buffer.from(body) };
};
