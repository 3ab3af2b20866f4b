import { bytesOf, linesOf, mapHeader, onlyLine } from '../input/input.ts';
import { field, object, raw, readTree, styles, textOf, wordOf } from '../input/json-tree.ts';
import { hmacHex, isMac, type Subject, sha256 } from './subject.ts';

const header = 'X-Signature';
const idHeader = 'X-Payment-Id';
const { javascript, python, spaced } = styles;

const event = (fields: Parameters<typeof object>[0]) =>
  object({
    event: 'payment.completed',
    paymentId: '8f3c2a9d-0b1e-4c5f-9a7d-6e2b1c0de21f',
    nftAddress: 'EQAvlWFDxGF2lXm67y4yzC17wYKD9A0guwPkMs1gOsM__NOT',
    collectionAddress: 'EQCV8xVdWOV23xqOyC1wAv-D_H02f7gAjPzOlNN6Nv1ksVdL',
    collectionName: 'Easter Eggs',
    payerWallet: 'UQAvlWFDxGF2lXm67y4yzC17wYKD9A0guwPkMs1gOsM__KkR',
    amount: '1.7965',
    currency: 'TON',
    forwardedToMainWallet: raw('true'),
    timestamp: '2026-06-28T12:00:00.000Z',
    ...fields,
  });

export const tonNft: Subject = {
  gateway: 'ton-nft',
  accounts: [
    {
      config: { baseUrl: 'https://nft.example', apiKey: 'sk_live_1' },
      key: sha256('sk_live_1').toString('hex'),
    },
    {
      config: { baseUrl: 'https://nft.example', apiKey: 'sk_live_2', keyEncoding: 'raw' },
      key: sha256('sk_live_2'),
    },
  ],
  shapes: [
    { name: 'completed', tree: event({}), style: javascript },
    { name: 'gram', tree: event({ currency: 'GRAM' }), style: javascript },
    { name: 'not forwarded', tree: event({ forwardedToMainWallet: raw('false') }), style: javascript },
    { name: 'unicode', tree: event({ collectionName: 'Яйца 🥚 "/"' }), style: javascript },
    { name: 'escaped', tree: event({ collectionName: 'Œufs ☃ 𝄞' }), style: python },
    { name: 'number', tree: event({ amount: raw('1.79650000000000000001') }), style: spaced },
    { name: 'nanoton', tree: event({ amount: '1796500000' }), style: javascript },
    { name: 'jetton', tree: event({ currency: 'USDT', nftAddress: null }), style: javascript },
    { name: 'bare', tree: event({ amount: null, currency: null, timestamp: null }), style: javascript },
    { name: 'raw address', tree: event({ nftAddress: `0:${'0f'.repeat(32)}` }), style: javascript },
    { name: 'other event', tree: event({ event: 'payment.created' }), style: javascript },
  ],
  hintOnly: false,
  seal: ({ key }, body) => {
    const message = bytesOf(body);
    const mac = hmacHex(key, message);
    const id = textOf(field(readTree(message), 'paymentId')) ?? '';
    const headers = [
      ['Content-Type', 'application/json'],
      [header, mac],
      [idHeader, id],
    ] as const;
    return { headers, body: message, mac, message };
  },
  claim: (_account, input) => {
    const mac = onlyLine(input, header);
    if (mac === undefined || !isMac(mac)) return undefined;
    const fits = (): boolean => {
      const id = wordOf(field(readTree(input.body), 'paymentId'));
      return id === null || linesOf(input, idHeader).every((line) => line === id);
    };
    return { mac, message: input.body, fits };
  },
  says: (body) => {
    const event = textOf(field(body, 'event'));
    if (event !== 'payment.completed') return null;
    const forwarded = field(body, 'forwardedToMainWallet');
    return {
      gatewayPaymentId: textOf(field(body, 'paymentId')) ?? null,
      reference: null,
      wireStatus: event,
      quoted: null,
      received: wordOf(field(body, 'amount')),
      paid: forwarded?.kind === 'raw' && forwarded.text === 'true',
    };
  },
  mapSignature: (input, change) => mapHeader(input, header, change),
  harmless: [
    (input) => ({
      ...input,
      headers: input.headers.filter(([name]) => name.toLowerCase() !== idHeader.toLowerCase()),
    }),
  ],
};
