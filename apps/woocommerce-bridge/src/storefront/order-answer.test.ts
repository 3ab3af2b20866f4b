import { readFileSync } from 'node:fs';
import { parseExactJson } from '@gatewright/payment-core';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { readOrder } from './order-answer.ts';

const exchange = z.object({ response: z.object({ status: z.number(), body: z.unknown() }) });

/** The body as exact JSON, which is how an answer reaches the reader. */
const exact = (body: unknown): unknown => {
  const parsed = parseExactJson(Buffer.from(JSON.stringify(body)));
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.value;
};

const recorded = (name: string): [number, unknown] => {
  const text = readFileSync(new URL(`../../fixtures/${name}.json`, import.meta.url), 'utf8');
  const { status, body } = exchange.parse(JSON.parse(text)).response;
  return [status, exact(body)];
};

const order = (fields: Record<string, unknown>) => exact({ id: 7, currency: 'USD', refunds: [], ...fields });

describe('an order of wc/v3', () => {
  test('as recorded: pending is open', () => {
    expect(readOrder(...recorded('order-get-pending'), null)).toEqual({ state: 'open', refunds: [] });
  });

  test('as recorded: refunded has ended, its refunds are positive amounts', () => {
    const read = readOrder(...recorded('order-get-refunded'), null);
    expect(read?.state).toBe('ended');
    const amounts = read?.refunds.map(({ amount }) => `${amount.amount} ${amount.currency}`);
    expect(amounts).toContain('10.00 USD');
    expect(amounts).toContain('0.00 USD');
  });

  test('a missing order is missing; a missing route is no answer', () => {
    expect(readOrder(...recorded('error-404-order'), null)).toEqual({ state: 'missing', refunds: [] });
    expect(readOrder(...recorded('error-404-route'), null)).toBeUndefined();
  });

  test.each([
    ['pending', null, 'open'],
    ['on-hold', null, 'open'],
    ['failed', null, 'open'],
    ['processing', '2026-06-01T12:00:00', 'paid'],
    ['completed', '2026-06-01T12:00:00', 'paid'],
    ['cancelled', '2026-06-01T12:00:00', 'ended'],
    ['refunded', '2026-06-01T12:00:00', 'ended'],
    ['trash', null, 'ended'],
    ['packing', '2026-06-01T12:00:00', 'paid'],
    ['waiting-for-a-friend', null, 'open'],
  ])('%s with payment date %s: %s', (status, date_paid_gmt, state) => {
    expect(readOrder(200, order({ status, date_paid_gmt }), null)?.state).toBe(state);
  });

  test.each([
    [200, 'a page'],
    [200, {}],
    [200, { id: 7, status: 'pending', currency: '' }],
    [400, { code: 'rest_invalid_param' }],
    [500, { code: 'x' }],
  ])('%i %j is no order', (status, body) => {
    expect(readOrder(status, exact(body), null)).toBeUndefined();
  });
});
