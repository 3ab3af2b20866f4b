import { bytesOf, mapHeader, onlyLine } from '../input/input.ts';
import { field, object, raw, readTree, styles, textOf, wordOf } from '../input/json-tree.ts';
import { hmacHex, isMac, type Subject } from './subject.ts';

const header = 'X-Gateway-Signature';
const timeHeader = 'X-Gateway-Timestamp';
const keyHeader = 'X-Gateway-Merchant-Key';
const { php, javascript, spaced } = styles;
const toleranceMs = 300_000;

/** GN-9: two merchants behind one webhook secret; only the id in the signed body tells them apart. */
const account = (merchantId: string) => ({
  config: { merchantId, apiKey: `pk_live_of_${merchantId}`, webhookSecret: 'whsec_gn_shared' },
  key: 'whsec_gn_shared',
});

const event = (fields: Parameters<typeof object>[0]) =>
  object({
    event: 'payment.completed',
    status: 'completed',
    merchant_id: raw('1'),
    amount: '10.50',
    total_amount: '10.50',
    currency: 'USD',
    bybit_pay_id: '0175264020124412928',
    merchant_trade_no: 'f0e1d2c3b4a59687',
    note: '1042-1-a1b2c3d4e5f6',
    payment_record_id: raw('42'),
    paid_at: '2026-03-24T12:00:00+00:00',
    ...fields,
  });

const signedPart = (time: string, body: Uint8Array): Uint8Array => Buffer.concat([bytesOf(`${time}.`), body]);

export const gatenoc: Subject = {
  gateway: 'gatenoc',
  accounts: [account('1'), account('2')],
  shapes: [
    { name: 'completed', tree: event({}), style: php },
    { name: 'of the other merchant', tree: event({ merchant_id: raw('2') }), style: php },
    { name: 'unicode', tree: event({ note: 'Bestellung/№1042 ☃ 𝄞' }), style: php },
    { name: 'raw unicode', tree: event({ note: 'Café' }), style: javascript },
    { name: 'overpaid', tree: event({ total_amount: '11' }), style: php },
    {
      name: 'big',
      tree: event({
        payment_record_id: raw('92233720368547758079'),
        amount: raw('1797654321.12'),
        total_amount: raw('1797654321.123456789'),
      }),
      style: spaced,
    },
    { name: 'bare', tree: event({ note: null, total_amount: null, paid_at: null }), style: php },
    { name: 'unix time', tree: event({ paid_at: raw('1774353600') }), style: php },
    { name: 'refunded', tree: event({ status: 'refunded' }), style: php },
    { name: 'other event', tree: event({ event: 'payment.refunded' }), style: php },
    { name: 'no payment', tree: object({ event: 'merchant.ping', merchant_id: raw('1') }), style: php },
  ],
  hintOnly: false,
  seal: ({ key }, body, at) => {
    const time = String(Math.floor(at / 1_000));
    const bytes = bytesOf(body);
    const message = signedPart(time, bytes);
    const mac = hmacHex(key, message);
    const headers = [
      ['Content-Type', 'application/json'],
      [timeHeader, time],
      [header, `t=${time},v1=${mac}`],
      [keyHeader, 'pk_live_of_1'],
    ] as const;
    return { headers, body: bytes, mac, message };
  },
  claim: ({ config }, input) => {
    const [, time, mac] = /^t=([1-9]\d{9}),v1=([^,]*)$/.exec(onlyLine(input, header) ?? '') ?? [];
    if (time === undefined || mac === undefined || !isMac(mac)) return undefined;
    if (onlyLine(input, timeHeader) !== time) return undefined;
    const fits = (): boolean => {
      const inTime = Math.abs(input.receivedAt - Number(time) * 1_000) <= toleranceMs;
      const merchant = wordOf(field(readTree(input.body), 'merchant_id'));
      const own = typeof config === 'object' && config !== null && 'merchantId' in config;
      return inTime && own && config.merchantId === merchant;
    };
    return { mac, message: signedPart(time, input.body), fits };
  },
  says: (body) => {
    const record = wordOf(field(body, 'payment_record_id'));
    const [event, status] = [textOf(field(body, 'event')) ?? '', textOf(field(body, 'status')) ?? ''];
    if (event !== 'payment.completed' && record === null) return null;
    const known = event === 'payment.completed';
    const amount = wordOf(field(body, 'amount'));
    return {
      gatewayPaymentId: null,
      reference: textOf(field(body, 'note')) ?? null,
      paymentRecord: record,
      wireStatus: known ? status : `${event} ${status}`,
      quoted: amount,
      received: wordOf(field(body, 'total_amount')),
      paid: known && status === 'completed',
    };
  },
  mapSignature: (input, change) =>
    mapHeader(input, header, (value) =>
      value.replace(/(v1=)(.*)$/s, (_all, v1, mac) => `${v1}${change(mac)}`),
    ),
  harmless: [
    (input) => mapHeader(input, keyHeader, () => 'pk_live_of_somebody_else'),
    (input) => ({
      ...input,
      headers: input.headers.filter(([name]) => name.toLowerCase() !== keyHeader.toLowerCase()),
    }),
  ],
};
