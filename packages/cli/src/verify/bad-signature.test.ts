import { describe, expect, it } from 'vitest';
import {
  gatenocHeaders,
  type HeaderRecord,
  lineOf,
  receivedAt,
  ruling,
  sender,
  senders,
} from './signed-line.fixture.ts';

describe.each(senders.filter(({ header }) => header !== undefined))('$gateway: the header', (from) => {
  const { gateway, header = '', body, sign } = from;
  const good = String(sign(body)[header]);
  const changedTo = (value: unknown): HeaderRecord => ({ ...sign(body), [header]: value });
  const lastHex = good.endsWith('0') ? '1' : '0';

  it.each([
    ['missing', 'signature-missing', undefined],
    ['null', 'signature-missing', null],
    ['an empty array', 'signature-missing', []],
    ['repeated', 'signature-repeated', [good, good]],
    ['repeated, the second one wrong', 'signature-repeated', [good, 'x']],
    ['empty', 'signature-malformed', ''],
    ['a number', 'signature-malformed', 5],
    ['short', 'signature-malformed', good.slice(0, -1)],
    ['long', 'signature-malformed', `${good}0`],
    ['not hexadecimal', 'signature-malformed', good.replace(/.$/, 'g')],
    ['not ASCII', 'signature-malformed', good.replace(/.$/, 'é')],
    ['comma-joined', 'signature-malformed', `${good}, ${good}`],
    ['in white space', 'signature-malformed', ` ${good}`],
    ['followed by a line end', 'signature-malformed', `${good}\n`],
    ['another one', 'signature-mismatch', good.slice(0, -1) + lastHex],
  ])('%s', (_what, reason, value) => {
    expect(ruling(lineOf(gateway, { headers: changedTo(value) }))).toBe(`signature ${reason}`);
  });

  it.each([{}, null, undefined])('in headers that are %o is missing', (headers) => {
    expect(ruling(lineOf(gateway, { headers }))).toBe('signature signature-missing');
  });

  it('under two spellings of its name is repeated', () => {
    const headers = { ...sign(body), [header.toLowerCase()]: good, [header.toUpperCase()]: good };
    expect(ruling(lineOf(gateway, { headers }))).toBe('signature signature-repeated');
  });

  it('in upper case is accepted', () => {
    const upper = good.replace(/[0-9a-f]{64}$/, (hex) => hex.toUpperCase());
    expect(ruling(lineOf(gateway, { headers: changedTo(upper) }))).toBe('accept accepted');
  });

  it.each([
    ['the same JSON written anew', JSON.stringify(JSON.parse(body), null, 1)],
    ['the body behind a byte order mark', `\ufeff${body}`],
    ['the body with a line end', `${body}\n`],
    ['an empty body', ''],
  ])('does not fit %s', (_what, changed) => {
    expect(ruling(lineOf(gateway, { body: changed, headers: sign(body) }))).toBe(
      'signature signature-mismatch',
    );
  });
});

describe('gatenoc: GN-3, the signed time', () => {
  const { body, config } = sender('gatenoc');
  const now = String(receivedAt);
  const at = (time: string, headerTime?: string): string =>
    ruling(lineOf('gatenoc', { headers: gatenocHeaders(body, time, headerTime) }));

  it('is good up to 300 seconds both ways', () => {
    expect(at(String(receivedAt - 300))).toBe('accept accepted');
    expect(at(String(receivedAt + 300))).toBe('accept accepted');
    expect(at(String(receivedAt - 301))).toBe('signature timestamp-stale');
    expect(at(String(receivedAt + 301))).toBe('signature timestamp-stale');
  });

  it('is as old as the configuration allows', () => {
    const headers = gatenocHeaders(body, String(receivedAt - 6));
    expect(ruling(lineOf('gatenoc', { config: { ...config, toleranceSeconds: 6 }, headers }))).toBe(
      'accept accepted',
    );
    expect(ruling(lineOf('gatenoc', { config: { ...config, toleranceSeconds: 5 }, headers }))).toBe(
      'signature timestamp-stale',
    );
  });

  it('equals the header', () => {
    expect(at(now, String(receivedAt + 1))).toBe('signature timestamp-mismatch');
  });

  it.each(['NaN', '', '0', `0${now}`, `-${now}`, `${now}000`, `${now}.0`, '1e9'])(
    'is ten digits, not "%s"',
    (time) => {
      expect(at(time)).toBe('signature timestamp-malformed');
    },
  );

  it.each([
    ['missing', null],
    ['repeated', [now, now]],
  ])('in a header that is %s', (what, value) => {
    const headers = { ...gatenocHeaders(body, now), 'X-Gateway-Timestamp': value };
    expect(ruling(lineOf('gatenoc', { headers }))).toBe(`signature timestamp-${what}`);
  });

  it.each([
    ['without t', (v1: string) => `v1=${v1}`],
    ['without v1', () => `t=${now}`],
    ['with t twice', (v1: string) => `t=${now},t=${now},v1=${v1}`],
    ['with v1 twice', (v1: string) => `t=${now},v1=${v1},v1=${v1}`],
    ['as bare hex', (v1: string) => v1],
  ])('%s the header is malformed', (_what, write) => {
    const headers = gatenocHeaders(body, now);
    const v1 = String(headers['X-Gateway-Signature']).split('v1=')[1] ?? '';
    expect(ruling(lineOf('gatenoc', { headers: { ...headers, 'X-Gateway-Signature': write(v1) } }))).toBe(
      'signature signature-malformed',
    );
  });

  it('is part of what is signed', () => {
    const other = String(gatenocHeaders(body, String(receivedAt - 1))['X-Gateway-Signature']);
    const headers = {
      ...gatenocHeaders(body, now),
      'X-Gateway-Signature': other.replace(/t=\d+/, `t=${now}`),
    };
    expect(ruling(lineOf('gatenoc', { headers }))).toBe('signature signature-mismatch');
  });
});
