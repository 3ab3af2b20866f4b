import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeLink } from './link.ts';

const HOSTS = ['pay.teleport.ltd', 't.me', 'gate.example:8443'];

const reason = (url: string, sandbox = false): string => {
  const result = safeLink(url, HOSTS, { sandbox });
  return result.ok ? 'ok' : result.reason;
};

describe('safeLink', () => {
  it('accepts known hosts and their subdomains over https', () => {
    expect(safeLink('https://pay.teleport.ltd/bill/1?x=2#y', HOSTS)).toEqual({
      ok: true,
      url: 'https://pay.teleport.ltd/bill/1?x=2#y',
    });
    expect(reason('https://eu.pay.teleport.ltd/bill')).toBe('ok');
    expect(reason('https://PAY.teleport.LTD/')).toBe('ok');
    expect(reason('https://gate.example:8443/pay')).toBe('ok');
  });

  it.each([
    'https://teleport.ltd/',
    'https://evilpay.teleport.ltd.example/',
    'https://notpay.teleport.ltd@evil.example/',
    'https://xpay.teleport.ltd/',
    'https://pay.teleport.ltd./',
    'https://pay.teleport.ltd:8443/',
    'https://gate.example/',
    'https://pay.teleport.ltd%2eevil.example/',
    'https://evil.example/pay.teleport.ltd',
    'https://evil.example\\@pay.teleport.ltd/',
    'https://127.0.0.1/',
  ])('refuses %s', (url) => {
    expect(['unknown-host', 'credentials-in-url']).toContain(reason(url));
  });

  it('refuses other schemes, credentials and text that is no URL', () => {
    expect(reason('http://pay.teleport.ltd/')).toBe('not-https');
    expect(reason('javascript:alert(1)//pay.teleport.ltd')).toBe('not-https');
    expect(reason('tg://resolve?domain=t.me')).toBe('not-https');
    expect(reason('https://user:pass@t.me/')).toBe('credentials-in-url');
    expect(reason('/bill/1')).toBe('not-a-url');
    expect(reason('')).toBe('not-a-url');
  });

  it('lets links to this machine pass in a sandbox only', () => {
    for (const url of ['http://127.0.0.1:8080/pay', 'http://localhost:8080/pay', 'https://[::1]:1/']) {
      expect([url, reason(url, true)]).toEqual([url, 'ok']);
      expect(['not-https', 'unknown-host']).toContain(reason(url));
    }
    expect(reason('http://192.168.0.1/', true)).toBe('not-https');
    expect(reason('http://pay.teleport.ltd/', true)).toBe('not-https');
    expect(reason('http://localhost.evil.example/', true)).toBe('not-https');
    expect(reason('javascript://localhost/%0aalert(1)', true)).toBe('not-https');
  });

  it('an empty entry in the list opens nothing', () => {
    expect(safeLink('https://evil.example./', ['']).ok).toBe(false);
  });

  it('whatever passes leads over https to a known host', () => {
    const url = fc
      .tuple(
        fc.constantFrom('https://', 'http://', 'https:\\\\', 'HTTPS://', '//'),
        fc.constantFrom('', 'a@', 'x.', 'evil.example/', 'evil.example#', 'evil.example?', '\t', 'xn--'),
        fc.constantFrom('t.me', 'pay.teleport.ltd', 'T.ME', 't.me.', 't。me'),
        fc.constantFrom(
          '',
          '/',
          ':443/',
          ':444/',
          '@evil.example',
          '.evil.example',
          '\\@evil.example',
          '%00',
        ),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(url, fc.webUrl(), fc.string()), (text) => {
        const result = safeLink(text, HOSTS);
        if (!result.ok) return;
        expect(result.url).toMatch(
          /^https:\/\/(?:[^/@?#\\:]+\.)?(?:pay\.teleport\.ltd|t\.me|gate\.example:8443)\//,
        );
      }),
      { seed: 41, numRuns: 2000 },
    );
  });
});
