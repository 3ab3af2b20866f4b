import type { Clock } from '@gatewright/payment-core';

/** How Shopify is set up; everything but the clock has a default. */
export interface ShopifyOptions {
  /** Shopify's time: tokens, pending payments, webhooks and the request budget. It moves work only in `runDue`. */
  readonly clock: Clock;
  /** The clock of the OAuth `timestamp`; the npm library holds it against real time, which is the default. */
  readonly oauthClock?: Clock;
  /** Ids, codes and tokens; random when absent. Keys of certificates are always fresh. */
  readonly seed?: number;
  /** Default 0: any free port. */
  readonly port?: number;
  /** How often a session request is sent before Shopify gives up; default 3 (rule 2: "several times"). */
  readonly deliveryAttempts?: number;
  /** Real milliseconds that the app has to answer a session request; default 10 000. */
  readonly answerTimeoutMs?: number;
  /** Real milliseconds that the app has to answer a webhook; default 5 000. */
  readonly webhookTimeoutMs?: number;
  /** Waits before a repeated session request and for the magic name `delay-N`; default: it does not wait. */
  readonly pause?: (ms: number) => Promise<void>;
  /** How far `pendingExpiresAt` may lie ahead; default 72 h (rule 7). */
  readonly pendingLimitMs?: number;
  /** Whether a buyer may use the gateway again after a rejected session of the same checkout; default `refused`. */
  readonly retryAfterReject?: 'refused' | 'allowed';
  /** The leaky bucket of the GraphQL API for each shop; default 1 092 000 points, 54 600 restored per second. */
  readonly requestBudget?: { readonly maximumAvailable: number; readonly restoreRate: number };
  /**
   * Lets people cause trouble from a browser (rule 18); default false. A buyer with the first name 400, 404 or 500
   * makes the app's answers look like that status, `delay-N` makes Shopify N seconds late, and a refund of 999 was
   * rejected before the app answers.
   */
  readonly magicInputs?: boolean;
  /** Takes a `redirect_url` of http on a loopback host for https (rule 2), for an app without TLS; default false. */
  readonly loopbackHttp?: boolean;
}

export interface ShopOptions {
  /** `<name>.myshopify.com`. */
  readonly domain: string;
  /** The shop's own currency; default USD. */
  readonly currency?: string;
  /** The merchant's language, BCP 47; default en. */
  readonly merchantLocale?: string;
}

/** The payments extension as deployed: all URLs https. Without a capture and void URL Shopify cannot send those. */
export interface PaymentsExtension {
  readonly apiVersion: string;
  readonly paymentSessionUrl: string;
  readonly refundSessionUrl: string;
  readonly captureSessionUrl?: string;
  readonly voidSessionUrl?: string;
  readonly testModeAvailable?: boolean;
}

/** What `shopify app deploy` tells Shopify about the app. Deploying again replaces it; installations stay. */
export interface AppRegistration {
  readonly apiKey: string;
  readonly apiSecret: string;
  /** Where Shopify opens the app: `<applicationUrl>?shop=…&hmac=…&host=…&timestamp=…`. */
  readonly applicationUrl: string;
  /** Exact addresses that OAuth may send the merchant back to. */
  readonly redirectUrls: readonly string[];
  /** Public apps must use expiring tokens (rule 12); default `public`. */
  readonly distribution?: 'public' | 'custom';
  /**
   * False: Shopify has not approved it as a payments partner. Then it is granted no scope of payments, so the API denies
   * it everything and its gateway cannot be activated; default true.
   */
  readonly approved?: boolean;
  /** Scopes of the toml; those of payments come with the extension. Default none. */
  readonly scopes?: readonly string[];
  /** The address of the webhooks, one for all topics, or one for each. */
  readonly webhooks: string | Readonly<Record<WebhookTopic, string>>;
  readonly extension: PaymentsExtension;
  /** PEM certificates that Shopify trusts on the app's session URLs; default: the simulator's `serverCa`. */
  readonly trustedServerCa?: string;
}

export type WebhookTopic = 'app/uninstalled' | 'customers/data_request' | 'customers/redact' | 'shop/redact';
