import { createHmac } from 'node:crypto';
import { jsonNumber } from '@gatewright/payment-core';
import type { SealedWebhook, Tampering } from '../../kernel/courier.ts';
import type { GatewayContext } from '../../kernel/gateway.ts';
import { isoOffset } from '../../kernel/instant.ts';
import { type NativeObject, PHP, phpNumber, UNUSUAL, writeNativeJson } from '../../kernel/native-json.ts';
import { type Invoice, viewOf } from './state.ts';

const MINUTE_MS = 60_000;

/** Documented: 1 min, 5 min, 15 min, 1 h, 6 h. */
const RETRY_DELAYS_MS: readonly number[] = [1, 5, 15, 60, 360].map((minutes) => minutes * MINUTE_MS);

export type Event = 'payment.detected' | 'payment.confirmed';

/** Hex HMAC-SHA256; the message is only `invoice_id.event`, everything else in the body is unsigned (CPC-1). */
const sign = (invoiceId: string, event: string, appKey: string): string =>
  createHmac('sha256', Buffer.from(appKey.replace(/^base64:/, ''), 'base64'))
    .update(`${invoiceId}.${event}`)
    .digest('hex');

const eventBody = (invoice: Invoice, event: Event, now: number, confirmationMs: number): NativeObject => {
  const view = viewOf(invoice, now, confirmationMs);
  return {
    event,
    invoice_id: invoice.id,
    order_id: invoice.orderId ?? null,
    status: view.status,
    network: invoice.network.id,
    coin: invoice.network.coin,
    amount_usd: jsonNumber(invoice.amountUsd),
    amount_crypto: phpNumber(invoice.amountCrypto),
    paid_amount: phpNumber(view.paid),
    txid: view.txid,
    // A number here, an object in the API.
    confirmations: view.confirmations,
    address: invoice.address,
    timestamp: isoOffset(now),
  };
};

/** A forger who holds one genuine webhook can write everything else as wanted. */
const FORGED_UNSIGNED = {
  status: 'confirmed',
  paid_amount: jsonNumber('1000000.00'),
  amount_usd: jsonNumber('1000000.00'),
};
/** CPC-4: turning a detected payment into a confirmed one needs another signature. */
const FORGED_SIGNED = { event: 'payment.confirmed', invoice_id: '00000000-0000-4000-8000-000000000000' };

const seal = (
  body: NativeObject,
  invoice: Invoice,
  event: Event,
  tampering: Tampering | undefined,
): SealedWebhook => {
  const { appKey } = invoice.merchant;
  const key =
    tampering?.kind === 'wrong-signature' ? Buffer.from(`not ${appKey}`).toString('base64') : appKey;
  const spoiled = ((): NativeObject => {
    switch (tampering?.kind) {
      case 'forged-body':
        return { ...body, ...(tampering.fields ?? FORGED_SIGNED) };
      case 'forged-unsigned':
        return { ...body, ...(tampering.fields ?? FORGED_UNSIGNED) };
      case 'wrong-signature':
      case 'serialisation':
      case undefined:
        return body;
    }
  })();
  const signature = sign(invoice.id, event, key);
  return {
    headers: { 'content-type': 'application/json' },
    body: writeNativeJson({ ...spoiled, signature }, tampering?.kind === 'serialisation' ? UNUSUAL : PHP),
  };
};

/** The body is written once, when the event happens, and repeated as it is: a late retry tells old news. */
export const sendEvent = async (
  { clock, courier, knobs }: GatewayContext,
  invoice: Invoice,
  event: Event,
): Promise<void> => {
  const { merchant } = invoice;
  if (merchant.webhookUrl === null) return;
  const body = eventBody(invoice, event, clock.now(), knobs.confirmationMs);
  await courier.send({
    accountId: merchant.accountId,
    paymentId: invoice.id,
    event,
    expiresAt: invoice.expiresAt,
    target: () => merchant.webhookUrl,
    retryDelaysMs: RETRY_DELAYS_MS,
    acknowledges: (status) => status === 200,
    seal: (tampering) => seal(body, invoice, event, tampering),
  });
};
