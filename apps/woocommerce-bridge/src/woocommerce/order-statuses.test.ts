import {
  type InstructionRow,
  newRowId,
  type OrderStatuses,
  orderKeySchema,
  storeIdSchema,
} from '@gatewright/payment-core';
import { expect, test } from 'vitest';
import { inOwnersStatuses, paidStatus } from './order-statuses.ts';

const instruction = (kind: InstructionRow['kind']): InstructionRow => ({
  id: newRowId((count) => new Uint8Array(count)),
  store: storeIdSchema.parse('store-of-the-test'),
  orderKey: orderKeySchema.parse('42'),
  invoice: null,
  kind,
  note: 'because',
  claim: null,
  transaction: null,
  expected: null,
  state: 'pending',
  answer: null,
  createdAt: 0,
  doneAt: null,
});

const usual: OrderStatuses = { paid: 'automatic', held: 'on-hold', unpaid: 'cancelled' };

test.each([
  ['hold', {}, 'hold'],
  ['hold', { held: 'unchanged' }, 'note'],
  ['cancel', {}, 'cancel'],
  ['cancel', { unpaid: 'failed' }, 'fail'],
  ['cancel', { unpaid: 'unchanged' }, 'note'],
  ['settle', { held: 'unchanged', unpaid: 'unchanged', paid: 'completed' }, 'settle'],
  ['fail', { held: 'unchanged', unpaid: 'unchanged' }, 'fail'],
  ['note', { held: 'unchanged', unpaid: 'failed' }, 'note'],
] as const)('%s with %o is %s', (kind, wish, expected) => {
  const told = instruction(kind);
  expect(inOwnersStatuses(told, { ...usual, ...wish })).toEqual({ ...told, kind: expected });
});

test.each([
  ['automatic', undefined],
  ['processing', 'processing'],
  ['completed', 'completed'],
] as const)('a paid order: %s is %s', (paid, expected) => {
  expect(paidStatus({ ...usual, paid })).toBe(expected);
});
