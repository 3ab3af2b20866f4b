import { describe, expect, it } from 'vitest';
import { appKey, cpcBody, cpcInvoice, cpcSignature, lineOf, ruling, sender } from './signed-line.fixture.ts';

const gateway = 'cryptopayment-center';

describe('cryptopayment-center: the signature is a field', () => {
  const good = cpcSignature(cpcInvoice, 'payment.confirmed');
  const at = (change: Readonly<Record<string, unknown>>): string =>
    ruling(lineOf(gateway, { body: cpcBody(change) }));

  it.each([
    ['missing', 'signature-missing', undefined],
    ['CPC-12: null', 'signature-malformed', null],
    ['CPC-12: an array', 'signature-malformed', [good]],
    ['CPC-12: a number', 'signature-malformed', 5],
    ['an object', 'signature-malformed', { 0: good }],
    ['empty', 'signature-malformed', ''],
    ['short', 'signature-malformed', good.slice(0, 63)],
    ['long', 'signature-malformed', `${good}00`],
    ['comma-joined', 'signature-malformed', `${good},${good}`],
    ['not hexadecimal', 'signature-malformed', 'z'.repeat(64)],
    [
      'of another invoice',
      'signature-mismatch',
      cpcSignature(cpcInvoice.replace('5', '6'), 'payment.confirmed'),
    ],
    ['of another event', 'signature-mismatch', cpcSignature(cpcInvoice, 'payment.detected')],
  ])('%s', (_what, reason, signature) => {
    expect(at({ signature })).toBe(`signature ${reason}`);
  });

  it('CPC-12: twice is no signature, also when both are right', () => {
    const body = cpcBody().replace('{', `{"signature":"${good}",`);
    expect(ruling(lineOf(gateway, { body }))).toBe('signature signature-repeated');
  });

  it('in a header is none', () => {
    const headers = { signature: good, 'x-signature': good };
    expect(ruling(lineOf(gateway, { body: cpcBody({ signature: undefined }), headers }))).toBe(
      'signature signature-missing',
    );
  });

  it('in upper case is accepted', () => {
    expect(at({ signature: good.toUpperCase() })).toBe('accept accepted');
  });

  it('CPC-3: a shifted boundary between id and event is no event', () => {
    expect(at({ invoice_id: `${cpcInvoice}.payment`, event: 'confirmed' })).toBe('schema not-an-event');
    const whole = `${cpcInvoice}.payment.confirmed`;
    expect(at({ invoice_id: whole, event: '', signature: cpcSignature(whole, '') })).toBe(
      'schema not-an-event',
    );
  });

  it.each([
    ['an id that is no UUID', { invoice_id: '1', signature: cpcSignature('1', 'payment.confirmed') }],
    ['an event that is no text', { event: 7, signature: cpcSignature(cpcInvoice, '7') }],
  ])('%s is no event', (_what, change) => {
    expect(at(change)).toBe('schema not-an-event');
  });
});

describe('cryptopayment-center: CPC-5, the APP_KEY', () => {
  const withKey = (key: unknown): string =>
    ruling(lineOf(gateway, { config: { ...sender(gateway).config, appKey: key } }));

  it.each([
    ['empty', ''],
    ['nothing but the prefix', 'base64:'],
    ['no base64', '!!!'],
    ['a few bytes', Buffer.from('short').toString('base64')],
    ['15 bytes', Buffer.alloc(15, 7).toString('base64')],
    ['no text', 5],
    ['missing', undefined],
  ])('that is %s is refused before anything is verified', (_what, key) => {
    expect(withKey(key)).toBe('config config-app-key');
  });

  it('may come with its prefix or without', () => {
    expect(withKey(appKey)).toBe('accept accepted');
    expect(withKey(`base64:${appKey}`)).toBe('accept accepted');
  });

  it('is not the word base64 decoded as a part of the key', () => {
    expect(withKey(`base64${appKey}`)).toMatch(/^(?:config config-app-key|signature signature-mismatch)$/);
  });
});
