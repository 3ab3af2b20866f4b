import { describe, expect, it } from 'vitest';
import { gateways } from '../../../../packages/payment-core/src/index.ts';
import { capabilityTable } from './capability-table.ts';
import { withCapabilities } from './gateway-page.ts';

const page = (inside: string) => `# A\n<!-- capabilities:start -->${inside}<!-- capabilities:end -->\nend\n`;

describe('a gateway page', () => {
  it('keeps everything around the block', () => {
    expect(withCapabilities(page('old'), 'new')).toBe(page('\n\nnew\n\n'));
  });

  it('is stable', () => {
    const once = withCapabilities(page(''), 'table') ?? '';
    expect(withCapabilities(once, 'table')).toBe(once);
  });

  it('is refused without a block', () => {
    expect(withCapabilities('# A', 'table')).toBeUndefined();
  });

  it('answers every question for every gateway', () => {
    const tables = gateways().map(capabilityTable);
    expect(new Set(tables.map((table) => table.split('\n').length)).size).toBe(1);
    for (const table of tables) expect(table).not.toMatch(/undefined|\[object/);
  });
});
