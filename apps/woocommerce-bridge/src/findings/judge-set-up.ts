import { decimalsOf, type Finding, minutes, type Offer, parseCurrency } from '@gatewright/payment-core';
import type { RestOnly } from '../storefront/store-settings.ts';
import type { WebhookAction } from '../watchdog/shop-webhooks.ts';
import { judgePlugin } from './judge-plugin.ts';
import type { PluginReport } from './plugin-report.ts';
import type { ShopFacts } from './shop-facts.ts';

/** Everything a set-up is judged by; nothing else is looked at. */
export interface SetUp {
  readonly facts: ShopFacts;
  /** Base URL the store is known under. */
  readonly storeUrl: string;
  readonly sandbox: boolean;
  readonly paired: boolean;
  readonly restOnly: RestOnly | null;
  readonly webhooks: readonly WebhookAction[];
  /** Null: there is no paired plugin to ask. */
  readonly report: PluginReport | null;
  /** Can the store's accounts take an ordinary order in the shop's currency? */
  readonly offers: readonly Offer[];
  /** The longest that an attempt can be paid, ms. */
  readonly invoiceExpiryMs: number;
}

type Check = (setUp: SetUp) => readonly Finding[];

const finding = (
  severity: Finding['severity'],
  code: string,
  cause: string,
  effect: string,
  remedy: string,
): readonly Finding[] => [{ code, severity, cause, effect, remedy }];

/** The oldest version this was tried with (woocommerce.md 1). */
const oldest = [8, 2] as const;

const isTooOld = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < oldest[0] || (major === oldest[0] && minor < oldest[1]);
};

const versions: Check = ({ facts: { wooCommerce } }) =>
  isTooOld(wooCommerce)
    ? finding(
        'error',
        'woocommerce-too-old',
        `The shop runs WooCommerce ${wooCommerce}; Gatewright needs 8.2 or newer.`,
        'Orders may not be marked as paid.',
        'Make a backup, then update WooCommerce under Dashboard, Updates.',
      )
    : [];

const https: Check = ({ storeUrl, sandbox }) =>
  storeUrl.startsWith('https:')
    ? []
    : finding(
        sandbox ? 'warning' : 'error',
        'shop-not-https',
        'The shop is reached over http, without encryption.',
        'Anybody on the way can read orders and keys; such a shop works in a sandbox only.',
        'Get a TLS certificate, set both addresses under Settings, General to https, then connect again.',
      );

const address: Check = ({ facts: { homeUrl }, storeUrl }) =>
  URL.parse(homeUrl)?.host === URL.parse(storeUrl)?.host
    ? []
    : finding(
        'warning',
        'shop-address-differs',
        `The shop calls itself ${homeUrl}, and is known here as ${storeUrl}.`,
        'Links back to the shop may be refused.',
        'Add the shop under the address that stands in Settings, General, and connect it again.',
      );

const clockTolerance = minutes(4);

const clock: Check = ({ facts: { clockSkewMs } }) =>
  clockSkewMs === null || Math.abs(clockSkewMs) < clockTolerance
    ? []
    : finding(
        'error',
        'shop-clock-wrong',
        `The shop's clock is ${Math.round(Math.abs(clockSkewMs) / 60_000)} minutes ${clockSkewMs > 0 ? 'ahead' : 'behind'}.`,
        'Calls between shop and bridge are refused: their signatures are valid for five minutes.',
        "Have the host set the server's clock (NTP).",
      );

const currencyScale: Check = ({ facts }) => {
  const currency = parseCurrency(facts.currency);
  const scale = currency && decimalsOf(currency);
  return scale === undefined || facts.decimals <= scale
    ? []
    : finding(
        'warning',
        'currency-decimals',
        `The shop shows ${facts.decimals} decimals, and ${facts.currency} has ${scale}.`,
        'Orders with a fraction that does not exist cannot be paid through Gatewright.',
        `Set "Number of decimals" to ${scale} under WooCommerce, Settings, General.`,
      );
};

const accounts: Check = ({ offers, facts: { currency } }) => {
  if (offers.length === 0)
    return finding(
      'error',
      'no-account',
      'This store has no gateway account.',
      'No shopper can pay through Gatewright.',
      "Add one on the bridge's page for connecting, or with `gatewright account add`.",
    );
  if (offers.some(({ available }) => available)) return [];
  const why = offers.flatMap((offer) => (offer.available ? [] : [`${offer.title}: ${offer.text.owner}`]));
  return finding(
    'error',
    'currency-not-taken',
    `None of the accounts can take an order in ${currency} now. ${why.join(' ')}`,
    'The payment method is hidden at checkout.',
    'Add an account that takes the currency, or an exchange rate for it.',
  );
};

