import { decimalsOf, parseCurrency } from '@gatewright/payment-core';
import type { NativeObject } from '../../kernel/native-json.ts';

interface Group {
  readonly id: string;
  readonly name: string;
  readonly methods: readonly string[];
}

/** The document names the kinds and the ids `crypto` and `cards`; the other ids are ours. */
const GROUPS: readonly Group[] = [
  { id: 'crypto', name: 'Crypto', methods: ['BTC', 'ETH', 'USDT'] },
  { id: 'cards', name: 'Bank cards', methods: ['Visa', 'Mastercard'] },
  { id: 'sepa', name: 'SEPA', methods: ['SEPA'] },
  { id: 'swift', name: 'SWIFT', methods: ['SWIFT'] },
  { id: 'sbp', name: 'SBP', methods: ['SBP'] },
  { id: 'p2p', name: 'P2P', methods: ['P2P'] },
  { id: 'bank_transfer', name: 'Bank transfers', methods: ['Bank transfer'] },
];

export const GROUP_IDS: readonly string[] = GROUPS.map(({ id }) => id);

export const groupsWire = (allowed: readonly string[]): readonly NativeObject[] =>
  GROUPS.map(({ id, name, methods }) => ({
    id,
    name,
    allowed: allowed.includes(id),
    methods: methods.map((method) => ({ id: method.toLowerCase().replaceAll(' ', '_'), name: method })),
  }));

const CRYPTO = ['BTC', 'ETH', 'USDT'];
const FIAT = ['USD', 'EUR', 'GBP', 'RUB', 'TRY', 'PLN', 'CHF', 'JPY', 'KWD', 'AED'];

export const isKnownCurrency = (code: string): boolean => CRYPTO.includes(code) || FIAT.includes(code);

export const fractionDigits = (code: string): number => {
  const currency = parseCurrency(code);
  return (currency && decimalsOf(currency)) ?? 2;
};

/** The shape is undocumented; this one is ours. */
export const currenciesWire = (): NativeObject => ({ success: true, crypto: CRYPTO, fiat: FIAT });
