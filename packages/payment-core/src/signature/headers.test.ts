import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { type HeaderLines, headerLines, rawHeaderLines, singleHeader } from './headers.ts';
import { redactHeaders } from './redact.ts';

interface Received {
  readonly parsed: HeaderLines;
  readonly raw: HeaderLines;
}

/** What a Node server makes of header lines sent over a real connection. */
const received = async (lines: readonly string[]): Promise<Received> => {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  // listen(0) on TCP gives an AddressInfo.
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  try {
    return await new Promise((resolve) => {
      server.on('request', (request, response) => {
        resolve({ parsed: headerLines(request.headers), raw: rawHeaderLines(request.rawHeaders) });
        response.end();
      });
      socket.end(['GET / HTTP/1.1', 'Host: x', 'Connection: close', ...lines, '', ''].join('\r\n'));
    });
  } finally {
    socket.destroy();
    server.close();
  }
};

describe('singleHeader', () => {
  it('finds a header in any case', () => {
    const lines: HeaderLines = [['X-Signature', 'ab']];
    expect(singleHeader(lines, 'x-signature')).toEqual({ ok: true, value: 'ab' });
    expect(singleHeader(lines, 'X-SIGNATURE')).toEqual({ ok: true, value: 'ab' });
  });

  it('tells a missing header from a repeated one', () => {
    expect(singleHeader([], 'x-signature')).toEqual({ ok: false, reason: 'signature-missing' });
    const twice: HeaderLines = [
      ['X-Signature', 'ab'],
      ['x-signature', 'ab'],
    ];
    expect(singleHeader(twice, 'x-signature')).toEqual({ ok: false, reason: 'signature-repeated' });
    expect(singleHeader([], 't', 'timestamp')).toEqual({ ok: false, reason: 'timestamp-missing' });
    expect(singleHeader(twice, 'x-signature', 'timestamp')).toEqual({
      ok: false,
      reason: 'timestamp-repeated',
    });
  });

  it('sees a repetition on the wire as such, or as a joined value, never as one of the two', async () => {
    const { parsed, raw } = await received(['X-Signature: ab', 'x-signature: cd']);
    expect(singleHeader(raw, 'X-Signature')).toEqual({ ok: false, reason: 'signature-repeated' });
    expect(singleHeader(parsed, 'X-Signature')).toEqual({ ok: true, value: 'ab, cd' });
  });
});

describe('headerLines', () => {
  it('keeps repeated values apart and drops absent ones', () => {
    expect(headerLines({ a: ['1', '2'], b: '3', c: undefined })).toEqual([
      ['a', '1'],
      ['a', '2'],
      ['b', '3'],
    ]);
  });
});

describe('redactHeaders', () => {
  it('GN-1 hides credentials and keeps signatures', async () => {
    const { raw } = await received([
      'X-Gateway-Merchant-Key: pk_live_1',
      'X-Gateway-Signature: t=1,v1=ab',
      'Authorization: Bearer sk_live_2',
      'Cookie: session=3',
      'Crypto-Pay-API-Token: 12345:AA4',
      'crypto-pay-api-signature: cd',
      'Rocket-Pay-Key: 5',
      'X-Merchant-Key: 6',
      'X-API-Key: tk_7',
      'X-Telegram-Bot-Api-Secret-Token: 8',
      'Proxy-Authorization: 9',
      'Gatewright-Signature: ef',
      'X-Own: 10',
    ]);
    const record = redactHeaders(raw, ['X-OWN']);
    expect({ ...record }).toEqual({
      host: 'x',
      connection: 'close',
      'x-gateway-merchant-key': '[redacted]',
      'x-gateway-signature': 't=1,v1=ab',
      authorization: '[redacted]',
      cookie: '[redacted]',
      'crypto-pay-api-token': '[redacted]',
      'crypto-pay-api-signature': 'cd',
      'rocket-pay-key': '[redacted]',
      'x-merchant-key': '[redacted]',
      'x-api-key': '[redacted]',
      'x-telegram-bot-api-secret-token': '[redacted]',
      'proxy-authorization': '[redacted]',
      'gatewright-signature': 'ef',
      'x-own': '[redacted]',
    });
  });

  it('joins repeated lines, and a header called __proto__ is only a name', () => {
    const record = redactHeaders([
      ['Via', 'a'],
      ['via', 'b'],
      ['__proto__', 'x'],
    ]);
    expect(Object.entries(record)).toEqual([
      ['via', 'a, b'],
      ['__proto__', 'x'],
    ]);
    expect(Object.getPrototypeOf(record)).toBeNull();
  });
});
