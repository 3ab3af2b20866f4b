import type { Clock } from '@gatewright/payment-core';
import type { Random } from '../../random.ts';
import type { Customer } from '../checkout/checkout.ts';
import type { Order } from '../checkout/order.ts';
import type { FaultBoard } from '../faults.ts';
import type { RequestBudget } from '../graphql/request-budget.ts';
import type { JournalEntry } from '../journal.ts';
import type { AuthorizationCodes } from '../oauth/authorization-codes.ts';
import type { TokenVault } from '../oauth/token-vault.ts';
import type { AppRegistration } from '../options.ts';
import type { FollowUpSession } from '../sessions/follow-up-session.ts';
import type { PaymentSession } from '../sessions/payment-session.ts';
import type { ClientCertificates } from '../tls/client-certificates.ts';
import type { Agenda } from './agenda.ts';
import type { Settings } from './settings.ts';

/** A checkout as Shopify keeps it. */
export interface CheckoutState {
  readonly token: string;
  readonly group: string;
  readonly buyerSession: string;
  readonly amount: string;
  readonly currency: string;
  readonly kind: 'sale' | 'authorization';
  readonly customer: Customer | null;
  orderId: number | undefined;
}

export interface Installation {
  readonly scopes: readonly string[];
  configuration: { readonly ready: boolean; readonly externalHandle: string | null } | undefined;
  active: boolean;
  testMode: boolean;
}

export interface ShopState {
  readonly id: number;
  readonly domain: string;
  readonly currency: string;
  readonly merchantLocale: string;
  installation: Installation | undefined;
  readonly tokens: TokenVault;
  readonly budget: RequestBudget;
  readonly checkouts: Map<string, CheckoutState>;
  readonly payments: Map<string, PaymentSession>;
  readonly followUps: Map<string, FollowUpSession>;
  readonly orders: Map<number, Order>;
}

/** Everything that Shopify knows. */
export interface Platform {
  readonly clock: Clock;
  readonly random: Random;
  readonly settings: Settings;
  readonly agenda: Agenda;
  readonly faults: FaultBoard;
  readonly identity: ClientCertificates;
  readonly journal: JournalEntry[];
  readonly shops: Map<string, ShopState>;
  readonly codes: AuthorizationCodes;
  /** PEM: whom Shopify trusts on `*.myshopify.com`, and on the app unless it names its own. */
  readonly serverCa: string;
  /** The port of `*.myshopify.com` on loopback. */
  port: number;
  app: AppRegistration | undefined;
}

/** @throws when no app was deployed: a test's own mistake. */
export const deployedApp = ({ app }: Platform): AppRegistration => {
  if (app === undefined) throw new Error('no app was deployed: call deployApp first');
  return app;
};

/** What the app's own addresses are checked against. */
export const trustedCa = ({ app, serverCa }: Platform): string => app?.trustedServerCa ?? serverCa;
