import { describe, expect, test } from 'vitest';
import { readEnv } from './env.ts';

const key = Buffer.alloc(32, 1).toString('base64');
const complete = {
  GATEWRIGHT_KEYS: `k1:${key}`,
  PUBLIC_URL: 'https://pay.example.com',
  SHOPIFY_API_KEY: 'client-id',
  SHOPIFY_API_SECRET: 'client-secret',
  SHOPIFY_CA: '/etc/gatewright/shopify-ca',
  SESSION_TLS_CERT: '/etc/gatewright/session.crt',
  SESSION_TLS_KEY: '/etc/gatewright/session.key',
};

const findings = (variables: Record<string, string>) => {
  const read = readEnv(variables);
  return read.ok ? [] : read.findings;
};
const codes = (variables: Record<string, string>) => findings(variables).map(({ code }) => code);

describe('the environment', () => {
  test('is complete with keys, addresses, certificates and the app of the dashboard', () => {
    expect(readEnv(complete)).toMatchObject({
      ok: true,
      env: {
        publicUrl: 'https://pay.example.com',
        port: 3_000,
        sessionPort: 3_443,
        operatorPort: 9_465,
        sessionGate: { kind: 'mtls', paths: { ca: '/etc/gatewright/shopify-ca', leafAlone: false } },
        sandbox: false,
      },
    });
  });

  test('every fault is said at once, with what to do', () => {
    expect(codes({})).toEqual([
      'keys-no-keys',
      'public-url-missing',
      'session-certificates-missing',
      'api-key-missing',
      'api-secret-missing',
    ]);
    expect(findings({})[0]?.effect).toBe('The app does not start.');
  });

  test('a proxy that checks certificates has to be switched on, with a long secret of its own', () => {
    const { SHOPIFY_CA: _ca, ...without } = complete;
    expect(codes(without)).toEqual(['session-certificates-missing']);
    expect(codes({ ...without, SESSION_BEHIND_PROXY: '1' })).toEqual(['session-proxy-secret']);
    expect(codes({ ...without, SESSION_BEHIND_PROXY: '1', SESSION_PROXY_SECRET: 'short' })).toEqual([
      'session-proxy-secret',
    ]);
    const secret = 's'.repeat(32);
    expect(readEnv({ ...without, SESSION_BEHIND_PROXY: '1', SESSION_PROXY_SECRET: secret })).toMatchObject({
      ok: true,
      env: { sessionGate: { kind: 'proxy', secret } },
    });
  });

  test('a proxy secret alone opens no door', () => {
    const read = readEnv({ ...complete, SESSION_PROXY_SECRET: 's'.repeat(32) });
    expect(read).toMatchObject({ ok: true, env: { sessionGate: { kind: 'mtls' } } });
  });

  test('no secret is repeated in a message', () => {
    const said = JSON.stringify(
      findings({ ...complete, PUBLIC_URL: 'nonsense', GATEWRIGHT_KEYS: 'k1:secret' }),
    );
    expect(said).not.toContain('client-secret');
    expect(said).not.toContain('k1:secret');
  });
});
