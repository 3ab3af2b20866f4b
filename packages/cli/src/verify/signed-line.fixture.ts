import { createHash, createHmac } from 'node:crypto';
import { verifyLine } from './verify-line.ts';

/** Signs as the gateways document it, with node:crypto alone: nothing of payment-core is used here. */
const hmac = (key: string | Uint8Array, ...parts: readonly (string | Uint8Array)[]): string => {
  const mac = createHmac('sha256', key);
  for (const part of parts) mac.update(part);
  return mac.digest('hex');
};

type Bytes = string | Uint8Array;
export type HeaderRecord = Readonly<Record<string, unknown>>;

/** One gateway as a sender: its genuine body, and how it signs any bytes. */
export interface Sender {
  readonly gateway: string;
  readonly config: Readonly<Record<string, unknown>>;
  /** The header with the signature; undefined where it is a field of the body. */
  readonly header: string | undefined;
  readonly body: string;
  readonly sign: (body: Bytes) => HeaderRecord;
}

export const receivedAt = Date.UTC(2026, 5, 1, 12) / 1000;

const teleportPay: Sender = {
  gateway: 'teleport-pay',
  config: { apiKey: 'tk_live_0123456789abcdef', webhookSecret: 'tp-webhook-secret-1234' },
  header: 'X-Webhook-Signature',
  // Python's json.dumps: a space after every separator.
  body: '{"event": "invoice.status_changed", "payment_id": "pay_8c8e62e273b54997", "bill_uid": "8c8e62e2-73b5-4997-a1f0-5d7c2b9e4410", "order_id": "1234-1", "status": "paid", "amount": 49.90, "currency": "USD", "timestamp": 1780315100}',
  sign: (body) => ({ 'X-Webhook-Signature': `sha256=${hmac('tp-webhook-secret-1234', body)}` }),
};

const nftKey = 'sk_live_nft_0123456789abcdef';
const tonNft: Sender = {
  gateway: 'ton-nft',
  config: { baseUrl: 'https://nft.shop.example', apiKey: nftKey },
  header: 'X-Signature',
  body: JSON.stringify({
    event: 'payment.completed',
    paymentId: '8f3c5a02-11d4-4c0e-9e21',
    nftAddress: 'EQCxE6mUtQJKFnGfaROTKOt1lZbDiiX1kCixRv7Nw2Id_sDs',
    collectionName: 'Easter Eggs',
    amount: '1.7965',
    currency: 'TON',
    forwardedToMainWallet: true,
    timestamp: '2026-06-01T11:59:00.000Z',
  }),
  sign: (body) => ({
    'X-Signature': hmac(createHash('sha256').update(nftKey).digest('hex'), body),
    'X-Payment-Id': '8f3c5a02-11d4-4c0e-9e21',
  }),
};

const token = '12345:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr';
const cryptoPay: Sender = {
  gateway: 'crypto-pay',
  config: { token, testnet: true },
  header: 'crypto-pay-api-signature',
  body: '{"update_id":7723,"update_type":"invoice_paid","request_date":"2026-06-01T11:59:11Z","payload":{"invoice_id":528347,"status":"paid","hash":"IVtN5sR1xVfH","currency_type":"crypto","asset":"USDT","amount":"9.99","payload":"1234-1","paid_at":"2026-06-01T11:59:05Z"}}',
  sign: (body) => ({
    'crypto-pay-api-signature': hmac(createHash('sha256').update(token).digest(), body),
  }),
};

export const appKey = Buffer.from('a very secret application key 32').toString('base64');
export const cpcInvoice = '550e8400-e29b-41d4-a716-446655440000';
/** The hexadecimal signature over `id.event`, whatever both are. */
export const cpcSignature = (id: string, event: string): string =>
  hmac(Buffer.from(appKey, 'base64'), `${id}.${event}`);
