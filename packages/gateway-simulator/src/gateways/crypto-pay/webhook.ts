import { createHash, createHmac } from 'node:crypto';
import type { SealedWebhook, Tampering } from '../../kernel/courier.ts';
import type { GatewayContext } from '../../kernel/gateway.ts';
import { isoMillis } from '../../kernel/instant.ts';
import { JAVASCRIPT, type NativeObject, UNUSUAL, writeNativeJson } from '../../kernel/native-json.ts';
import { invoiceWire } from './invoice-wire.ts';
import { type App, type Invoice, type Network, takeUpdateId } from './state.ts';

const MINUTE_MS = 60_000;

/** 17 attempts in 3 days: the number and the span are documented, the growing steps between are ours. */
const RETRY_DELAYS_MS: readonly number[] = [
  3, 5, 7, 11, 17, 25, 38, 56, 84, 127, 190, 285, 428, 642, 963, 1439,
].map((minutes) => minutes * MINUTE_MS);

/** Hex HMAC-SHA256 over the body; the key is the raw SHA-256 digest of the token, not its hex (CP-5). */
const sign = (body: string, token: string): string =>
  createHmac('sha256', createHash('sha256').update(token).digest()).update(body).digest('hex');

const seal = (
  update: NativeObject,
  invoice: NativeObject,
  token: string,
  tampering?: Tampering,
): SealedWebhook => {
  const write = (payload: NativeObject): string =>
    writeNativeJson({ ...update, payload }, tampering?.kind === 'serialisation' ? UNUSUAL : JAVASCRIPT);
  const body = write(invoice);
  const signature = sign(body, tampering?.kind === 'wrong-signature' ? `${token}0` : token);
  const forged = tampering?.kind === 'forged-body' ? (tampering.fields ?? { amount: '1000000' }) : undefined;
  return {
    headers: { 'content-type': 'application/json', 'crypto-pay-api-signature': signature },
    body: forged === undefined ? body : write({ ...invoice, ...forged }),
  };
};

/** Tells the app that its invoice was paid, if its webhooks are on; 17 failures switch them off (API 1.5.2). */
export const sendInvoicePaid = async (
  { clock, courier }: GatewayContext,
  network: Network,
  app: App,
  invoice: Invoice,
): Promise<void> => {
  if (app.webhookUrl === null) return;
  const updateId = takeUpdateId(network);
  await courier.send({
    accountId: app.accountId,
    paymentId: invoice.id,
    event: 'invoice_paid',
    expiresAt: invoice.expiresAt,
    target: () => app.webhookUrl,
    retryDelaysMs: RETRY_DELAYS_MS,
    acknowledges: (status) => status >= 200 && status < 300,
    ended: (outcome) => {
      if (outcome === 'exhausted') app.webhookUrl = null;
    },
    seal: (tampering) =>
      seal(
        { update_id: updateId, update_type: 'invoice_paid', request_date: isoMillis(clock.now()) },
        invoiceWire(network, invoice, clock.now()),
        app.token,
        tampering,
      ),
  });
};
