import { readFileSync } from 'node:fs';
import { jsonNumber } from '@gatewright/payment-core';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { phpJson } from './php-json.ts';

const bodyOf = (name: string): string => {
  const file = new URL(`../../../fixtures/woocommerce/${name}.json`, import.meta.url);
  return z.object({ body: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).body;
};

describe('phpJson', () => {
  it.each([
    'webhook-delivery-order.created-pending',
    'webhook-delivery-order.created-store-api',
    'webhook-delivery-order.updated-refunded',
    'webhook-delivery-order.deleted',
    'webhook-delivery-action.woocommerce_payment_complete-paid',
  ])('writes the bytes of %s again', (name) => {
    const body = bodyOf(name);
    expect(phpJson(JSON.parse(body))).toBe(body);
  });

  it('escapes slashes and everything beyond ASCII, and keeps the digits of an exact number', () => {
    expect(phpJson({ a: 'é/🧾', price: jsonNumber('19.990000000000000001') })).toBe(
      '{"a":"\\u00e9\\/\\ud83e\\uddfe","price":19.990000000000000001}',
    );
  });
});