export const cpcBody = (change: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({
    event: 'payment.confirmed',
    invoice_id: cpcInvoice,
    order_id: '1234-1',
    status: 'confirmed',
    network: 'trc20',
    coin: 'USDT',
    amount_usd: 50,
    amount_crypto: 50,
    paid_amount: 50,
    txid: 'a1b2c3',
    confirmations: 19,
    timestamp: '2026-06-01T11:59:00+00:00',
    signature: cpcSignature(cpcInvoice, 'payment.confirmed'),
    ...change,
  });

const cryptoPaymentCenter: Sender = {
  gateway: 'cryptopayment-center',
  config: { apiKey: 'pk_0123456789', apiSecret: 'sk_0123456789', appKey: `base64:${appKey}` },
  header: undefined,
  body: cpcBody(),
  sign: () => ({}),
};

const gatenocSecret = 'gn-webhook-secret-1234';
/** With the time as text, so that a test can write any. */
export const gatenocHeaders = (body: Bytes, time: string, headerTime = time): HeaderRecord => ({
  'X-Gateway-Timestamp': headerTime,
  'X-Gateway-Signature': `t=${time},v1=${hmac(gatenocSecret, `${time}.`, body)}`,
  'X-Gateway-Merchant-Key': 'gn_payment_api_key_5678',
});

const gatenoc: Sender = {
  gateway: 'gatenoc',
  config: { merchantId: 1, apiKey: 'gn_payment_api_key_5678', webhookSecret: gatenocSecret },
  header: 'X-Gateway-Signature',
  // PHP's json_encode: escaped slashes.
  body: '{"event":"payment.completed","status":"completed","merchant_id":1,"amount":"10.50","total_amount":"10.50","currency":"USD","bybit_pay_id":"b\\/1","merchant_trade_no":"m1","note":"1234-1","payment_record_id":42,"paid_at":"2026-06-01T11:59:00+00:00"}',
  sign: (body) => gatenocHeaders(body, String(receivedAt - 5)),
};

const xRocketKey = 'xr0123456789abcdefghijklm';
const xRocketPay: Sender = {
  gateway: 'xrocket-pay',
  config: { apiKey: xRocketKey },
  header: 'rocket-pay-signature',
  body: '{"type":"invoicePay","timestamp":"2026-06-01T11:59:11.000Z","data":{"id":84211,"amount":9.99,"totalActivations":1,"activationsLeft":0,"payload":"1234-1","currency":"USDT","created":"2026-06-01T11:50:00.000Z","paid":"2026-06-01T11:59:05.000Z","status":"paid","expiredIn":900,"link":"https://t.me/xrocket?start=inv_q1w2e3r4t5y6","payment":{"userId":14357874663,"paymentNum":1,"paymentAmount":9.99,"paymentAmountReceived":9.84,"comment":"","paid":"2026-06-01T11:59:05.000Z"}}}',
  sign: (body) => ({ 'rocket-pay-signature': hmac(createHash('sha256').update(xRocketKey).digest(), body) }),
};

export const senders: readonly Sender[] = [
  teleportPay,
  tonNft,
  cryptoPay,
  cryptoPaymentCenter,
  gatenoc,
  xRocketPay,
];

export const sender = (gateway: string): Sender => {
  const found = senders.find((candidate) => candidate.gateway === gateway);
  if (found === undefined) throw new Error(`no sender ${gateway}`);
  return found;
};

/** A line of input; without changes it is genuine. A changed body is signed anew unless headers are given. */
export const lineOf = (
  gateway: string,
  { body, ...change }: { readonly body?: Bytes; readonly [key: string]: unknown } = {},
): string => {
  const from = sender(gateway);
  const bytes = body ?? from.body;
  return JSON.stringify({
    id: `${gateway} 1`,
    gateway,
    config: from.config,
    headers: from.sign(bytes),
    body: Buffer.from(bytes).toString('base64'),
    receivedAt,
    ...change,
  });
};

/** The genuine body with one text replaced; it must stand there. */
export const edited = ({ body }: Sender, from: string, to: string): string => {
  if (!body.includes(from)) throw new Error(`no ${from}`);
  return body.replace(from, to);
};

/** `accept accepted`, `signature signature-missing`: the verdict in two words. */
export const ruling = (line: string | Uint8Array): string => {
  const answer = verifyLine(line);
  return answer.verdict === 'accept' ? `accept ${answer.reason}` : `${answer.layer} ${answer.reason}`;
};
