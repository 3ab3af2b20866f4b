declare const currencyBrand: unique symbol;

/** A currency or asset code: 2 to 12 upper-case letters and digits. Says nothing about the network. */
export type CurrencyCode = string & { readonly [currencyBrand]: true };

export type Network = 'bitcoin' | 'litecoin' | 'ethereum' | 'tron' | 'bsc' | 'ton' | 'solana' | 'offchain';

export type CurrencyKind = 'fiat' | 'crypto' | 'unknown';

/**
 * ISO 4217 by number of decimals. Left out: precious metals, accounting units and fund codes, in which no shop
 * prices. XCG replaced ANG in 2025; both are listed because stores change late.
 */
const FIAT: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF',
  2: `AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY
      COP CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR
      ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN
      MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS
      SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG`,
  3: 'BHD IQD JOD KWD LYD OMR TND',
};

interface AssetScale {
  readonly decimals: number;
  /** Where an issuer uses another scale on one chain. */
  readonly byNetwork?: Partial<Record<Network, number>>;
}

/**
 * The assets that the gateways of contracts/gateways.md name. Codes only: an alias (TON and GRAM, TONCOIN) means
 * different things at different gateways and belongs to the gateway's folder (NFT-10, XR-2).
 */
const ASSETS: Readonly<Record<string, AssetScale>> = {
  BTC: { decimals: 8 },
  LTC: { decimals: 8 },
  DOGE: { decimals: 8 },
  ETH: { decimals: 18 },
  BNB: { decimals: 18 },
  SOL: { decimals: 9 },
  TRX: { decimals: 6 },
  TON: { decimals: 9 },
  GRAM: { decimals: 9 },
  USDT: { decimals: 6, byNetwork: { bsc: 18 } },
  USDC: { decimals: 6, byNetwork: { bsc: 18 } },
  NOT: { decimals: 9 },
  DOGS: { decimals: 9 },
  HMSTR: { decimals: 9 },
  MAJOR: { decimals: 9 },
  JUSDT: { decimals: 6 },
  JUSDC: { decimals: 6 },
  JET: { decimals: 9 },
};

const fiatDecimals: ReadonlyMap<string, number> = new Map(
  Object.entries(FIAT).flatMap(([decimals, codes]) =>
    codes.split(/\s+/).map((code): [string, number] => [code, Number(decimals)]),
  ),
);
const assets: ReadonlyMap<string, AssetScale> = new Map(Object.entries(ASSETS));

const CODE = /^[A-Za-z0-9]{2,12}$/;

/** Accepts either case (Medusa writes "usd") and answers in upper case; undefined for any other text. */
export const parseCurrency = (text: string): CurrencyCode | undefined =>
  // Branded here only: the pattern has been checked on the line itself, and it is ASCII, so upper case is exact.
  CODE.test(text) ? (text.toUpperCase() as CurrencyCode) : undefined;

export const currencyKind = (code: CurrencyCode): CurrencyKind => {
  if (fiatDecimals.has(code)) return 'fiat';
  return assets.has(code) ? 'crypto' : 'unknown';
};

/** Fraction digits of the currency, on that network where networks differ; undefined for an unknown code. */
export const decimalsOf = (code: CurrencyCode, network?: Network): number | undefined => {
  const asset = assets.get(code);
  if (asset === undefined) return fiatDecimals.get(code);
  return (network === undefined ? undefined : asset.byNetwork?.[network]) ?? asset.decimals;
};
