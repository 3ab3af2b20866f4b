import { jsonNumber } from '@gatewright/payment-core';
import type { NativeObject } from '../../kernel/native-json.ts';

/** Code, name, least invoice. The codes are the gateway's own: Toncoin is TONCOIN (XR-2). */
const CURRENCIES = [
  ['TONCOIN', 'TON', '0.001'],
  ['USDT', 'Tether USD', '0.01'],
  ['BTC', 'Bitcoin', '0.000001'],
  ['ETH', 'Ethereum', '0.00001'],
  ['BNB', 'BNB', '0.0001'],
  ['TRX', 'TRON', '0.1'],
  ['SOL', 'Solana', '0.0001'],
  ['NOT', 'Notcoin', '1'],
] as const;

/** Undefined for a currency that is none here. */
export const leastInvoice = (code: string): string | undefined =>
  CURRENCIES.find(([candidate]) => candidate === code)?.[2];

export const currencyList = (): readonly NativeObject[] =>
  CURRENCIES.map(([currency, name, least]) => ({
    currency,
    name,
    minTransfer: jsonNumber(least),
    minCheque: jsonNumber(least),
    minInvoice: jsonNumber(least),
    minWithdraw: jsonNumber(least),
  }));
