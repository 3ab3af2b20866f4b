import { bytesOf, mapHeader, onlyLine } from '../input/input.ts';
import { field, object, raw, styles, type Tree, textOf, wordOf } from '../input/json-tree.ts';
import { hmacHex, isMac, type Subject, sha256 } from './subject.ts';

const header = 'rocket-pay-signature';
const { javascript, python, php, spaced } = styles;

const account = (apiKey: string) => ({ config: { apiKey }, key: sha256(apiKey) });

const event = (data: Parameters<typeof object>[0], paid = '49.9', type = 'invoicePay'): Tree =>
  object({
    type,
    timestamp: '2026-06-01T11:59:11.000Z',
    data: object({
      id: raw('84211'),
      amount: raw('49.9'),
      minPayment: raw('0'),
      totalActivations: raw('1'),
      activationsLeft: raw('0'),
      payload: '1042-1-a1b2c3d4e5f6',
      currency: 'USDT',
      created: '2026-06-01T11:50:00.000Z',
      paid: '2026-06-01T11:59:05.000Z',
      status: 'paid',
      expiredIn: raw('900'),
      link: 'https://t.me/xrocket?start=inv_q1w2e3r4t5y6',
      payment: object({
        userId: raw('14357874663'),
        paymentNum: raw('1'),
        paymentAmount: raw(paid),
        paymentAmountReceived: raw('49.1'),
        comment: '',
        paid: '2026-06-01T11:59:05.000Z',
      }),
      ...data,
    }),
  });

export const xRocketPay: Subject = {
  gateway: 'xrocket-pay',
  accounts: [account('xrfirstxrfirstxrfirst1234'), account('xrsecondxrsecondxrsecond1')],
  shapes: [
    { name: 'paid', tree: event({}), style: javascript },
    { name: 'less', tree: event({}, '49.8'), style: javascript },
    { name: 'toncoin', tree: event({ currency: 'TONCOIN', amount: raw('1e-9') }, '1e-9'), style: javascript },
    { name: 'unicode', tree: event({ payload: 'Заказ №1042 ☃ 𝄞' }), style: javascript },
    { name: 'escaped', tree: event({ description: 'Überweisung' }), style: python },
    { name: 'php', tree: event({ payload: 'a/b' }), style: php },
    {
      name: 'big',
      tree: event({ id: raw('9223372036854775807'), currency: 'SOL', amount: raw('999999.123456789') }),
      style: spaced,
    },
    { name: 'no payload', tree: event({ payload: null }), style: javascript },
    { name: 'expired', tree: event({ status: 'expired' }), style: javascript },
    {
      name: 'many payments',
      tree: event({ totalActivations: raw('5'), status: 'active' }),
      style: javascript,
    },
    { name: 'other type', tree: event({}, '49.9', 'subscriptionPay'), style: javascript },
  ],
  hintOnly: false,
  seal: ({ key }, body) => {
    const message = bytesOf(body);
    const mac = hmacHex(key, message);
    const headers = [
      ['content-type', 'application/json'],
      [header, mac],
    ] as const;
    return { headers, body: message, mac, message };
  },
  claim: (_account, input) => {
    const mac = onlyLine(input, header);
    return mac !== undefined && isMac(mac) ? { mac, message: input.body, fits: () => true } : undefined;
  },
  says: (body) => {
    if (textOf(field(body, 'type')) !== 'invoicePay') return null;
    const invoice = field(body, 'data');
    const wireStatus = textOf(field(invoice, 'status')) ?? '';
    const quoted = wordOf(field(invoice, 'amount'));
    return {
      gatewayPaymentId: wordOf(field(invoice, 'id')),
      reference: textOf(field(invoice, 'payload')) ?? null,
      wireStatus,
      quoted,
      received: wordOf(field(field(invoice, 'payment'), 'paymentAmount')) ?? quoted,
      paid: wireStatus === 'paid',
    };
  },
  mapSignature: (input, change) => mapHeader(input, header, change),
  harmless: [],
};
