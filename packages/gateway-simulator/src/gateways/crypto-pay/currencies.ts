import { type Decimal, multiplyDecimal, roundDecimal } from '@gatewright/payment-core';
import { divided, exact } from '../../kernel/exact.ts';
import type { NativeObject } from '../../kernel/native-json.ts';

export interface Currency {
  readonly code: string;
  readonly name: string;
  readonly decimals: number;
  readonly kind: 'coin' | 'stablecoin' | 'fiat';
  /** Price in USD that the drift moves around; assets and fiats alike. */
  readonly usd: string;
}

const asset = (code: string, name: string, decimals: number, usd: string): Currency => ({
  code,
  name,
  decimals,
  usd,
  kind: name.endsWith(' USD') ? 'stablecoin' : 'coin',
});

const ASSETS: readonly Currency[] = [
  asset('USDT', 'Tether USD', 6, '1'),
  asset('TON', 'Toncoin', 9, '3.12'),
  asset('BTC', 'Bitcoin', 8, '96250'),
  asset('ETH', 'Ethereum', 18, '3340'),
  asset('LTC', 'Litecoin', 8, '101.5'),
  asset('BNB', 'Binance Coin', 18, '655'),
  asset('TRX', 'Tron', 6, '0.24'),
  asset('SOL', 'Solana', 9, '188'),
  asset('GRAM', 'Gram', 9, '0.0049'),
  asset('USDC', 'Circle USD', 6, '1'),
];

/** Only on the test network (CP-14). */
const JET = asset('JET', 'JetCoin', 9, '0.5');

const FIAT_USD: Readonly<Record<string, string>> = {
  USD: '1',
  EUR: '1.08',
  RUB: '0.0125',
  BYN: '0.306',
  UAH: '0.0242',
  GBP: '1.27',
  CNY: '0.139',
  KZT: '0.0019',
  UZS: '0.000078',
  GEL: '0.36',
  TRY: '0.0255',
  AMD: '0.00258',
  THB: '0.0295',
  INR: '0.0117',
  BRL: '0.176',
  IDR: '0.000061',
  AZN: '0.588',
  AED: '0.272',
  PLN: '0.265',
  ILS: '0.274',
  KGS: '0.0114',
  TJS: '0.0916',
  MDL: '0.0558',
};

const FIATS: readonly Currency[] = Object.entries(FIAT_USD).map(([code, usd]) => ({
  code,
  usd,
  name: code,
  decimals: 8,
  kind: 'fiat',
}));

export const SWAP_TARGETS: readonly string[] = ['USDT', 'TON', 'TRX', 'ETH', 'SOL', 'BTC', 'LTC'];

export const assetsOf = (testnet: boolean): readonly Currency[] => (testnet ? [...ASSETS, JET] : ASSETS);
export const findAsset = (code: string, testnet: boolean): Currency | undefined =>
  assetsOf(testnet).find((candidate) => candidate.code === code);
export const findFiat = (code: string): Currency | undefined =>
  FIATS.find((candidate) => candidate.code === code);

/**
 * USD price of one unit. A coin's price moves from minute to minute by up to 2 % either way, so that a rate
 * taken at payment differs from one taken at creation (CP-10); the same minute always gives the same price.
 */
export const usdPrice = (currency: Currency, now: number): Decimal => {
  const base = exact(currency.usd);
  if (currency.kind !== 'coin') return base;
  const drift = (Math.floor(now / 60_000) * 7919) % 401;
  const factor = divided(exact(String(9800 + drift)), exact('10000'), 4, 'half-even');
  return roundDecimal(multiplyDecimal(base, factor), 12, 'half-even');
};

/** How many units of `target` one unit of `source` costs. */
export const exchangeRate = (source: Currency, target: Currency, now: number): Decimal =>
  divided(usdPrice(source, now), usdPrice(target, now), 12, 'half-even');

/** `amount` of a fiat in an asset, rounded up so that the merchant is not short. */
export const convert = (amount: Decimal, rate: Decimal, decimals: number): Decimal =>
  divided(amount, rate, Math.min(decimals, 8), 'up');

export const exchangeRates = (testnet: boolean, now: number): readonly NativeObject[] =>
  assetsOf(testnet).flatMap((source) =>
    FIATS.map((target) => ({
      is_valid: true,
      is_crypto: true,
      is_fiat: false,
      source: source.code,
      target: target.code,
      rate: exchangeRate(source, target, now),
    })),
  );

export const currencyList = (testnet: boolean): readonly NativeObject[] =>
  [...assetsOf(testnet), ...FIATS].map(({ code, name, decimals, kind }) => ({
    is_blockchain: kind === 'coin',
    is_stablecoin: kind === 'stablecoin',
    is_fiat: kind === 'fiat',
    name,
    code,
    decimals,
  }));
