import { describe, expect, it } from 'vitest';
import { createEgress, type EgressOutcome, type EgressSettings, type PinnedRequest } from './egress.ts';

const ANSWER = { outcome: 'answered', status: 200, headers: {}, body: new Uint8Array() } as const;

/** An egress over a name table; `sent` holds what reached the transport, `asked` what was looked up. */
const egressOver = (names: Record<string, readonly string[]>, settings: Partial<EgressSettings> = {}) => {
  const sent: PinnedRequest[] = [];
  const asked: string[] = [];
  const egress = createEgress({
    resolve: async (host) => {
      asked.push(host);
      const addresses = names[host];
      if (addresses === undefined) throw new Error(`ENOTFOUND ${host} secret-detail`);
      return addresses;
    },
    connect: async (request) => {
      sent.push(request);
      return ANSWER;
    },
    maxBytes: 1000,
    timeoutMs: 5000,
    ...settings,
  });
  const get = (url: string, timeoutMs?: number): Promise<EgressOutcome> =>
    egress({ method: 'GET', url, headers: {}, ...(timeoutMs === undefined ? {} : { timeoutMs }) });
  return { get, sent, asked };
};

const unavailable = (reason: string) => ({ outcome: 'unavailable', reason });

describe('createEgress', () => {
  it('resolves once and hands on exactly the checked addresses', async () => {
    const { get, sent, asked } = egressOver({ 'pay.example.com': ['8.8.8.8', '2606:4700::1111'] });
    expect(await get('https://pay.example.com:8443/a?b=c')).toEqual(ANSWER);
    expect(asked).toEqual(['pay.example.com']);
    expect(sent).toMatchObject([
      { addresses: ['8.8.8.8', '2606:4700::1111'], maxBytes: 1000, timeoutMs: 5000 },
    ]);
    expect(sent[0]?.url.href).toBe('https://pay.example.com:8443/a?b=c');
  });

  it('refuses a host when any of its addresses is not public', async () => {
    const bad = [
      '10.0.0.1',
      '127.0.0.1',
      '169.254.169.254',
      '100.64.0.1',
      'fd00::1',
      '::ffff:8.8.8.8',
      'junk',
    ];
    for (const address of bad) {
      for (const addresses of [[address], ['8.8.8.8', address], [address, '8.8.8.8']]) {
        const { get, sent } = egressOver({ 'a.example': addresses });
        expect(await get('https://a.example/')).toEqual(unavailable('blocked-address'));
        expect(sent).toEqual([]);
      }
    }
  });

  it('checks addresses written into the URL, in every spelling, without a look-up', async () => {
    const { get, sent, asked } = egressOver({});
    const spellings = [
      '127.0.0.1',
      '127.1',
      '0x7f.1',
      '017700000001',
      '2130706433',
      '[::1]',
      '[::ffff:127.0.0.1]',
    ];
    for (const host of [...spellings, '169.254.169.254', '0.0.0.0', '[fd00::1]', '[64:ff9b::7f00:1]']) {
      expect([host, await get(`https://${host}/`)]).toEqual([host, unavailable('blocked-address')]);
    }
    expect([sent, asked]).toEqual([[], []]);
    expect(await get('https://8.8.8.8/')).toEqual(ANSWER);
    expect(await get('https://[2606:4700::1111]/')).toEqual(ANSWER);
    expect(sent.map(({ addresses }) => addresses)).toEqual([['8.8.8.8'], ['2606:4700::1111']]);
  });

  it.each([
    'http://a.example/',
    'ftp://a.example/',
    'file:///etc/passwd',
    'data:text/plain,x',
    'https://user@a.example/',
    'https://user:pass@a.example/',
    'https://:pass@a.example/',
    '//a.example/',
    'a.example',
    'https://',
    '',
  ])('refuses the URL %j before any look-up', async (url) => {
    const { get, asked } = egressOver({ 'a.example': ['8.8.8.8'] });
    expect(await get(url)).toEqual(unavailable('blocked-url'));
    expect(asked).toEqual([]);
  });

  it('reports a name without addresses, and nothing of the resolver error', async () => {
    const { get } = egressOver({ 'empty.example': [] });
    expect(await get('https://empty.example/')).toEqual(unavailable('dns'));
    expect(await get('https://unknown.example/')).toEqual(unavailable('dns'));
  });

  it('opens loopback, and only loopback, by the sandbox switch', async () => {
    const names = {
      localhost: ['127.0.0.1', '::1'],
      'lan.example': ['192.168.0.2'],
      'mixed.example': ['127.0.0.1', '8.8.8.8'],
      'a.example': ['8.8.8.8'],
    };
    const { get } = egressOver(names, { sandbox: true });
    for (const url of [
      'http://127.0.0.1:8080/',
      'http://localhost:8080/',
      'https://[::1]/',
      'https://a.example/',
    ]) {
      expect([url, await get(url)]).toEqual([url, ANSWER]);
    }
    for (const host of [
      'lan.example',
      'mixed.example',
      '10.0.0.1',
      '169.254.169.254',
      '[::ffff:127.0.0.1]',
    ]) {
      expect([host, await get(`http://${host}/`)]).toEqual([host, unavailable('blocked-address')]);
      expect([host, await get(`https://${host}/`)]).toEqual([host, unavailable('blocked-address')]);
    }
    expect(await get('http://a.example/')).toEqual(unavailable('blocked-address'));
    expect(await get('ftp://127.0.0.1/')).toEqual(unavailable('blocked-url'));
  });

  it('lets a request shorten the time limit, not lengthen it', async () => {
    const { get, sent } = egressOver({ 'a.example': ['8.8.8.8'] });
    await get('https://a.example/', 100);
    await get('https://a.example/', 60_000);
    expect(sent.map(({ timeoutMs }) => timeoutMs)).toEqual([100, 5000]);
  });
});
