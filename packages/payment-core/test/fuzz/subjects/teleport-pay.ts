import { bytesOf, mapHeader, onlyLine } from '../input/input.ts';
import { field, object, raw, styles, textOf, wordOf } from '../input/json-tree.ts';
import { hmacHex, isMac, type Subject } from './subject.ts';

const header = 'X-Webhook-Signature';
const { python, javascript, spaced } = styles;

const account = (apiKey: string, webhookSecret: string) => ({
  config: { apiKey, webhookSecret },
  key: webhookSecret,
});

const event = (fields: Parameters<typeof object>[0]) =>
  object({
    event: 'invoice.status_changed',
    payment_id: 'pay_8c8e62e273b54997',
    bill_uid: '8c8e62e2-73b5-4997-9c55-5b1b0d3a2f10',
    order_id: '1042-1-a1b2c3d4e5f6',
    status: 'paid',
    amount: raw('49.99'),
    currency: 'USD',
    timestamp: raw('1774699202'),
    ...fields,
  });

export const teleportPay: Subject = {
  gateway: 'teleport-pay',
  accounts: [account('tk_1', 'whsec_tp_1'), account('tk_2', 'whsec_tp_2')],
  shapes: [
    { name: 'paid', tree: event({}), style: python },
    { name: 'paid, round', tree: event({ amount: raw('50.0') }), style: python },
    { name: 'unicode', tree: event({ order_id: 'Bestellung №1042 ☃ 𝄞' }), style: python },
    { name: 'unicode raw', tree: event({ order_id: 'Café/1042', status: 'failed' }), style: javascript },
    { name: 'no order', tree: event({ order_id: null, bill_uid: null }), style: python },
    { name: 'number', tree: event({ order_id: raw('9007199254740993001') }), style: python },
    {
      name: 'big',
      tree: event({ amount: raw('1797654321.123456789'), timestamp: raw('1774699202.25') }),
      style: spaced,
    },
    { name: 'expired', tree: event({ status: 'expired' }), style: python },
    { name: 'cancelled', tree: event({ status: 'cancelled', timestamp: null }), style: python },
    { name: 'short', tree: event({ status: 'manual_confirmation' }), style: python },
    { name: 'unknown status', tree: event({ status: 'on_hold' }), style: python },
    { name: 'other event', tree: event({ event: 'key.updated' }), style: python },
  ],
  hintOnly: false,
  seal: ({ key }, body) => {
    const message = bytesOf(body);
    const mac = hmacHex(key, message);
    const headers = [
      ['Content-Type', 'application/json'],
      [header, `sha256=${mac}`],
    ] as const;
    return { headers, body: message, mac, message };
  },
  claim: (_account, input) => {
    const mac = onlyLine(input, header)?.replace(/^sha256=/, '');
    return mac !== undefined && isMac(mac) ? { mac, message: input.body, fits: () => true } : undefined;
  },
  says: (body) => {
    if (textOf(field(body, 'event')) !== 'invoice.status_changed') return null;
    const wireStatus = textOf(field(body, 'status')) ?? '';
    return {
      gatewayPaymentId: wordOf(field(body, 'payment_id')),
      reference: wordOf(field(body, 'order_id')),
      wireStatus,
      quoted: wordOf(field(body, 'amount')),
      received: null,
      paid: wireStatus === 'paid',
    };
  },
  mapSignature: (input, change) =>
    mapHeader(input, header, (value) => {
      const prefix = value.startsWith('sha256=') ? 'sha256=' : '';
      return `${prefix}${change(value.slice(prefix.length))}`;
    }),
  harmless: [
    (input) =>
      mapHeader(input, header, (value) => (value.startsWith('sha256=') ? value.slice(7) : `sha256=${value}`)),
  ],
};
