import { describe, expect, test } from 'vitest';
import { type Call, plain } from './front/relay.ts';
import { render } from './report.ts';
import { runChaos } from './run-chaos.ts';
import type { Planted } from './stage.ts';

const seed = 3;
const small = { engine: 'sqlite', seed, orders: 5, kills: 1, settle: { minutes: 20, seconds: 0 } } as const;
const rulesWith = async (planted: Planted) => {
  const result = await runChaos({ ...small, planted });
  return { result, rules: new Set(result.violations.map(({ rule }) => rule)) };
};

describe('planted bugs are found', () => {
  test('a webhook that is acknowledged and not stored', { timeout: 120_000 }, async () => {
    const toBridge = ({ target }: Call) =>
      target.startsWith('/webhooks/') ? plain(200, '{"ok":true}') : undefined;
    const { rules } = await rulesWith({ toBridge });
    expect(rules).toContain('acknowledged-and-lost');
  });

  test('a shop that says "settled" and does nothing; the report names the order and its timeline', {
    timeout: 120_000,
  }, async () => {
    const settled = JSON.stringify({ outcome: 'settled', order_status: 'processing' });
    const toShop = ({ target }: Call) =>
      target.includes('/settle') ? plain(200, settled, 'application/json') : undefined;
    const { result, rules } = await rulesWith({ toShop });
    expect(rules).toContain('paid-not-fulfilled');
    const text = render(result, seed);
    expect(text).toMatch(/VIOLATION paid-not-fulfilled, order \d+ of the plan/);
    expect(text).toMatch(/ paid at [a-z-]+ \(full\)/);
    expect(text).toMatch(/ledger: 1\. invoice, (open|processing) → settled/);
    expect(text).toMatch(/ledger: instruction settle, done/);
  });
});
