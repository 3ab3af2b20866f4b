import {
  accountIdSchema,
  gatewayById,
  minutes,
  type Offer,
  type PageSnapshot,
} from '@gatewright/payment-core';
import { languages } from '../../src/language/choose-language.ts';
import { type Look, lookSchema } from '../../src/look/look.ts';
import { renderNotFound } from '../../src/page/not-found.ts';
import type { PageInput, PageProblem, RenderedPage } from '../../src/page/page-input.ts';
import { renderPage } from '../../src/page/render-page.ts';
import { renderTestPage } from '../../src/page/test-page.ts';
import {
  account,
  attempt,
  eur,
  money,
  now,
  onTron,
  order,
  page,
  pageId,
  refund,
  settled,
  snapshot,
  store,
  usdtOnTron,
} from './rows.ts';

export const look: Look = lookSchema.parse({ shopName: 'Tea House' });

/** As the gateways' own `accepts` say it. */
const acceptedBy: Readonly<Record<string, readonly string[]>> = {
  'crypto-pay': ['USDT', 'TON', 'BTC', 'ETH', 'LTC', 'BNB', 'TRX', 'USDC'],
  gatenoc: ['USDT (Bybit Pay)'],
  'ton-nft': ['TON NFT'],
  'xrocket-pay': ['USDT'],
};

const offer = (gateway: string): Offer => ({
  account: gateway === 'teleport-pay' ? account : accountIdSchema.parse(`account_${gateway}`),
  gateway,
  title: gatewayById(gateway)?.title ?? gateway,
  methods: gatewayById(gateway)?.methods ?? [],
  accepts: acceptedBy[gateway] ?? [],
  available: true,
});

/** One account of each gateway, and one that cannot take this order. */
const offers: readonly Offer[] = [
  ...['crypto-pay', 'cryptopayment-center', 'gatenoc', 'teleport-pay', 'ton-nft', 'xrocket-pay'].map(offer),
  {
    ...offer('crypto-pay'),
    account: accountIdSchema.parse('account_off'),
    title: 'Switched off',
    available: false,
    reason: 'account-disabled',
    text: { owner: 'This account is switched off.', shopper: 'Not available.' },
  },
];

export interface Exhibit {
  readonly snapshot: PageSnapshot;
  readonly offers?: readonly Offer[];
  readonly problem?: PageProblem;
  readonly look?: Look;
  /** Which page of the snapshot; the order's own where absent. */
  readonly kind?: 'test' | 'not-found';
}

const ended = order({ state: 'ended' });
const held = (exceptions: Parameters<typeof attempt>[0]) =>
  snapshot({ attempts: [attempt({ status: 'processing', ...exceptions })] });
const testStore = { ...store, mode: 'test' as const };
const testAttempt = attempt({ gateway: 'test', mode: 'test', payUrl: null });

/** What a stranger may put where the page shows it. */
const hostile =
  '"><script>alert(1)</script>\u202egpj.exe \u2067\u200b&amp; <img src=x onerror=alert(1)> {shop} ';

/** A shop that has set everything. */
const themed: Look = lookSchema.parse({
  shopName: 'Tea House',
  logoUrl: 'https://cdn.tea.example/logo.png',
  accent: '#ffd400',
  radius: 0,
  font: 'serif',
});

