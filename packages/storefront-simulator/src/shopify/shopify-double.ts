import type { Checkout, CheckoutRequest } from './checkout/checkout.ts';
import type { Order } from './checkout/order.ts';
import type { Faults } from './faults.ts';
import type { JournalEntry } from './journal.ts';
import type { TokenAnswer } from './oauth/tokens.ts';
import type { AppRegistration, ShopOptions } from './options.ts';
import type { Browser } from './people/browser.ts';
import type { Merchant } from './people/merchant.ts';
import type { FollowUpSession } from './sessions/follow-up-session.ts';
import type { PaymentSession } from './sessions/payment-session.ts';
import type { KeyAndCertificate } from './tls/certificate-authority.ts';
import type { ClientCertificates } from './tls/client-certificates.ts';

/** One answer of the app to a repeated session request. */
export interface Redelivery {
  /** Undefined when no answer came. */
  readonly status: number | undefined;
  readonly body: string;
}

/** What the payments settings of a shop show about the app's gateway. */
export interface GatewayState {
  readonly installed: boolean;
  readonly scopes: readonly string[];
  /** `paymentsAppConfigure`; undefined before the first call. */
  readonly configuration: { readonly ready: boolean; readonly externalHandle: string | null } | undefined;
  readonly active: boolean;
  readonly testMode: boolean;
}

export interface Shop {
  readonly domain: string;
  readonly merchant: Merchant;
  /** A buyer with a full cart, before payment. */
  checkout(request: CheckoutRequest): Checkout;
  /** Orders exist from a resolved or pending payment on, also when the buyer never comes back. */
  orders(): readonly Order[];
  order(id: number): Order | undefined;
  /** Payment sessions, oldest first. */
  payments(): readonly PaymentSession[];
  payment(id: string): PaymentSession | undefined;
  /** Refunds, captures and voids, oldest first. */
  followUps(): readonly FollowUpSession[];
  gateway(): GatewayState;
  /**
   * An installation without the walk through OAuth: grants all scopes and hands out an offline token as the token
   * endpoint would. `expiring` false gives the kind that public apps may no longer use.
   */
  grantToken(expiring?: boolean): TokenAnswer;
}

/** Shopify as one local HTTPS server for all `*.myshopify.com`, and the client that calls the app. */
export interface ShopifyDouble {
  /** Where every `*.myshopify.com` is; a browser needs `--host-resolver-rules="MAP *.myshopify.com 127.0.0.1:<port>"`. */
  readonly address: { readonly host: '127.0.0.1'; readonly port: number };
  /** PEM of the authority behind the certificate of `*.myshopify.com`, and behind `issueServerCertificate`. */
  readonly serverCa: string;
  /** The global fetch, except that `https://*.myshopify.com` arrives here. */
  readonly fetch: typeof fetch;
  /** A certificate that Shopify trusts, for the app's mTLS listener; hosts are names or addresses such as 127.0.0.1. */
  issueServerCertificate(hosts: readonly string[]): Promise<KeyAndCertificate>;
  readonly clientCertificates: ClientCertificates;
  /** @throws for an extension that `shopify app deploy` would refuse: a session URL without https, an unknown version. */
  deployApp(app: AppRegistration): void;
  /** @throws when the domain is no `*.myshopify.com` or is open already. */
  openShop(options: ShopOptions): Shop;
  /** A person's browser without cookies; it finds the shops here and the app at its own address. */
  newBrowser(): Browser;
  readonly faults: Faults;
  /** All calls in both directions, oldest first. */
  readonly journal: readonly JournalEntry[];
  /** Does what the clock has made due: webhooks and their repeats, pending payments that ran out. */
  runDue(): Promise<void>;
  /** Sends a session request again as it was, `copies` times at once; changes nothing at Shopify (rule 3). */
  redeliver(sessionId: string, copies?: number): Promise<readonly Redelivery[]>;
  close(): Promise<void>;
}
