import { activate, deactivate, settingsPath } from '../checkout/settings-page.ts';
import { requestFollowUp, retryFollowUp } from '../sessions/request-follow-up.ts';
import { deployedApp, type Platform, type ShopState } from '../store/platform.ts';
import { shopUrl } from '../store/urls.ts';
import { redactCustomer, requestCustomerData, uninstall } from '../webhooks/events.ts';
import type { Browser, Page } from './browser.ts';
import { install } from './install.ts';

export interface InstallOptions {
  /** Something between Shopify and the callback: a forged hmac, a changed state, or another shop's name. */
  readonly tamper?: 'hmac' | 'state' | 'shop';
  /** Uses a browser with the cookies it has; default: a new one. */
  readonly browser?: Browser;
}

export interface InstallResult {
  /** Where the walk ended, in the app or at Shopify. */
  readonly page: Page;
  readonly browser: Browser;
  /** The callback as the browser followed it; undefined when Shopify refused before. */
  readonly callbackUrl: string | undefined;
  /** Whether the consent page was shown and agreed to. */
  readonly consented: boolean;
}

export type FollowUpOutcome =
  /** The app answered 201 and now owes a resolve or reject. */
  | { readonly ok: true; readonly sessionId: string; readonly gid: string }
  /** Nothing was sent: the admin would not offer it. */
  | {
      readonly ok: false;
      readonly reason:
        | 'no-such-order'
        | 'not-paid'
        | 'not-authorized'
        | 'amount-too-large'
        | 'bad-amount'
        | 'not-supported'
        | 'not-installed';
    }
  /** Sent and not accepted; `retry` sends it again. */
  | { readonly ok: false; readonly reason: 'gateway-error'; readonly sessionId: string };

export type ActivationOutcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'not-installed' | 'not-ready' | 'no-test-mode' };

/** What the owner of a shop does in the admin. */
export interface Merchant {
  /** Opens the app from the admin and follows it through OAuth, agreeing to what it asks for. */
  install(options?: InstallOptions): Promise<InstallResult>;
  /** The page that activates the gateway: `/services/payments_partners/gateways/{api_key}/settings`. */
  readonly settingsUrl: string;
  activate(options?: { readonly testMode?: boolean }): ActivationOutcome;
  deactivate(): void;
  /** Amount in the order's currency; default: all that is left. */
  refund(orderId: number, amount?: string): Promise<FollowUpOutcome>;
  capture(orderId: number, amount?: string): Promise<FollowUpOutcome>;
  void(orderId: number): Promise<FollowUpOutcome>;
  /** Sends a failed refund, capture or void again with the same id and body. */
  retry(sessionId: string): Promise<FollowUpOutcome>;
  /** Tokens die at once; the webhooks leave with the next `runDue`, shop/redact 48 h later. */
  uninstall(): void;
  /** Queues customers/data_request. */
  requestCustomerData(email: string): void;
  /** Queues customers/redact. */
  redactCustomer(email: string): void;
}

export const createMerchant = (platform: Platform, shop: ShopState): Merchant => ({
  install: (options) => install(platform, shop, options),
  get settingsUrl() {
    return shopUrl(shop.domain, settingsPath(deployedApp(platform).apiKey));
  },
  activate: ({ testMode = false } = {}) => activate(platform, shop, testMode),
  deactivate: () => deactivate(shop),
  refund: (orderId, amount) => requestFollowUp(platform, shop, { type: 'refund', orderId, amount }),
  capture: (orderId, amount) => requestFollowUp(platform, shop, { type: 'capture', orderId, amount }),
  void: (orderId) => requestFollowUp(platform, shop, { type: 'void', orderId }),
  retry: (sessionId) => retryFollowUp(platform, shop, sessionId),
  uninstall: () => uninstall(platform, shop),
  requestCustomerData: (email) => requestCustomerData(platform, shop, email),
  redactCustomer: (email) => redactCustomer(platform, shop, email),
});
