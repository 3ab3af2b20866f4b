import { createHash, createHmac } from 'node:crypto';
import type { GatewayId } from '@gatewright/gateway-simulator';
import type { Account } from '@gatewright/payment-core';
import * as z from 'zod';
import type { HeaderLine } from './raw-http.ts';

export interface SignedWebhook {
  readonly headers: readonly HeaderLine[];
  readonly body: string;
}

const config = z.object({
  token: z.string().default(''),
  apiKey: z.string().default(''),
  webhookSecret: z.string().default(''),
  appKey: z.string().default(''),
});

const hmac = (key: string | Uint8Array, message: string): string =>
  createHmac('sha256', key).update(message).digest('hex');

const sha256 = (text: string) => createHash('sha256').update(text);

/**
 * A body signed with an account's own secrets as its gateway does it (gateways.md 3 to 8), written apart from the code
 * under test.
 * @param at ms since the epoch, for the gateway that signs its time
 */
export const signAs = (gateway: GatewayId, account: Account, body: string, at: number): SignedWebhook => {
  const secrets = config.parse(account.config);
  const seconds = Math.floor(at / 1_000);
  switch (gateway) {
    case 'crypto-pay':
      return { headers: [['crypto-pay-api-signature', hmac(sha256(secrets.token).digest(), body)]], body };
    case 'xrocket-pay':
      return { headers: [['rocket-pay-signature', hmac(sha256(secrets.apiKey).digest(), body)]], body };
    case 'teleport-pay':
      return { headers: [['x-webhook-signature', hmac(secrets.webhookSecret, body)]], body };
    case 'gatenoc': {
      const signature = `t=${seconds},v1=${hmac(secrets.webhookSecret, `${seconds}.${body}`)}`;
      const headers = [
        ['x-gateway-timestamp', String(seconds)],
        ['x-gateway-signature', signature],
      ] as const;
      return { headers, body };
    }
    case 'ton-nft':
      return { headers: [['x-signature', hmac(sha256(secrets.apiKey).digest('hex'), body)]], body };
    case 'cryptopayment-center': {
      const event = z.looseObject({ invoice_id: z.string(), event: z.string() }).parse(JSON.parse(body));
      const key = Buffer.from(secrets.appKey.replace(/^base64:/, ''), 'base64');
      const signature = hmac(key, `${event.invoice_id}.${event.event}`);
      return { headers: [], body: JSON.stringify({ ...event, signature }) };
    }
    default: {
      const never: never = gateway;
      return never;
    }
  }
};
