/** The 163 codes that an order may have: BTC is one, USDT and TON are not (woocommerce.md 5.4). */
export const CURRENCIES: readonly string[] = `
  AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL
  BSD BTC BTN BWP BYR BYN BZD CAD CDF CHF CLP CNY COP CRC CUC CUP CVE CZK DJF DKK
  DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GGP GHS GIP GMD GNF GTQ GYD HKD HNL HRK
  HTG HUF IDR ILS IMP INR IQD IRR IRT ISK JEP JMD JOD JPY KES KGS KHR KMF KPW KRW
  KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK
  MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PRB PYG QAR RON
  RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLL SOS SRD SSP STN SYP SZL THB TJS TMT
  TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VEF VES VND VUV WST XAF XCD XOF XPF
  YER ZAR ZMW
`
  .trim()
  .split(/\s+/);

const SYMBOLS: Readonly<Record<string, string>> = {
  USD: '$',
  EUR: '€',
  GBP: '£',
  JPY: '¥',
  BTC: '฿',
  CAD: '$',
  AUD: '$',
  CHF: 'CHF',
  RUB: '₽',
  UAH: '₴',
  INR: '₹',
};

/** The symbol that the REST API shows; the code itself where the double knows none. */
export const currencySymbol = (code: string): string => SYMBOLS[code] ?? code;

const names = new Intl.DisplayNames(['en'], { type: 'currency', fallback: 'code' });

export const currencyName = (code: string): string => names.of(code) ?? code;