/** Every state and its kinds, from rows that the core could have written. */
export const gallery: Readonly<Record<string, Exhibit>> = {
  'choose-many': { snapshot: snapshot({ order: undefined }), offers },
  'choose-one': { snapshot: snapshot(), offers: [offer('teleport-pay')] },
  'choose-none': { snapshot: snapshot(), offers: [] },
  'problem-down': {
    snapshot: snapshot({ attempts: [attempt({ status: 'failed' })] }),
    offers,
    problem: 'gateway-down',
  },
  'problem-method': { snapshot: snapshot(), offers, problem: 'method-unavailable' },
  'problem-busy': {
    snapshot: snapshot(),
    offers,
    problem: 'busy',
  },
  preparing: { snapshot: snapshot({ attempts: [attempt({ status: 'creating', createdAt: now - 2_000 })] }) },
  'waiting-page': { snapshot: snapshot({ attempts: [attempt()] }), offers },
  'waiting-bot': {
    snapshot: snapshot({
      attempts: [attempt({ gateway: 'crypto-pay', payUrl: 'https://t.me/CryptoBot?start=IVtN5sR1xVfH' })],
    }),
    offers: [offer('crypto-pay')],
  },
  'waiting-nft': {
    snapshot: snapshot({
      attempts: [
        attempt({
          gateway: 'ton-nft',
          quoted: null,
          address: 'EQCxE6mUtQJKFnGfaROTKOt1lZbDiiX1kCixRv7Nw2Id_sDs',
          payUrl: 'https://nft.tea.example/pay/8f3c',
        }),
      ],
    }),
    offers,
  },
  'waiting-tron': { snapshot: snapshot({ attempts: [onTron()] }), offers },
  'waiting-bitcoin': {
    snapshot: snapshot({
      attempts: [
        onTron({
          method: 'btc',
          payable: money('0.00052317', 'BTC', 'bitcoin'),
          address: 'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq',
          payUrl: null,
        }),
      ],
    }),
    offers,
  },
  'waiting-ether': {
    snapshot: snapshot({
      attempts: [
        onTron({
          method: 'eth',
          payable: money('0.015823471283746512', 'ETH', 'ethereum'),
          address: '0x52908400098527886E0F7030069857D2E4169EE7',
        }),
      ],
    }),
  },
  'waiting-bsc': {
    snapshot: snapshot({
      attempts: [
        onTron({
          method: 'bep20',
          payable: money('54.12', 'USDT', 'bsc'),
          address: '0x52908400098527886E0F7030069857D2E4169EE7',
        }),
      ],
    }),
    offers: [offer('cryptopayment-center')],
  },
  'waiting-test': {
    snapshot: snapshot({ store: testStore, attempts: [testAttempt] }),
    offers,
  },
  'seen-counted': { snapshot: held({ confirmations: { received: 7, required: 19 } }) },
  seen: { snapshot: held({}) },
  paid: { snapshot: settled() },
  'paid-part-refunded': { snapshot: settled({}, { refunds: [refund({ orderAmount: eur('9.90') })] }) },
  'paid-twice': { snapshot: settled({ exceptions: ['duplicate_payment'] }) },
  overpaid: {
    snapshot: settled({
      ...onTron(),
      status: 'settled',
      exceptions: ['overpaid'],
      received: usdtOnTron('60'),
    }),
  },
  'underpaid-rest': {
    snapshot: snapshot({
      attempts: [
        onTron({ status: 'processing', exceptions: ['review', 'underpaid'], received: usdtOnTron('20.5') }),
      ],
    }),
  },
  'underpaid-shop': {
    snapshot: held({ exceptions: ['review', 'underpaid'], received: eur('20.50') }),
  },
  'time-up': { snapshot: snapshot({ attempts: [attempt({ expiresAt: now - minutes(1) })] }), offers },
  'expired-again': {
    snapshot: snapshot({ attempts: [attempt({ status: 'expired' })] }),
    offers: [offer('teleport-pay')],
  },
  expired: { snapshot: snapshot({ order: ended, attempts: [attempt({ status: 'expired' })] }) },
  'cancelled-again': { snapshot: snapshot({ attempts: [attempt({ status: 'canceled' })] }), offers },
  cancelled: { snapshot: snapshot({ order: ended, attempts: [attempt({ status: 'canceled' })] }) },
  failed: { snapshot: snapshot({ attempts: [attempt({ status: 'failed' })] }), offers: [offer('gatenoc')] },
  late: { snapshot: held({ exceptions: ['late', 'review'] }) },
  held: { snapshot: held({ exceptions: ['review', 'wrong_asset'] }) },
  refunded: { snapshot: settled({}, { refunds: [refund()] }) },
  ended: { snapshot: snapshot({ order: ended, attempts: [] }) },
  hostile: {
    snapshot: snapshot({
      page: page({
        orderNumber: hostile,
        description: hostile.repeat(4),
        returnUrl: 'javascript:alert(1)',
        cancelUrl: 'data:text/html,x',
      }),
      attempts: [attempt({ payUrl: 'javascript:alert(1)' })],
    }),
    offers: [{ ...offer('crypto-pay'), title: hostile, methods: [hostile, 'trc20'] }],
    look: lookSchema.parse({ shopName: hostile.slice(0, 78) }),
  },
  'logo-choose': { snapshot: snapshot(), offers, look: themed },
  logo: {
    snapshot: snapshot({
      attempts: [
        onTron({
          method: 'bep20',
          payable: money('54.12', 'USDT', 'bsc'),
          address: '0x52908400098527886E0F7030069857D2E4169EE7',
        }),
      ],
    }),
    look: themed,
  },
  'test-page': { snapshot: snapshot({ store: testStore, attempts: [testAttempt] }), kind: 'test' },
  'test-over': {
    snapshot: snapshot({ store: testStore, attempts: [{ ...testAttempt, status: 'canceled' }] }),
    kind: 'test',
  },
  'not-found': { snapshot: snapshot(), kind: 'not-found' },
};

export const exhibitNames = Object.keys(gallery);

const languageNamed = (tag: string) => {
  const language = languages.find((candidate) => candidate.tag === tag);
  if (language === undefined) throw new Error(`no language ${tag}`);
  return language;
};

export const inputOf = (name: string, tag = 'en'): PageInput => {
  const exhibit = gallery[name];
  if (exhibit === undefined) throw new Error(`nothing called ${name} in the gallery`);
  return {
    snapshot: { ...exhibit.snapshot, page: { ...exhibit.snapshot.page, id: pageId(name) } },
    offers: exhibit.offers ?? [],
    gatewayOf: gatewayById,
    now,
    language: languageNamed(tag),
    look: exhibit.look ?? look,
    basePath: '/pay',
    problem: exhibit.problem ?? null,
  };
};

export const renderExhibit = (name: string, tag = 'en'): RenderedPage => {
  const input = inputOf(name, tag);
  switch (gallery[name]?.kind) {
    case 'test':
      return renderTestPage(input);
    case 'not-found':
      return renderNotFound(input.language, input.look, input.basePath);
    default:
      return renderPage(input);
  }
};
