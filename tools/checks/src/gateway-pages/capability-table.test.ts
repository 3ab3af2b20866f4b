import { expect, it } from 'vitest';
import { gateways } from '../../../../packages/payment-core/src/index.ts';
import { capabilityTable } from './capability-table.ts';

it('answers every question for every gateway', () => {
  const tables = gateways().map(capabilityTable);
  expect(new Set(tables.map((table) => table.split('\n').length)).size).toBe(1);
  for (const table of tables) expect(table).not.toMatch(/undefined|\[object/);
});
