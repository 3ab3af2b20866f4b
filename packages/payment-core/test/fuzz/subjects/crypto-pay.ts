import { bytesOf, mapHeader, onlyLine } from '../input/input.ts';
import { field, object, raw, styles, type Tree, textOf, wordOf } from '../input/json-tree.ts';
import { hmacHex, isMac, type Subject, sha256 } from './subject.ts';

const header = 'crypto-pay-api-signature';
const { javascript, python, php, spaced } = styles;

const account = (token: string) => ({ config: { token }, key: sha256(token) });

const update = (payload: Parameters<typeof object>[0], type = 'invoice_paid'): Tree =>
  object({
    update_id: raw('7723'),
    update_type: type,
    request_date: '2026-05-15T10:25:11Z',
    payload: object({
      invoice_id: raw('528347'),
      hash: 'IVtN5sR1xVfH',
      currency_type: 'fiat',
      fiat: 'USD',
      amount: '49.90',
      paid_asset: 'USDT',
      paid_amount: '49.91',
      paid_fiat_rate: '0.9998',
      bot_invoice_url: 'https://t.me/CryptoBot?start=IVtN5sR1xVfH',
      status: 'paid',
      created_at: '2026-05-15T10:20:00.123Z',
      allow_comments: raw('true'),
      paid_at: '2026-05-15T10:25:05Z',
      payload: '1042-1-a1b2c3d4e5f6',
      ...payload,
    }),
  });
const crypto = { currency_type: 'crypto', asset: 'USDT', fiat: null, paid_fiat_rate: null };

export const cryptoPay: Subject = {
  gateway: 'crypto-pay',
  accounts: [
    account('12345:AAfirstAAfirstAAfirstAAfirstAAfirstA'),
    account('67890:BBsecondBBsecondBBsecondBBsecondBB'),
  ],
  shapes: [
    { name: 'fiat', tree: update({}), style: javascript },
    { name: 'asset', tree: update({ ...crypto, paid_amount: '49.90' }), style: javascript },
    {
      name: 'asset, bare',
      tree: update({ ...crypto, paid_asset: null, paid_amount: null }),
      style: javascript,
    },
    {
      name: 'wrong asset',
      tree: update({ ...crypto, paid_asset: 'TON', paid_amount: '15' }),
      style: javascript,
    },
    { name: 'swapped', tree: update({ is_swapped: raw('true'), swapped_to: 'TON' }), style: javascript },
    {
      name: 'unicode',
      tree: update({ payload: 'Заказ №1042 ☃ 𝄞', comment: 'a "b" \\ /' }),
      style: javascript,
    },
    { name: 'escaped', tree: update({ description: 'Überweisung' }), style: python },
    { name: 'php', tree: update({ payload: 'a/b' }), style: php },
    {
      name: 'big',
      tree: update({
        ...crypto,
        asset: 'ETH',
        invoice_id: raw('9223372036854775807'),
        amount: raw('1797654321.123456789012345678'),
        paid_asset: null,
        paid_amount: null,
      }),
      style: spaced,
    },
    { name: 'no payload', tree: update({ payload: null }), style: javascript },
    { name: 'active', tree: update({ status: 'active' }), style: javascript },
    { name: 'other type', tree: update({}, 'invoice_created'), style: javascript },
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
    if (textOf(field(body, 'update_type')) !== 'invoice_paid') return null;
    const invoice = field(body, 'payload');
    const type = textOf(field(invoice, 'currency_type')) ?? 'crypto';
    const wireStatus = textOf(field(invoice, 'status')) ?? '';
    const amount = wordOf(field(invoice, 'amount'));
    return {
      gatewayPaymentId: wordOf(field(invoice, 'invoice_id')),
      reference: textOf(field(invoice, 'payload')) ?? null,
      wireStatus,
      quoted: amount,
      received: type === 'crypto' ? (wordOf(field(invoice, 'paid_amount')) ?? amount) : null,
      paid: wireStatus === 'paid',
    };
  },
  mapSignature: (input, change) => mapHeader(input, header, change),
  harmless: [],
};
