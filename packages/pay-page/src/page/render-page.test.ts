import { describe, expect, it } from 'vitest';
import { exhibitNames, gallery, inputOf, look, renderExhibit } from '../../test/gallery/gallery.ts';
import { order, page, snapshot } from '../../test/gallery/rows.ts';
import { assetNamed, assets, scriptName, styleSheetName } from '../assets/assets.ts';
import { chooseLanguage, languages } from '../language/choose-language.ts';
import { lookSchema } from '../look/look.ts';
import { themeName } from '../look/theme.ts';
import { renderNotFound } from './not-found.ts';
import { pageHeaders } from './page-headers.ts';
import { renderPage } from './render-page.ts';
import { renderTestPage } from './test-page.ts';

const english = chooseLanguage({ wanted: 'en' });
const bytes = (text: string): number => Buffer.byteLength(text);

describe('the weight of a page', () => {
  const script = bytes(assets.get(scriptName)?.body ?? '');
  const rest = [...assets.values()].reduce(
    (sum, { body }) => sum + bytes(body),
    bytes(assetNamed(themeName(look))?.body ?? ''),
  );

  it('has at most 10 kB of script', () => {
    expect(script).toBeGreaterThan(1_000);
    expect(script).toBeLessThanOrEqual(10_000);
  });

  it.each(exhibitNames)('%s is under 40 kB with everything it loads, in every language', (name) => {
    for (const { tag } of languages) expect(bytes(renderExhibit(name, tag).html) + rest).toBeLessThan(40_000);
  });

  it('is as it was looked at', () => {
    const inTenths = (size: number): string => `${(size / 1_000).toFixed(1)} kB`;
    const heaviest = Math.max(...languages.map(({ tag }) => bytes(renderExhibit('waiting-tron', tag).html)));
    expect({
      script: inTenths(script),
      styles: inTenths(bytes(assets.get(styleSheetName)?.body ?? '')),
      'an address to send to, heaviest language': inTenths(heaviest),
      'all of it': inTenths(heaviest + rest),
    }).toMatchInlineSnapshot(`
      {
        "all of it": "23.5 kB",
        "an address to send to, heaviest language": "11.7 kB",
        "script": "4.7 kB",
        "styles": "6.5 kB",
      }
    `);
  });
});

