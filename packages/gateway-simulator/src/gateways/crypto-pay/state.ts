import { addDecimal, type Decimal, parseDecimal } from '@gatewright/payment-core';
import { exact } from '../../kernel/exact.ts';
import { ALPHANUMERIC, type SeededRandom } from '../../kernel/random.ts';

/** One Crypto Pay app: what `@CryptoBot` calls My Apps. Its token is its only credential. */
export interface App {
  readonly accountId: string;
  readonly appId: number;
  readonly name: string;
  readonly token: string;
  /** `transfer` and `createCheck` are off until switched on in the bot's Security menu. */
  readonly payouts: boolean;
  /** Null: off, by choice or after 17 failures. */
  webhookUrl: string | null;
  readonly invoices: Map<string, Invoice>;
  readonly balances: Map<string, Decimal>;
  readonly checks: Map<number, Check>;
  readonly transfers: Map<string, Transfer>;
}

/** Times in ms since the epoch. */
export interface Invoice {
  /** int64 as digits. */
  readonly id: string;
  readonly hash: string;
  readonly currencyType: 'crypto' | 'fiat';
  /** The asset, or the fiat. */
  readonly currency: string;
  readonly acceptedAssets: readonly string[];
  readonly amount: Decimal;
  readonly swapTo: string | undefined;
  readonly description: string | undefined;
  readonly hiddenMessage: string | undefined;
  readonly paidButton: { readonly name: string; readonly url: string } | undefined;
  readonly payload: string | undefined;
  readonly allowComments: boolean;
  readonly allowAnonymous: boolean;
  readonly createdAt: number;
  readonly expiresAt: number | undefined;
  payment: Payment | undefined;
}

export interface Payment {
  readonly paidAt: number;
  readonly asset: string;
  readonly amount: Decimal;
  /** Only for fiat invoices. */
  readonly fiatRate: Decimal | undefined;
  readonly usdRate: Decimal;
  readonly fee: Decimal;
  readonly comment: string | undefined;
  readonly anonymous: boolean;
  readonly swap: Swap | undefined;
}

export interface Swap {
  readonly uid: string;
  readonly to: string;
  readonly rate: Decimal;
  readonly output: Decimal;
  readonly usdRate: Decimal;
  readonly usdAmount: Decimal;
}

export interface Check {
  readonly id: number;
  readonly hash: string;
  readonly asset: string;
  readonly amount: Decimal;
  readonly createdAt: number;
}

export interface Transfer {
  readonly id: number;
  readonly spendId: string;
  readonly userId: string;
  readonly asset: string;
  readonly amount: Decimal;
  readonly comment: string | undefined;
  readonly completedAt: number;
}

/** Mainnet or testnet: hosts, tokens and ids of their own (CP-14). */
export interface Network {
  readonly testnet: boolean;
  readonly origin: string;
  readonly botUsername: string;
  readonly apps: Map<string, App>;
  nextInvoiceId: bigint;
  lastAppId: number;
  nextPayoutId: number;
  updates: number;
}

export const createNetwork = (testnet: boolean, origin: string): Network => ({
  testnet,
  origin,
  botUsername: testnet ? 'CryptoTestnetBot' : 'CryptoBot',
  apps: new Map(),
  // Apart from each other, so that an id names one app and one invoice in the whole simulator.
  nextInvoiceId: testnet ? 91_001n : 528_347n,
  lastAppId: testnet ? 5_000_000 : 10_000,
  nextPayoutId: 1,
  updates: 0,
});

export type InvoiceStatus = 'active' | 'paid' | 'expired';

export const statusOf = (invoice: Invoice, now: number): InvoiceStatus => {
  if (invoice.payment !== undefined) return 'paid';
  return invoice.expiresAt !== undefined && invoice.expiresAt <= now ? 'expired' : 'active';
};

export interface NewApp {
  readonly name: string;
  readonly payouts: boolean;
  readonly webhookUrl: string | null;
  readonly balances: Readonly<Record<string, string>>;
}

export const addApp = (network: Network, random: SeededRandom, options: NewApp): App => {
  network.lastAppId += 1 + random.below(97);
  const appId = network.lastAppId;
  const app: App = {
    accountId: `app-${appId}`,
    appId,
    name: options.name,
    token: `${appId}:AA${random.text(33, ALPHANUMERIC)}`,
    payouts: options.payouts,
    webhookUrl: options.webhookUrl,
    invoices: new Map(),
    balances: new Map(Object.entries(options.balances).map(([asset, amount]) => [asset, exact(amount)])),
    checks: new Map(),
    transfers: new Map(),
  };
  network.apps.set(app.token, app);
  return app;
};

export const credit = (app: App, asset: string, amount: Decimal): void => {
  app.balances.set(asset, addDecimal(app.balances.get(asset) ?? exact('0'), amount));
};

/** Non-unique on purpose (CP-1): every third update repeats the id of the one before it. */
export const takeUpdateId = (network: Network): number => {
  const count = network.updates++;
  return 7723 + count - Math.floor((count + 1) / 3);
};

export const isDecimalText = (text: string): boolean => parseDecimal(text) !== undefined;
