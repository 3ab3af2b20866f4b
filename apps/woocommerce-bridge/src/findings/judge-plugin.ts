import { type Finding, hours } from '@gatewright/payment-core';
import { connectionFinding } from '../storefront/connection-findings.ts';
import type { PluginReport, PluginStatus } from './plugin-report.ts';

type Check = (status: PluginStatus, at: number) => Finding | undefined;

/** What the plugin needs by its own header. */
const oldestWordPress = [6, 4] as const;
const oldestPhp = [7, 4] as const;

const isOlder = (version: string, [major, minor]: readonly [number, number]): boolean => {
  const [, first, second] = /^(\d+)\.(\d+)/.exec(version) ?? [];
  if (first === undefined || second === undefined) return false;
  return Number(first) < major || (Number(first) === major && Number(second) < minor);
};

const wordPress: Check = ({ versions }) =>
  isOlder(versions.wordpress, oldestWordPress)
    ? {
        code: 'wordpress-too-old',
        severity: 'error',
        cause: `The shop runs WordPress ${versions.wordpress}; the plugin needs 6.4 or newer.`,
        effect: 'Orders may not be marked as paid.',
        remedy: 'Make a backup, then update WordPress under Dashboard, Updates.',
      }
    : undefined;

const php: Check = ({ versions }) =>
  isOlder(versions.php, oldestPhp)
    ? {
        code: 'php-too-old',
        severity: 'error',
        cause: `The shop runs PHP ${versions.php}; the plugin needs 7.4 or newer.`,
        effect: 'Orders may not be marked as paid.',
        remedy: "Choose a newer PHP in the hosting's control panel.",
      }
    : undefined;

const permalinks: Check = (status) =>
  status.permalinks === 'plain'
    ? {
        code: 'permalinks-plain',
        severity: 'error',
        cause: "The shop's permalinks are 'plain'.",
        effect: 'WooCommerce does not know our REST keys there, so paid orders cannot be marked.',
        remedy: 'Choose another structure under Settings, Permalinks.',
      }
    : undefined;

const orderStorage: Check = ({ hpos }) =>
  hpos === false
    ? {
        code: 'orders-in-posts',
        severity: 'info',
        cause: "The shop keeps its orders among its posts and not in WooCommerce's own order tables.",
        effect: 'Gatewright works with both; a shop with many orders becomes slow this way.',
        remedy:
          'Switch on "High-performance order storage" under WooCommerce, Settings, Advanced, Features, once your other plugins say that they can.',
      }
    : undefined;

/** WooCommerce switches a webhook off at the seventh failure in a row (woocommerce.md 4.2). */
const failingWebhooks: Check = ({ webhooks }) => {
  const failing = webhooks.filter(({ status, failures }) => status === 'active' && failures > 0);
  if (failing.length === 0) return undefined;
  const most = Math.max(...failing.map(({ failures }) => failures));
  return {
    code: 'webhook-failing',
    severity: 'warning',
    cause: `The last deliveries of our webhooks failed (${failing.map(({ topic }) => topic).join(', ')}; ${most} in a row).`,
    effect:
      'WooCommerce switches a webhook off at the seventh; cancelled and refunded orders are noticed an hour later.',
    remedy:
      'Look whether the shop can reach this bridge over https on port 443, and its log under WooCommerce, Status, Logs.',
  };
};

const recentMs = hours(24);

const lastErrors: Check = ({ last_errors }, at) => {
  const recent = last_errors.filter((error) => at - error.at * 1_000 < recentMs);
  const newest = recent.toSorted((a, b) => b.at - a.at)[0];
  return newest === undefined
    ? undefined
    : {
        code: 'plugin-errors',
        severity: 'info',
        cause: `In the last day the plugin noted ${recent.length} ${recent.length === 1 ? 'error' : 'errors'}, last "${newest.reason}" (${newest.source}).`,
        effect:
          'Single ones mean little; many of one kind mean that shop and bridge do not understand each other.',
        remedy: "Look at the plugin's log under WooCommerce, Status, Logs.",
      };
};

const checks: readonly Check[] = [wordPress, php, permalinks, failingWebhooks, orderStorage, lastErrors];

/** What an owner should know of the plugin and of what it says about its shop. */
export const judgePlugin = (report: PluginReport): readonly Finding[] => {
  if (report.kind === 'silent') {
    const { cause, remedy } = connectionFinding(report.fault);
    return [
      {
        code: `plugin-${report.fault}`,
        severity: 'error',
        cause: `The shop answers, and its plugin does not: ${cause}`,
        effect: 'Paid orders are not marked as paid in the shop until it does; nothing is lost meanwhile.',
        remedy,
      },
    ];
  }
  return checks.flatMap((check) => check(report.status, report.at) ?? []);
};
