import { createHmac } from 'node:crypto';
import { jsonNumber } from '@gatewright/payment-core';
import type { SealedWebhook, Tampering } from '../../kernel/courier.ts';
import type { GatewayContext } from '../../kernel/gateway.ts';
import { JAVASCRIPT, type NativeObject, PYTHON, writeNativeJson } from '../../kernel/native-json.ts';
import { pythonFloat } from './python-float.ts';
import type { Bill, BillStatus, Key } from './state.ts';

/** Then the event is lost: nothing sends it again, and nothing can be asked (TP-1). */
const RETRY_DELAYS_MS: readonly number[] = [30_000, 300_000, 1_800_000];

/** Hex HMAC-SHA256 over the body, keyed with the webhook secret as text. */
const sign = (body: string, secret: string): string =>
  createHmac('sha256', secret).update(body).digest('hex');

const seal = (key: Key, event: NativeObject, tampering: Tampering | undefined): SealedWebhook => {
  const style = tampering?.kind === 'serialisation' ? JAVASCRIPT : PYTHON;
  const body = writeNativeJson(event, style);
  const secret = tampering?.kind === 'wrong-signature' ? `${key.webhookSecret}0` : key.webhookSecret;
  const signature = `${key.signaturePrefix ? 'sha256=' : ''}${sign(body, secret)}`;
  const forged = tampering?.kind === 'forged-body' ? (tampering.fields ?? { status: 'paid' }) : undefined;
  return {
    headers: { 'content-type': 'application/json', 'x-webhook-signature': signature },
    body: forged === undefined ? body : writeNativeJson({ ...event, ...forged }, style),
  };
};

const unixSeconds = (ms: number): number => Math.floor(ms / 1000);

/** One `invoice.status_changed`. Exactly 200 acknowledges. */
export const sendStatusChanged = async (
  { clock, courier }: GatewayContext,
  key: Key,
  bill: Bill,
  status: BillStatus,
): Promise<void> => {
  const target = (): string | null => bill.webhookUrl ?? key.webhookUrl;
  if (target() === null) return;
  const changedAt = clock.now();
  await courier.send({
    accountId: key.accountId,
    paymentId: bill.id,
    event: status,
    expiresAt: bill.expiresAt,
    target,
    retryDelaysMs: RETRY_DELAYS_MS,
    acknowledges: (answer) => answer === 200,
    seal: (tampering) =>
      seal(
        key,
        {
          event: 'invoice.status_changed',
          payment_id: bill.id,
          bill_uid: bill.uid,
          order_id: bill.orderId ?? null,
          status,
          amount: jsonNumber(pythonFloat(bill.amount)),
          currency: bill.currency,
          timestamp: unixSeconds(key.timestampPer === 'event' ? changedAt : clock.now()),
        },
        tampering,
      ),
  });
};
