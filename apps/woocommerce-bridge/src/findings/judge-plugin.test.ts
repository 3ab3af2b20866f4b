import { hours } from '@gatewright/payment-core';
import { describe, expect, test } from 'vitest';
import { judgePlugin } from './judge-plugin.ts';
import type { PluginStatus } from './plugin-report.ts';

const at = 1_795_248_830_000;

const good: PluginStatus = {
  versions: { wordpress: '7.1', php: '8.2.35', plugin: '0.0.0' },
  hpos: true,
  blocks: true,
  permalinks: 'pretty',
  webhooks: [{ topic: 'order.updated', status: 'active', failures: 0 }],
  last_errors: [{ at: (at - hours(25)) / 1_000, source: 'bridge-call', reason: 'unreachable' }],
};

const codes = (change: Partial<PluginStatus>): string[] =>
  judgePlugin({ kind: 'status', status: { ...good, ...change }, at }).map(
    ({ severity, code }) => `${severity} ${code}`,
  );
const versions = (change: Partial<PluginStatus['versions']>) => ({
  versions: { ...good.versions, ...change },
});

describe('what the plugin says of its shop', () => {
  test.each<[string, Partial<PluginStatus>, readonly string[]]>([
    ['all is well', {}, []],
    ['WordPress 6.3', versions({ wordpress: '6.3.9' }), ['error wordpress-too-old']],
    ['WordPress 6.4', versions({ wordpress: '6.4' }), []],
    ['WordPress 10.0', versions({ wordpress: '10.0-RC1' }), []],
    ['PHP 7.3', versions({ php: '7.3.33' }), ['error php-too-old']],
    ['PHP 7.4', versions({ php: '7.4.0' }), []],
    ['nothing of its versions', versions({ php: '', wordpress: '' }), []],
    ['plain permalinks', { permalinks: 'plain' }, ['error permalinks-plain']],
    ['orders among posts', { hpos: false }, ['info orders-in-posts']],
    ['nothing of its orders', { hpos: null, blocks: null, permalinks: null }, []],
    [
      'a webhook that fails',
      { webhooks: [{ topic: 'order.updated', status: 'active', failures: 5 }] },
      ['warning webhook-failing'],
    ],
    [
      'a webhook that is off, which the watchdog switches on',
      { webhooks: [{ topic: 'order.updated', status: 'disabled', failures: 6 }] },
      [],
    ],
    [
      'an error of today',
      { last_errors: [{ at: (at - hours(1)) / 1_000, source: 'bridge-call', reason: 'unreachable' }] },
      ['info plugin-errors'],
    ],
  ])('%s', (_name, change, expected) => {
    expect(codes(change)).toEqual(expected);
  });

  test('that it does not answer is an error with the remedy for its reason', () => {
    const [finding] = judgePlugin({ kind: 'silent', fault: 'unauthorized' });
    expect(finding).toMatchObject({ code: 'plugin-unauthorized', severity: 'error' });
    expect(finding?.remedy).toContain('pair the plugin again');
  });

  test('every finding has a cause, an effect and a remedy', () => {
    const all = judgePlugin({
      kind: 'status',
      at,
      status: {
        ...good,
        ...versions({ php: '7.0.1', wordpress: '5.9' }),
        hpos: false,
        permalinks: 'plain',
        webhooks: [{ topic: 'order.updated', status: 'active', failures: 1 }],
        last_errors: [{ at: at / 1_000, source: 's', reason: 'r' }],
      },
    });
    expect(all).toHaveLength(6);
    for (const finding of all)
      for (const text of [finding.cause, finding.effect, finding.remedy]) expect(text).toMatch(/^\S.+\.$/s);
  });
});
