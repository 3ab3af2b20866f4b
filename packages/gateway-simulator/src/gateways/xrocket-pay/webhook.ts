import { createHash, createHmac } from 'node:crypto';
import type { SealedWebhook, Tampering } from '../../kernel/courier.ts';
import type { GatewayContext } from '../../kernel/gateway.ts';
import { isoMillis } from '../../kernel/instant.ts';
import { JAVASCRIPT, type NativeObject, UNUSUAL, writeNativeJson } from '../../kernel/native-json.ts';
import { invoiceWire, paymentWire } from './invoice-wire.ts';
import { type App, expiresAt, type Invoice, type Payment } from './state.ts';

const MINUTE_MS = 60_000;

/** No document says whether or when it tries again. An assumption: as its neighbour Crypto Pay, for three days. */
const RETRY_DELAYS_MS: readonly number[] = [
  3, 5, 7, 11, 17, 25, 38, 56, 84, 127, 190, 285, 428, 642, 963, 1439,
].map((minutes) => minutes * MINUTE_MS);

/** Hex HMAC-SHA256 over the body; the key is the raw SHA-256 digest of the app's key, not its hex. */
const sign = (body: string, apiKey: string): string =>
  createHmac('sha256', createHash('sha256').update(apiKey).digest()).update(body).digest('hex');

const seal = (
  event: NativeObject,
  data: NativeObject,
  apiKey: string,
  tampering?: Tampering,
): SealedWebhook => {
  const write = (written: NativeObject): string =>
    writeNativeJson({ ...event, data: written }, tampering?.kind === 'serialisation' ? UNUSUAL : JAVASCRIPT);
  const body = write(data);
  const forged = tampering?.kind === 'forged-body' ? (tampering.fields ?? { amount: '1000000' }) : undefined;
  return {
    headers: {
      'content-type': 'application/json',
      'rocket-pay-signature': sign(body, tampering?.kind === 'wrong-signature' ? `${apiKey}0` : apiKey),
    },
    body: forged === undefined ? body : write({ ...data, ...forged }),
  };
};

export interface PaidInvoice {
  readonly origin: string;
  readonly app: App;
  readonly invoice: Invoice;
  readonly payment: Payment;
}

/** Tells the app that an invoice was paid, with that one payment (XR-4), if its webhooks are on. */
export const sendInvoicePay = async (
  { clock, courier }: GatewayContext,
  { origin, app, invoice, payment }: PaidInvoice,
): Promise<void> => {
  if (app.webhookUrl === null) return;
  const data = { ...invoiceWire(origin, invoice, clock.now()), payment: paymentWire(payment) };
  await courier.send({
    accountId: app.accountId,
    paymentId: invoice.id,
    event: 'invoicePay',
    expiresAt: expiresAt(invoice),
    target: () => app.webhookUrl,
    retryDelaysMs: RETRY_DELAYS_MS,
    acknowledges: (status) => status >= 200 && status < 300,
    seal: (tampering) =>
      seal({ type: 'invoicePay', timestamp: isoMillis(clock.now()) }, data, app.apiKey, tampering),
  });
};
