import { describe, expect, it } from 'vitest';
import { edited, lineOf, ruling, sender, senders } from './signed-line.fixture.ts';
import { verifyLine } from './verify-line.ts';

describe.each(senders)('$gateway: a signed body', (from) => {
  const { gateway, body } = from;
  const [firstKey = ''] = Object.keys(JSON.parse(body));
  const escapedKey = `\\u${firstKey.charCodeAt(0).toString(16).padStart(4, '0')}${firstKey.slice(1)}`;

  it.each<[string, string, string | Uint8Array]>([
    ['empty', 'not-json', ''],
    ['not JSON', 'not-json', 'event=paid'],
    ['cut short', 'not-json', body.slice(0, -1)],
    ['two of them', 'not-json', `${body}${body}`],
    ['with a byte order mark', 'bom', `\ufeff${body}`],
    ['not UTF-8', 'not-utf8', Buffer.concat([Buffer.from(body.slice(0, -1)), Buffer.from([0xff, 0x7d])])],
    ['with a repeated key', 'duplicate-key', body.replace('{', `{"${firstKey}":1,`)],
    ['with a key repeated by an escape', 'duplicate-key', body.replace('{', `{"${escapedKey}":1,`)],
    ['with __proto__', 'forbidden-key', body.replace('{', '{"__proto__":{"event":"x"},')],
    ['with an escaped __proto__', 'forbidden-key', body.replace('{', '{"__pr\\u006fto__":1,')],
    ['too deep', 'too-deep', body.replace('{', `{"deep":${'['.repeat(80)}${']'.repeat(80)},`)],
  ])('%s', (_what, reason, changed) => {
    expect(ruling(lineOf(gateway, { body: changed }))).toBe(`schema ${reason}`);
  });

  it.each([
    ['an array', `[${body}]`],
    ['a text', JSON.stringify(body)],
    ['a number', '1'],
    ['null', 'null'],
  ])('%s where an object belongs', (_what, changed) => {
    expect(ruling(lineOf(gateway, { body: changed }))).toMatch(/^schema not-an/);
  });

  it('without anything in it', () => {
    // CryptoPayment.center's signature is one of the missing fields.
    const layer = from.header === undefined ? 'signature' : 'schema';
    expect(verifyLine(lineOf(gateway, { body: '{}' }))).toMatchObject({ verdict: 'reject', layer });
  });

  it('above 1 MiB is stopped before its signature is read, and 1 MiB is not above', () => {
    const long = body.padEnd(1_048_577, ' ');
    expect(ruling(lineOf(gateway, { body: long, headers: {} }))).toBe('transport body-too-large');
    expect(ruling(lineOf(gateway, { body: long.slice(0, -1) }))).toBe('accept accepted');
  });
});

describe('fields of the wrong type', () => {
  it.each([
    ['teleport-pay', '"payment_id": "pay_8c8e62e273b54997"', '"payment_id": ["pay_8c8e62e273b54997"]'],
    ['teleport-pay', '"amount": 49.90', '"amount": {"value": "49.90"}'],
    ['teleport-pay', '"amount": 49.90', '"amount": "49,90"'],
    ['teleport-pay', '"amount": 49.90', '"amount": -49.90'],
    ['teleport-pay', '"status": "paid"', '"status": null'],
    ['ton-nft', '"paymentId":"8f3c5a02-11d4-4c0e-9e21"', '"paymentId":{}'],
    ['ton-nft', '"amount":"1.7965"', '"amount":[1.7965]'],
    ['ton-nft', '"forwardedToMainWallet":true', '"forwardedToMainWallet":"true"'],
    ['crypto-pay', '"invoice_id":528347', '"invoice_id":"5e5"'],
    ['crypto-pay', '"status":"paid"', '"status":["paid"]'],
    ['crypto-pay', '"payload":{', '"payload":"text","other":{'],
    ['xrocket-pay', '"id":84211', '"id":84211.5'],
    ['xrocket-pay', '"paymentAmount":9.99', '"paymentAmount":-9.99'],
    ['gatenoc', '"payment_record_id":42', '"payment_record_id":null'],
    ['gatenoc', '"amount":"10.50"', '"amount":true'],
    ['gatenoc', '"merchant_id":1', '"merchant_id":[1]'],
  ])('%s: %s as %s', (gateway, from, to) => {
    const body = edited(sender(gateway), from, to);
    expect(ruling(lineOf(gateway, { body }))).toMatch(/^schema not-/);
  });
});

describe('the two semantic refusals', () => {
  it('NFT-6: an X-Payment-Id that contradicts the signed body', () => {
    const { body, sign } = sender('ton-nft');
    const headers = { ...sign(body), 'X-Payment-Id': 'another' };
    expect(ruling(lineOf('ton-nft', { headers }))).toBe('semantic payment-id-differs');
  });

  it("GN-9: another merchant's id in the signed body", () => {
    const body = edited(sender('gatenoc'), '"merchant_id":1', '"merchant_id":2');
    expect(ruling(lineOf('gatenoc', { body }))).toBe('semantic merchant-mismatch');
  });
});
