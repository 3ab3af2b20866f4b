import { describe, expect, it } from 'vitest';
import { returnUrlOf } from './return-url.ts';

const settings = {
  publicUrl: 'https://api.shop.example',
  storefrontUrls: ['https://shop.example/', 'https://other.example/de'],
};

describe('where a shopper may be sent back to', () => {
  it.each([
    ['https://shop.example/checkout?cart=1', 'https://shop.example/checkout?cart=1'],
    ['https://other.example/de', 'https://other.example/de'],
    ['https://other.example/de/thanks', 'https://other.example/de/thanks'],
    [undefined, 'https://shop.example/'],
    [null, 'https://shop.example/'],
  ])('%s is taken', (asked, url) => {
    expect(returnUrlOf(settings, asked)).toEqual({ ok: true, url });
  });

  it.each([
    'https://evil.example/',
    'https://shop.example.evil.example/',
    'https://shop.example@evil.example/',
    'https://evil.example/https://shop.example/',
    'http://shop.example/',
    '//shop.example/',
    'javascript:alert(1)',
    'https://other.example/dex',
    'https://other.example/de/../admin',
    'https:\\\\evil.example/shop.example',
    `https://shop.example/${'a'.repeat(2_000)}`,
    7,
    { toString: () => 'https://shop.example/' },
  ])('%s is refused', (asked) => {
    expect(returnUrlOf(settings, asked)).toMatchObject({ ok: false });
  });

  it('is this server itself where no storefront is named, and nothing else', () => {
    const none = { ...settings, storefrontUrls: [] };
    expect(returnUrlOf(none, undefined)).toEqual({ ok: true, url: 'https://api.shop.example' });
    expect(returnUrlOf(none, 'https://api.shop.example/')).toMatchObject({ ok: false });
  });
});
