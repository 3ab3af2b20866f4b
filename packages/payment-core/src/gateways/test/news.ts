import type { RandomBytes } from '../../identity/identity.ts';
import { newRowId } from '../../identity/identity.ts';
import type { Invoice } from '../../invoice/invoice.ts';
import { decimalsOf } from '../../money/currency.ts';
import { type Decimal, multiplyDecimal, parseDecimal, roundDecimal } from '../../money/decimal.ts';
import type { ExactJson } from '../../money/exact-json.ts';
import { stringifyExactJson } from '../../money/exact-json.ts';
import type { Money } from '../../money/money.ts';
import { hmacSha256Hex } from '../../signature/hmac.ts';
import type { WebhookRequest } from '../webhook.ts';
import { signatureHeader, statusChanged, testGatewayConfigSchema } from './contract.ts';
import { signingKey } from './webhook.ts';

/** What a tester can do on the built-in page. */
export type TestGatewayAction = 'pay' | 'pay-less' | 'cancel' | 'expire';

const half = parseDecimal('0.5');

const halfOf = ({ amount, currency }: Money): Decimal =>
  half === undefined
    ? amount
    : roundDecimal(multiplyDecimal(amount, half), decimalsOf(currency) ?? 18, 'down');

type Said = { readonly status: string; readonly received: Decimal | null };

const saidBy = (action: TestGatewayAction, quoted: Money): Said => {
  switch (action) {
    case 'pay':
      return { status: 'paid', received: quoted.amount };
    case 'pay-less':
      return { status: 'paid', received: halfOf(quoted) };
    case 'cancel':
      return { status: 'canceled', received: null };
    case 'expire':
      return { status: 'expired', received: null };
    default: {
      const never: never = action;
      return never;
    }
  }
};

/**
 * The webhook by which the built-in page tells what a tester did, signed with the account's key, for `receiveWebhook`
 * like any other gateway's. `pay-less` pays half.
 * @param config the account's stored configuration
 * @param now ms
 * @returns undefined for an unusable configuration, an invoice of another gateway, or one that is not a test
 */
export const testGatewayNews = (
  config: unknown,
  invoice: Invoice,
  action: TestGatewayAction,
  now: number,
  random: RandomBytes,
): WebhookRequest | undefined => {
  const parsed = testGatewayConfigSchema.safeParse(config);
  const { quoted, reference } = invoice;
  if (!parsed.success || invoice.gateway !== 'test' || invoice.mode !== 'test' || quoted === null)
    return undefined;
  const { status, received } = saidBy(action, quoted);
  const event: ExactJson = {
    event: statusChanged,
    id: reference,
    status,
    amount: quoted.amount,
    currency: quoted.currency,
    ...(received === null ? {} : { received, payment: newRowId(random) }),
    at: new Date(now).toISOString(),
  };
  const body = Buffer.from(stringifyExactJson(event), 'utf8');
  const signature = hmacSha256Hex(signingKey(parsed.data), body);
  const headers = [
    ['content-type', 'application/json'],
    [signatureHeader, signature],
  ] as const;
  return { headers, body, receivedAt: now };
};