describe('every page', () => {
  it.each(exhibitNames)('%s has no inline script, style or handler', (name) => {
    const { html } = renderExhibit(name);
    expect(html.match(/<script[^>]*>[^<]*/g)).toEqual([
      expect.stringMatching(/^<script src="[\w/.-]+" defer>$/),
    ]);
    // Values are quoted and escaped, so what is left are the names of elements and attributes.
    expect(html.replaceAll(/="[^"]*"/g, '')).not.toMatch(/<style|<[^>]* style|<[^>]* on\w+/);
    expect(
      html
        .match(/(?:src|href)="\/pay\/assets\/[^"]+"/g)
        ?.map((link) => link.replace(/.*assets\/|"$/g, ''))
        .every((file) => assetNamed(file)),
    ).toBe(true);
  });

  it.each(exhibitNames)('%s has the same bytes for the same input', (name) => {
    expect(renderExhibit(name)).toEqual(renderExhibit(name));
  });

  it.each(exhibitNames)('%s has each id once', (name) => {
    const ids = [...renderExhibit(name).html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(ids.length).toBe(new Set(ids).size);
  });

  it('names no stranger, no account of the shop but those on offer, no claim', () => {
    const input = inputOf('waiting-tron');
    const rows = { ...input.snapshot, page: { ...input.snapshot.page, customerEmail: 'ann@tea.example' } };
    const { html } = renderPage({ ...input, offers: [], snapshot: rows });
    for (const secret of ['ann@', 'account_', 'claim_', 'invoice_', 'store'])
      expect(html).not.toContain(secret);
  });

  it('says another version only when it says something else', () => {
    const input = inputOf('waiting-tron');
    const later = renderPage({ ...input, now: input.now + 90_000 });
    expect(later.live).not.toBe(renderPage(input).live);
    expect(later.version).toBe(renderPage(input).version);
    expect(renderExhibit('waiting-bitcoin').version).not.toBe(later.version);
  });
});

describe('what the shopper can choose', () => {
  const offers = gallery['choose-many']?.offers ?? [];
  const chosenBy = (change: Parameters<typeof page>[0]) =>
    renderPage({
      ...inputOf('choose-many'),
      snapshot: snapshot({ order: order(), page: page(change) }),
      offers,
    }).live;

  it('is what is available', () => {
    expect(chosenBy({})).toContain('Gatenoc');
    expect(chosenBy({})).not.toContain('Switched off');
  });

  it('is narrowed by the account and the method that the shop chose', () => {
    const account = offers.find(({ gateway }) => gateway === 'cryptopayment-center')?.account ?? null;
    expect(chosenBy({ account })).not.toContain('Gatenoc');
    expect(chosenBy({ account })).toContain('value="btc"');
    expect(chosenBy({ account, method: 'ltc' })).not.toContain('value="btc"');
    expect(chosenBy({ account, method: 'ltc' })).toContain('value="ltc"');
  });

  it('is sent to the page itself, in the language it is read in', () => {
    expect(renderExhibit('choose-many', 'tr').live).toMatch(
      /method="post" action="\/pay\/[\w-]{22}\/choose\?lang=tr"/,
    );
  });
});

describe('NFT-11: a gateway that takes no coins', () => {
  it('shows no address, no code and no wallet link, as coins sent there would be lost', () => {
    const { live } = renderExhibit('waiting-nft');
    expect(live).not.toContain('EQCxE6mUtQJKFnGfaROTKOt1lZbDiiX1kCixRv7Nw2Id_sDs');
    expect(live).not.toContain('role="img"');
    expect(live).toContain('you get no change');
  });
});

describe('headers', () => {
  const headers = (name: string, change: object = {}) =>
    pageHeaders(renderExhibit(name), lookSchema.parse({ shopName: 'Tea House', ...change }));

  it('let a page load its own files and nothing else, and nobody frame it', () => {
    expect(headers('seen')).toEqual({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex',
      'x-frame-options': 'DENY',
      refresh: `15; url=${renderExhibit('seen').self}`,
    });
  });

  it('let the shop’s logo in, and the shop frame the page where its owner says so', () => {
    const own = headers('seen', {
      logoUrl: 'https://cdn.tea.example/logo.png?x=;',
      frameAncestors: ['https://tea.example'],
    });
    expect(own['content-security-policy']).toContain("img-src 'self' https://cdn.tea.example;");
    expect(own['content-security-policy']).toContain('frame-ancestors https://tea.example');
    expect(own).not.toHaveProperty('x-frame-options');
  });

  it('reload what changes, lead back what is paid, and leave alone what is read or chosen', () => {
    expect(headers('paid').refresh).toBe('10; url=https://tea.example/order-received/1042');
    expect(headers('preparing').refresh).toMatch(/^3; url=\/pay\//);
    for (const name of ['choose-many', 'overpaid', 'refunded', 'ended', 'problem-down', 'not-found'])
      expect(headers(name)).not.toHaveProperty('refresh');
  });
});

describe('a page that is not there', () => {
  it('is one answer, whatever was asked for', () => {
    const page = renderNotFound(english, look, '/pay');
    expect(page).toMatchObject({ status: 404, leaveTo: null, refreshSeconds: null, final: true });
    expect(page).toEqual(renderTestPage(inputOf('waiting-page')));
    expect(page.html).not.toContain('data-events');
  });
});

describe('the test page', () => {
  it('has the four things a shopper can do, as forms', () => {
    const { live } = renderExhibit('test-page');
    expect([...live.matchAll(/name="action" value="([\w-]+)"/g)].map(([, action]) => action)).toEqual([
      'pay',
      'pay-less',
      'cancel',
      'expire',
    ]);
  });

  it('is only for test orders (invariant 13)', () => {
    const input = inputOf('test-page');
    const live = { ...input.snapshot.store, mode: 'live' as const };
    expect(renderTestPage({ ...input, snapshot: { ...input.snapshot, store: live } }).status).toBe(404);
  });
});

describe('a link that is no web address', () => {
  it.each(['javascript:alert(1)', 'data:text/html,x', 'vbscript:x', 'not a url', ''])(
    '%s leads nowhere',
    (url) => {
      const input = inputOf('paid');
      const rows = { ...input.snapshot, page: { ...input.snapshot.page, returnUrl: url, cancelUrl: url } };
      const shown = renderPage({ ...input, snapshot: rows });
      expect(shown.leaveTo).toBeNull();
      expect(shown.live).not.toContain('id="leave"');
    },
  );
});

describe('what went wrong while choosing', () => {
  it.each([
    ['gateway-down', 503],
    ['busy', 503],
    ['method-unavailable', 409],
  ] as const)('%s stands above the choice', (problem, status) => {
    const shown = renderPage({ ...inputOf('choose-many'), problem });
    expect(shown.status).toBe(status);
    expect(shown.live).toMatch(/^<div class="notice" role="alert">/);
  });

  it('is not said of an order that has got further meanwhile', () => {
    for (const name of ['paid', 'seen', 'preparing', 'late']) {
      const shown = renderPage({ ...inputOf(name), problem: 'gateway-down' });
      expect(shown.live).not.toContain('role="alert"');
    }
  });
});
