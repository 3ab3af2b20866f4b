import type { Decimal } from '@gatewright/payment-core';
import { ALPHANUMERIC, type SeededRandom } from '../../kernel/random.ts';

/** One app of the bot's Rocket Pay menu. Its key is its only credential. */
export interface App {
  readonly accountId: string;
  readonly name: string;
  readonly apiKey: string;
  /** App-wide; null: off, which is the default. */
  webhookUrl: string | null;
  readonly invoices: Map<string, Invoice>;
  readonly balances: Map<string, Decimal>;
}

/** Times in ms since the epoch. */
export interface Invoice {
  readonly id: string;
  readonly hash: string;
  /** Zero: the shopper names the amount. */
  readonly amount: Decimal;
  readonly minPayment: Decimal;
  /** Zero: any number of payments. */
  readonly numPayments: number;
  readonly currency: string;
  readonly description: string | undefined;
  readonly hiddenMessage: string | undefined;
  readonly commentsEnabled: boolean;
  readonly callbackUrl: string | undefined;
  readonly payload: string | undefined;
  readonly createdAt: number;
  /** Seconds; zero: never. */
  readonly expiredIn: number;
  readonly payments: Payment[];
}

export interface Payment {
  readonly userId: number;
  readonly amount: Decimal;
  /** Without the fee. */
  readonly received: Decimal;
  readonly comment: string;
  readonly paidAt: number;
}

export interface Gateway {
  readonly origin: string;
  readonly apps: Map<string, App>;
  nextInvoiceId: number;
}

export const createGateway = (origin: string): Gateway => ({
  origin,
  apps: new Map(),
  nextInvoiceId: 84_211,
});

export const expiresAt = ({ createdAt, expiredIn }: Invoice): number | undefined =>
  expiredIn === 0 ? undefined : createdAt + expiredIn * 1000;

export type InvoiceStatus = 'active' | 'paid' | 'expired';

/** XR-3: an invoice for several payments stays active until the last one. */
export const statusOf = (invoice: Invoice, now: number): InvoiceStatus => {
  if (invoice.numPayments > 0 && invoice.payments.length >= invoice.numPayments) return 'paid';
  const end = expiresAt(invoice);
  return end !== undefined && end <= now ? 'expired' : 'active';
};

export const addApp = (
  gateway: Gateway,
  random: SeededRandom,
  options: { readonly name: string; readonly webhookUrl: string | null },
): App => {
  const app: App = {
    accountId: `app-${gateway.apps.size + 1}`,
    name: options.name,
    apiKey: random.text(25, ALPHANUMERIC),
    webhookUrl: options.webhookUrl,
    invoices: new Map(),
    balances: new Map(),
  };
  gateway.apps.set(app.apiKey, app);
  return app;
};
