import { bytesOf, type Input, textIn } from '../input/input.ts';
import {
  field,
  type Member,
  object,
  raw,
  readTree,
  styles,
  type Tree,
  textOf,
  writeTree,
} from '../input/json-tree.ts';
import type { Random } from '../input/random.ts';
import { hmacHex, isMac, type Subject } from './subject.ts';

const { php, javascript, python, spaced } = styles;

const account = (letter: string) => {
  const key = Buffer.from(letter.repeat(32));
  const appKey = `base64:${key.toString('base64')}`;
  return { config: { apiKey: `pk_${letter}`, apiSecret: `sk_${letter}`, appKey }, key };
};

const event = (fields: Parameters<typeof object>[0]) =>
  object({
    event: 'payment.confirmed',
    invoice_id: '550e8400-e29b-41d4-a716-446655440000',
    order_id: '1042-1-a1b2c3d4e5f6',
    status: 'confirmed',
    network: 'trc20',
    coin: 'USDT',
    amount_usd: raw('50.00'),
    amount_crypto: raw('50.00'),
    paid_amount: raw('50.00'),
    txid: 'a1b2c3d4',
    confirmations: raw('19'),
    address: 'TXYZopYRdj2D9XRtbG411XZZ3kM5VkAeBf',
    timestamp: '2026-01-15T10:05:00+00:00',
    ...fields,
  });

/** Id and event apart, because their joined text does not tell where one ends (CPC-3). */
const signedPair = (id: string, event: string): Uint8Array => bytesOf(JSON.stringify([id, event]));

const signatureField = /("signature"\s*:\s*")([^"\\]*)(")/;
const unsigned = [
  'order_id',
  'status',
  'network',
  'coin',
  'paid_amount',
  'txid',
  'address',
  'timestamp',
] as const;
const forgeries: readonly [Tree, ...Tree[]] = [
  raw('1000000.00'),
  raw('null'),
  raw('[[]]'),
  { kind: 'string', text: 'confirmed' },
  { kind: 'string', text: 'of another order' },
];

/** CPC-1: everything but id, event and signature may say anything, and changes nothing. */
const forge = (input: Input, random: Random): Input => {
  const tree = readTree(input.body);
  if (tree?.kind !== 'object') return input;
  const name = unsigned[random.below(unsigned.length)];
  const members = tree.members.map(
    ([key, value]): Member => [key, key === name ? random.pick(forgeries) : value],
  );
  return { ...input, body: bytesOf(writeTree({ ...tree, members }, php)) };
};

const rewrite = (input: Input, random: Random): Input => {
  const tree = readTree(input.body);
  const style = random.pick([php, javascript, python, spaced]);
  return tree === undefined ? input : { ...input, body: bytesOf(writeTree(tree, style)) };
};

export const cryptoPaymentCenter: Subject = {
  gateway: 'cryptopayment-center',
  accounts: [account('a'), account('b')],
  shapes: [
    { name: 'confirmed', tree: event({}), style: php },
    { name: 'detected', tree: event({ event: 'payment.detected', status: 'confirming' }), style: php },
    { name: 'detected, "confirmed"', tree: event({ event: 'payment.detected' }), style: php },
    { name: 'unicode', tree: event({ order_id: 'Bestellung/№1042 ☃ 𝄞' }), style: php },
    {
      name: 'exponent',
      tree: event({ amount_crypto: raw('1.04e-5'), paid_amount: raw('1.0E+2') }),
      style: php,
    },
    { name: 'big', tree: event({ paid_amount: raw('1797654321.123456789012345678') }), style: spaced },
    { name: 'bare', tree: event({ txid: null, order_id: null }), style: javascript },
    { name: 'other event', tree: event({ event: 'payment.refunded' }), style: php },
  ],
  hintOnly: true,
  seal: ({ key }, body) => {
    const tree = readTree(bytesOf(body));
    const [id, name] = [textOf(field(tree, 'invoice_id')) ?? '', textOf(field(tree, 'event')) ?? ''];
    const mac = hmacHex(key, `${id}.${name}`);
    const signature: Member = ['signature', { kind: 'string', text: mac }];
    const unsealed = tree?.kind === 'object' ? tree.members.filter(([key]) => key !== 'signature') : [];
    const sealed = writeTree({ kind: 'object', members: [...unsealed, signature] }, php);
    const headers = [['Content-Type', 'application/json']] as const;
    return { headers, body: bytesOf(sealed), mac, message: signedPair(id, name) };
  },
  claim: (_account, input) => {
    const tree = readTree(input.body);
    const [mac, id, name] = ['signature', 'invoice_id', 'event'].map((key) => textOf(field(tree, key)));
    if (mac === undefined || id === undefined || name === undefined || !isMac(mac)) return undefined;
    const fits = (): boolean =>
      tree?.kind === 'object' &&
      ['signature', 'invoice_id', 'event'].every(
        (key) => tree.members.filter(([other]) => other === key).length === 1,
      );
    return { mac, message: signedPair(id, name), fits };
  },
  says: (body) => {
    const name = textOf(field(body, 'event')) ?? '';
    if (name !== 'payment.confirmed' && name !== 'payment.detected') return null;
    const id = textOf(field(body, 'invoice_id')) ?? null;
    const nothing = { reference: null, quoted: null, received: null };
    return { ...nothing, gatewayPaymentId: id, wireStatus: name, paid: name === 'payment.confirmed' };
  },
  mapSignature: (input, change) => ({
    ...input,
    body: bytesOf(
      textIn(input.body).replace(
        signatureField,
        (_all, before, mac, after) => `${before}${change(mac)}${after}`,
      ),
    ),
  }),
  harmless: [forge, rewrite],
};
