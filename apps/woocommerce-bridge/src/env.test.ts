import { describe, expect, test } from 'vitest';
import { readEnv } from './env.ts';

const key = Buffer.alloc(32, 1).toString('base64');
const complete = { GATEWRIGHT_KEYS: `k1:${key}`, PUBLIC_URL: 'https://pay.example.com' };

const findings = (variables: Record<string, string>) => {
  const read = readEnv(variables);
  return read.ok ? [] : read.findings;
};
const codes = (variables: Record<string, string>) => findings(variables).map(({ code }) => code);

describe('the environment', () => {
  test('is complete with keys and an address; the rest has defaults', () => {
    const read = readEnv(complete);
    expect(read).toMatchObject({
      ok: true,
      env: {
        databaseUrl: 'sqlite:./gatewright.db',
        publicUrl: 'https://pay.example.com',
        port: 3_000,
        operatorPort: 9_464,
        sandbox: false,
        trustedProxies: [],
        rates: [],
        ratesUrl: null,
        ratesPointers: null,
        ratesAccount: null,
        logLevel: 'info',
      },
    });
  });

  test('without a key ring there is no start, and the message says how to make one', () => {
    const [missing] = findings({ PUBLIC_URL: complete.PUBLIC_URL });
    expect(missing).toMatchObject({ code: 'keys-no-keys', severity: 'error' });
    expect(missing?.remedy).toContain('gatewright keys new');
    expect(missing?.effect).toBe('The bridge does not start.');
  });

  test('a broken key is never repeated in the message', () => {
    const secret = 'c2VjcmV0LXRvby1zaG9ydA==';
    const [short] = findings({ ...complete, GATEWRIGHT_KEYS: `k1:${secret}` });
    expect(short?.code).toBe('keys-wrong-key-length');
    expect(JSON.stringify(short)).not.toContain(secret);
  });

  test('an empty value is the same as none', () => {
    expect(readEnv({ ...complete, PORT: ' ', GATEWRIGHT_RATES: '' })).toMatchObject({
      ok: true,
      env: { port: 3_000, rates: [] },
    });
  });

  test.each([
    ['http://pay.example.com', 'public-url-not-https'],
    ['https://pay.example.com/bridge', 'public-url-malformed'],
    ['https://user@pay.example.com', 'public-url-malformed'],
    ['https://pay.example.com/?a=b', 'public-url-malformed'],
    ['pay.example.com', 'public-url-malformed'],
    ['javascript:alert(1)', 'public-url-malformed'],
  ])('PUBLIC_URL %s: %s', (url, code) => {
    expect(codes({ ...complete, PUBLIC_URL: url })).toEqual([code]);
  });

  test('a sandbox may be on http and needs no address; nothing else may', () => {
    const sandbox = { ...complete, GATEWRIGHT_SANDBOX: '1' };
    expect(readEnv({ ...sandbox, PUBLIC_URL: 'http://127.0.0.1:3000' })).toMatchObject({ ok: true });
    expect(readEnv({ ...sandbox, PUBLIC_URL: '' })).toMatchObject({ ok: true, env: { publicUrl: null } });
    expect(codes({ GATEWRIGHT_KEYS: complete.GATEWRIGHT_KEYS })).toEqual(['public-url-missing']);
    expect(codes({ ...complete, GATEWRIGHT_SANDBOX: 'yes' })).toEqual(['switch-malformed']);
  });

  test.each(['-1', '65536', '80a', '3000.5', '1e3'])('PORT %s is refused', (port) => {
    expect(codes({ ...complete, PORT: port, OPERATOR_PORT: port })).toEqual([
      'port-malformed',
      'port-malformed',
    ]);
  });

  test('proxies are addresses and ranges with commas between', () => {
    const text = ' 203.0.113.7, 198.51.100.0/24,2001:db8::/32 ,2001:db8::1';
    expect(readEnv({ ...complete, TRUSTED_PROXIES: text })).toMatchObject({
      ok: true,
      env: { trustedProxies: ['203.0.113.7', '198.51.100.0/24', '2001:db8::/32', '2001:db8::1'] },
    });
  });

  test.each([
    'cdn.example.com',
    '203.0.113.7,',
    '203.0.113.7 203.0.113.8',
    '203.0.113.7/33',
    '203.0.113.300',
    '2001:db8::/129',
    'fe80::1%eth0',
    'loopback',
    'true',
    '1',
    '0.0.0.0/0',
    '::/0',
    '::ffff:203.0.113.0/120',
    '0:0:0:0:0:ffff:cb00:7100/120',
  ])('TRUSTED_PROXIES %s is refused', (proxies) => {
    expect(codes({ ...complete, TRUSTED_PROXIES: proxies })).toEqual(['trusted-proxies-malformed']);
  });

  test('TRUSTED_PROXIES: the entry that cannot be read is named by its place', () => {
    const [finding] = findings({ ...complete, TRUSTED_PROXIES: '203.0.113.7,cdn.example.com' });
    expect(finding?.cause).toContain('(entry 2)');
  });

  test('rates are a table with one direction per pair', () => {
    const rates = (json: string) => codes({ ...complete, GATEWRIGHT_RATES: json });
    expect(rates('[{"from":"TON","to":"EUR","value":"2.95"}]')).toEqual([]);
    expect(rates('{')).toEqual(['rates-not-json']);
    expect(rates('[{"from":"TON","to":"EUR","value":2.95}]')).toEqual(['rates-malformed']);
    const both = '[{"from":"TON","to":"EUR","value":"3"},{"from":"EUR","to":"TON","value":"0.3"}]';
    expect(rates(both)).toEqual(['rates-malformed']);
  });

  test('rates come from an endpoint, with the places of its pairs, and from an account', () => {
    const read = readEnv({
      ...complete,
      GATEWRIGHT_RATES_URL: 'https://rates.example.com/latest?key=k',
      GATEWRIGHT_RATES_POINTERS: '{"TON/usd":"/the-open-network/usd"}',
      GATEWRIGHT_RATES_ACCOUNT: 'account_1',
    });
    expect(read).toMatchObject({
      ok: true,
      env: {
        ratesUrl: 'https://rates.example.com/latest?key=k',
        ratesPointers: [{ from: 'TON', to: 'USD', pointer: '/the-open-network/usd' }],
        ratesAccount: 'account_1',
      },
    });
  });

  test.each([
    ['rates-url-malformed', { GATEWRIGHT_RATES_URL: 'http://rates.example.com/?key=k-secret' }],
    ['rates-url-malformed', { GATEWRIGHT_RATES_URL: 'https://k-secret@rates.example.com' }],
    ['rates-url-malformed', { GATEWRIGHT_RATES_URL: 'rates.example.com' }],
    ['rates-pointers-alone', { GATEWRIGHT_RATES_POINTERS: '{"TON/USD":"/usd"}' }],
    [
      'rates-pointers-not-json',
      { GATEWRIGHT_RATES_URL: 'https://a.example', GATEWRIGHT_RATES_POINTERS: 'x' },
    ],
    ...['{"TON":"/usd"}', '{"TON/TON":"/usd"}', '{"TON/USD":"usd"}', '{"TON/USD":1}', '[]'].map(
      (pointers): [string, Record<string, string>] => [
        'rates-pointers-malformed',
        { GATEWRIGHT_RATES_URL: 'https://a.example', GATEWRIGHT_RATES_POINTERS: pointers },
      ],
    ),
    ['rates-account-malformed', { GATEWRIGHT_RATES_ACCOUNT: 'no account' }],
  ])('%s, and no value is repeated', (code, variables) => {
    expect(codes({ ...complete, ...variables })).toEqual([code]);
    expect(JSON.stringify(findings({ ...complete, ...variables }))).not.toContain('k-secret');
  });

  test('a sandbox may ask an endpoint of this machine over http', () => {
    const url = 'http://127.0.0.1:8080/rates';
    expect(codes({ ...complete, GATEWRIGHT_SANDBOX: '1', GATEWRIGHT_RATES_URL: url })).toEqual([]);
  });

  test('every fault is reported at once', () => {
    expect(codes({ PORT: 'x', LOG_LEVEL: 'loud' })).toEqual([
      'keys-no-keys',
      'public-url-missing',
      'port-malformed',
      'log-level-unknown',
    ]);
  });
});
