import { expect, test } from 'vitest';
import { resolveBody } from '../../api/admin/gatewright/shapes.ts';
import { bodyOf, choicesFor, type Draft } from './decisions.ts';

const draft = (change: Partial<Draft>): Draft => ({
  decision: 'accept',
  amount: '50.00',
  currency: '',
  reason: ' agreed by mail ',
  ...change,
});

test('only money of an unpaid order can be accepted', () => {
  const decisions = (invoice: string | null, payment: { paid: boolean } | null) =>
    choicesFor({ invoice }, payment).map(({ decision }) => decision);
  expect(decisions('one', { paid: false })).toEqual(['accept', 'refund-noted', 'ignore']);
  expect(decisions('one', { paid: true })).toEqual(['refund-noted', 'ignore']);
  expect(decisions(null, { paid: false })).toEqual(['refund-noted', 'ignore']);
  expect(decisions(null, null)).toEqual(['refund-noted', 'ignore']);
});

test('a decision is sent once it is complete', () => {
  expect(bodyOf(draft({ decision: undefined }), true)).toBeUndefined();
  expect(bodyOf(draft({ reason: '  ' }), true)).toBeUndefined();
  expect(bodyOf(draft({ amount: '' }), true)).toBeUndefined();
  expect(bodyOf(draft({}), true)).toEqual({ decision: 'accept', amount: '50.00', reason: 'agreed by mail' });
  expect(bodyOf(draft({ decision: 'ignore' }), true)).toEqual({
    decision: 'ignore',
    reason: 'agreed by mail',
  });
});

test('money of no order needs its currency', () => {
  const noted = draft({ decision: 'refund-noted', amount: '5' });
  expect(bodyOf(noted, false)).toBeUndefined();
  const body = bodyOf({ ...noted, currency: 'USDT' }, false);
  expect(body).toEqual({
    decision: 'refund-noted',
    amount: '5',
    currency: 'USDT',
    reason: 'agreed by mail',
  });
  expect(resolveBody.safeParse(body).success).toBe(true);
});
