import type { ChaosResult } from './run-chaos.ts';

const list = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ') || 'none';

/** The report of one run, for a person. */
export const render = (
  { engine, plan, counts, reviews, violations, errors, seconds }: ChaosResult,
  seed: number,
): string => {
  const n = (name: string): number => counts[name] ?? 0;
  const lines = [
    '',
    `${engine === 'sqlite' ? 'one process on SQLite' : 'three replicas on PostgreSQL'} (seed ${seed}, plan ${plan}), ${Math.round(seconds)} s, ${n('minutesPassed')} minutes on their clocks`,
    `  orders      ${n('orders')}; checkouts ${n('checkouts')}, of which the bridge could not answer ${n('checkoutsRefused')}`,
    `  payments    ${n('payments')} taken by the gateways, ${n('paymentsRefused')} refused by them`,
    `  webhooks    ${n('webhooksSent')} sent: ${n('webhooksAcknowledged')} acknowledged, ${n('webhooksRefused')} refused, ${n('webhooksUnanswered')} met no bridge`,
    `              payments whose webhook was lost ${n('webhooksLost')}, dropped and repeated ${n('webhooksDropped')}, duplicated ${n('webhooksDuplicated')}, delayed ${n('webhooksDelayed')}, reordered ${n('webhooksReordered')}`,
    `  shop        ${n('shopCalls')} calls, of which ${n('shopCallsSpoilt')} failed or lost their answer; gateways' APIs failed ${n('apiFaults')} times`,
    `  bridges     ${n('kills')} killed, ${n('restarts')} started again; ${errors.length} lines logged as errors`,
    `  fulfilments ${n('fulfilments')}; paid in time, heard of after the expiry and held for a person ${n('heldForWantOfTime')}; never told by Teleport Pay ${n('silent')}, and after the expiry ${n('unheardLate')}`,
    `  refunds     ${n('refundsAsked')} calls; ${n('refundsMade')} made by the gateway, ${n('refundsUnknown')} left to a person`,
    `  reviews     ${n('reviews')}: ${list(reviews)}`,
    `  violations  ${violations.length}`,
  ];
  for (const { rule, order, detail, timeline } of violations) {
    lines.push('', `  VIOLATION ${rule}${order === null ? '' : `, order ${order} of the plan`}: ${detail}`);
    for (const line of timeline) lines.push(`    ${line}`);
  }
  return `${lines.join('\n')}\n`;
};
