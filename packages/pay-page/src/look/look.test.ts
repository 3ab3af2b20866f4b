import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Look, lookSchema } from './look.ts';
import { themeName, themeSheet } from './theme.ts';

const look = (change: object = {}): Look => lookSchema.parse({ shopName: 'Tea House', ...change });

describe('a look', () => {
  it('needs a name only', () => {
    expect(look()).toEqual({
      shopName: 'Tea House',
      logoUrl: null,
      accent: '#0b6b4b',
      radius: 12,
      font: 'system',
      frameAncestors: [],
    });
  });

  it.each([
    [{ accent: 'red' }],
    [{ accent: '#fff' }],
    [{ accent: '#ffffff;}*{display:none' }],
    [{ radius: 99 }],
    [{ font: 'Comic Sans' }],
    [{ logoUrl: 'http://tea.example/logo.png' }],
    [{ logoUrl: 'data:image/svg+xml,x' }],
    [{ logoUrl: 'javascript:alert(1)' }],
    [{ frameAncestors: ['https://tea.example/'] }],
    [{ frameAncestors: ['https://*.example'] }],
    [{ frameAncestors: ["https://tea.example; script-src 'unsafe-inline'"] }],
    [{ frameAncestors: ['*'] }],
    [{ logoUrl: "https://tea.example;script-src 'unsafe-inline'/logo.png" }],
    [{ logoUrl: 'https://tea.example;frame-ancestors/logo.png' }],
    [{ shopName: ' ' }],
  ])('refuses %o', (change) => {
    expect(lookSchema.safeParse({ shopName: 'Tea House', ...change }).success).toBe(false);
  });
});

const luminance = (hex: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

describe('a theme', () => {
  it('carries its variables in its name, in either colour scheme', () => {
    const name = themeName(look({ accent: '#FFD400', accentDark: '#003366', radius: 0, font: 'serif' }));
    expect(name).toBe('theme-ffd400-003366-0-serif.css');
    const sheet = themeSheet(name);
    expect(sheet).toContain(':root{--accent:#ffd400;--on-accent:#000;--radius:0px;--font:ui-serif');
    expect(sheet).toContain('{:root{--accent:#003366;--on-accent:#fff}}');
  });

  it.each([
    'theme.css',
    'theme-ffd400-003366-25-serif.css',
    'theme-ffd400-003366-0-serif.css/..',
    'theme-zzzzzz-003366-0-serif.css',
    '../theme-ffd400-003366-0-serif.css',
  ])('has no sheet for %s', (name) => {
    expect(themeSheet(name)).toBeUndefined();
  });

  it('for any colour: the text on it reaches 4.5 to 1 (WCAG 1.4.3)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffff }), (colour) => {
        const hex = `#${colour.toString(16).padStart(6, '0')}`;
        const text =
          themeSheet(themeName(look({ accent: hex })))?.match(/--on-accent:(#\w+)/)?.[1] === '#000' ? 0 : 1;
        const [dark = 0, light = 0] = [luminance(hex), text].sort((a, b) => a - b);
        expect((light + 0.05) / (dark + 0.05)).toBeGreaterThanOrEqual(4.5);
      }),
      { numRuns: 2_000 },
    );
  });
});
