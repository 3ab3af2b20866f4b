import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyAddress, literalAddress } from './address.ts';

const BLOCKED = {
  unspecified: ['0.0.0.0', '0.1.2.3', '::'],
  private: ['10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
  'link-local': ['169.254.169.254', 'fe80::1', 'febf::1'],
  CGNAT: ['100.64.0.1', '100.127.255.255'],
  ULA: ['fc00::1', 'fd00:ec2::254'],
  'site-local': ['fec0::1'],
  'IPv4-mapped': ['::ffff:127.0.0.1', '::ffff:8.8.8.8', '::ffff:a00:1'],
  'IPv4-compatible': ['::127.0.0.1', '::8.8.8.8'],
  'IPv4-translated': ['::ffff:0:127.0.0.1'],
  NAT64: ['64:ff9b::7f00:1', '64:ff9b:1::1'],
  '6to4': ['2002:7f00:1::', '192.88.99.1'],
  Teredo: ['2001::1'],
  multicast: ['224.0.0.1', '239.255.255.250', 'ff02::1'],
  broadcast: ['255.255.255.255'],
  reserved: ['240.0.0.1', '192.0.0.8', '198.18.0.1'],
  documentation: ['192.0.2.1', '198.51.100.1', '203.0.113.1', '2001:db8::1', '3fff::1'],
  discard: ['100::1'],
  'not allotted': ['4000::1', '5f00::1', '1::1'],
  'with a zone': ['fe80::1%eth0', '2606:4700::1111%eth0'],
  'odd spellings': ['0177.0.0.1', '0x7f.1', '2130706433', '127.1', '010.8.8.8', '8.8.8', '1.2.3.4.5'],
  'not an address': ['', 'localhost', 'example.com', '[::1]', '8.8.8.8 ', '8.8.8.8\n', '::1::', '٨.8.8.8'],
};

describe('classifyAddress', () => {
  it.each(Object.entries(BLOCKED))('blocks %s', (_kind, addresses) => {
    for (const address of addresses)
      expect([address, classifyAddress(address)]).toEqual([address, 'blocked']);
  });

  it('knows loopback in IPv4 and IPv6', () => {
    for (const address of ['127.0.0.1', '127.255.255.254', '::1', '0:0:0:0:0:0:0:1']) {
      expect([address, classifyAddress(address)]).toEqual([address, 'loopback']);
    }
  });

  it('lets public addresses pass, also those beside a special range', () => {
    const open = ['8.8.8.8', '9.255.255.255', '11.0.0.1', '100.63.255.255', '100.128.0.1', '126.255.255.255'];
    const more = ['172.15.255.255', '172.32.0.1', '192.169.0.1', '223.255.255.255', '2606:4700:4700::1111'];
    for (const address of [...open, ...more, '2a00:1450:4001:81b::200e']) {
      expect([address, classifyAddress(address)]).toEqual([address, 'public']);
    }
  });

  it('answers for any string, and never "public" or "loopback" for text that is no address', () => {
    const text = fc.oneof(
      fc.string({ maxLength: 20 }),
      fc.ipV4Extended(),
      fc.ipV6(),
      fc.stringMatching(/^[0-9a-fx.:]{1,20}$/),
    );
    fc.assert(
      fc.property(text, (address) => {
        if (isIP(address) === 0) expect(classifyAddress(address)).toBe('blocked');
      }),
      { seed: 37, numRuns: 3000 },
    );
  });
});

describe('literalAddress', () => {
  it.each([
    ['https://[::1]/', '::1'],
    ['https://[::ffff:127.0.0.1]/', '::ffff:7f00:1'],
    ['https://127.0.0.1/', '127.0.0.1'],
    ['https://0177.0.0.1/', '127.0.0.1'],
    ['https://0x7f000001/', '127.0.0.1'],
    ['https://2130706433/', '127.0.0.1'],
    ['https://127.1/', '127.0.0.1'],
    ['https://127.0.0.1./', '127.0.0.1'],
    ['https://%31%32%37.0.0.1/', '127.0.0.1'],
    ['https://①②⑦.0.0.1/', '127.0.0.1'],
    ['https://127。0。0。1/', '127.0.0.1'],
    ['https://example.com/', undefined],
  ])('finds the address of %s', (url, address) => {
    expect(literalAddress(new URL(url).hostname)).toBe(address);
  });
});