const plugin: Check = ({ facts, paired, restOnly }) => {
  if (restOnly !== null) {
    return facts.plugin === null
      ? []
      : finding(
          'warning',
          'plugin-beside-rest-only',
          'The Gatewright plugin is active in a shop that is in REST-only mode.',
          'Orders are written without the lock that the plugin has.',
          'Switch REST-only mode off; the plugin then settles orders exactly once.',
        );
  }
  if (facts.plugin === null)
    return finding(
      'error',
      'plugin-missing',
      'The Gatewright plugin is not active in the shop.',
      'Shoppers are not offered its payments, and paid orders cannot be marked.',
      'Install and activate "Gatewright for WooCommerce". Where plugins cannot be installed, switch REST-only mode on.',
    );
  return paired
    ? []
    : finding(
        'error',
        'plugin-not-paired',
        'The plugin is active and not paired with this bridge.',
        'It cannot ask for payments.',
        "Make a code with `gatewright pair` and paste it into the plugin's settings.",
      );
};

const holdStock: Check = ({ facts: { holdStockMinutes }, restOnly, invoiceExpiryMs }) => {
  if (holdStockMinutes === null) return [];
  if (restOnly !== null)
    return finding(
      'info',
      'hold-stock',
      `WooCommerce cancels orders that stay "pending" for ${holdStockMinutes} minutes.`,
      'Orders by a method that puts them "on hold", as the bank transfer does, are not touched; others end before a late payment.',
      'Use a method that puts orders on hold, or raise "Hold stock" under WooCommerce, Settings, Products, Inventory.',
    );
  return minutes(holdStockMinutes) >= invoiceExpiryMs
    ? []
    : finding(
        'warning',
        'hold-stock-short',
        `WooCommerce cancels unpaid orders after ${holdStockMinutes} minutes, and a payment may take ${Math.round(invoiceExpiryMs / 60_000)}.`,
        'The plugin keeps orders that have a payment under way; without an answer of the bridge it keeps them too.',
        'Raise "Hold stock (minutes)" under WooCommerce, Settings, Products, Inventory.',
      );
};

const wpCron: Check = ({ facts }) =>
  facts.wpCron === false
    ? finding(
        'info',
        'wp-cron-off',
        "WordPress' own clockwork is switched off (DISABLE_WP_CRON).",
        'The shop tells us of changed orders only when its host runs wp-cron.php.',
        'Make sure that the host calls wp-cron.php every minute or five.',
      )
    : [];

const webhooks: Check = ({ webhooks: actions }) => {
  const paused = actions.filter(({ done }) => done === 'paused').map(({ topic }) => topic);
  if (paused.length > 0)
    return finding(
      'warning',
      'webhook-paused',
      `Somebody paused our webhooks in the shop (${paused.join(', ')}).`,
      'Cancelled and refunded orders are not noticed.',
      'Set them to "Active" under WooCommerce, Settings, Advanced, Webhooks.',
    );
  const enabled = actions.filter(({ done }) => done === 'enabled').map(({ topic }) => topic);
  return enabled.length === 0
    ? []
    : finding(
        'info',
        'webhook-enabled-again',
        `WooCommerce had switched our webhooks off after failed deliveries (${enabled.join(', ')}); they are on again.`,
        'News of that time may have been lost; orders with a payment are read again by themselves.',
        'If it happens again, look whether the shop can reach this bridge over https on port 443.',
      );
};

const checks: readonly Check[] = [
  versions,
  https,
  address,
  clock,
  plugin,
  accounts,
  currencyScale,
  holdStock,
  webhooks,
  ({ report }) => (report === null ? [] : judgePlugin(report)),
  wpCron,
];

/** What an owner should know of a set-up, what breaks payments first. */
export const judgeSetUp = (setUp: SetUp): readonly Finding[] => {
  const order = { error: 0, warning: 1, info: 2 } as const;
  return checks.flatMap((check) => check(setUp)).toSorted((a, b) => order[a.severity] - order[b.severity]);
};
