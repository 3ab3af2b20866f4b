import { createHmac } from 'node:crypto';
import type { SealedWebhook, Tampering } from '../../kernel/courier.ts';
import type { GatewayContext } from '../../kernel/gateway.ts';
import { isoOffset } from '../../kernel/instant.ts';
import { type NativeObject, PHP, UNUSUAL, writeNativeJson } from '../../kernel/native-json.ts';
import { paymentFacts } from './payment-wire.ts';
import type { Merchant, Payment } from './state.ts';

const MINUTE_MS = 60_000;

/** An assumption: no retry policy is documented (GN-4). */
const RETRY_DELAYS_MS: readonly number[] = [1, 5, 30, 120, 720].map((minutes) => minutes * MINUTE_MS);

/** `t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`: Stripe's construction. */
export const signatureHeader = (body: string, seconds: number, secret: string): string =>
  `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;

const seal = (
  event: NativeObject,
  merchant: Merchant,
  seconds: number,
  tampering: Tampering | undefined,
): SealedWebhook => {
  const write = (fields: NativeObject): string =>
    writeNativeJson(fields, tampering?.kind === 'serialisation' ? UNUSUAL : PHP);
  const secret =
    tampering?.kind === 'wrong-signature' ? `${merchant.webhookSecret}0` : merchant.webhookSecret;
  const body = write(event);
  const forged =
    tampering?.kind === 'forged-body' ? (tampering.fields ?? { total_amount: '1000000.00' }) : {};
  return {
    headers: {
      'content-type': 'application/json',
      'x-gateway-timestamp': String(seconds),
      'x-gateway-signature': signatureHeader(body, seconds, secret),
      // GN-1: the real one sends the payment API key along with every webhook.
      'x-gateway-merchant-key': merchant.apiKey,
    },
    body: write({ ...event, ...forged }),
  };
};

/** Told to the session's own `notify_url`, if it has one. Every attempt carries its own time (assumption). */
export const sendCompleted = async ({ clock, courier }: GatewayContext, payment: Payment): Promise<void> => {
  const { session } = payment;
  const { merchant, notifyUrl } = session;
  if (notifyUrl === undefined) return;
  const event: NativeObject = {
    event: 'payment.completed',
    status: 'completed',
    ...paymentFacts(payment),
    payment_record_id: payment.recordId,
    paid_at: isoOffset(payment.paidAt),
  };
  await courier.send({
    accountId: merchant.accountId,
    paymentId: session.token,
    event: 'payment.completed',
    expiresAt: session.expiresAt,
    target: () => notifyUrl,
    retryDelaysMs: RETRY_DELAYS_MS,
    acknowledges: (status) => status >= 200 && status < 300,
    seal: (tampering) => seal(event, merchant, Math.floor(clock.now() / 1000), tampering),
  });
};
