import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RawCall } from '../http/raw-call.ts';
import { capturedDelivery } from './captured.fixture.ts';
import { verifyDelivery } from './verify-delivery.ts';

const secret = 'a-secret-of-this-store';

const signed = (body: string, headers: RawCall['headers'] = []): RawCall => {
  const signature = createHmac('sha256', secret).update(body).digest('base64');
  return {
    method: 'POST',
    target: '/woocommerce/store',
    headers: [['X-WC-Webhook-Signature', signature], ...headers],
    body: Buffer.from(body),
  };
};

describe("a shop's own webhook (woocommerce.md 4)", () => {
  test.each([
    ['delivery-order.created-pending', 'order-changed'],
    ['delivery-order.updated-pending', 'order-changed'],
    ['delivery-order.updated-paid', 'order-changed'],
    ['delivery-order.updated-refunded', 'order-changed'],
    ['delivery-order.deleted', 'order-changed'],
    ['delivery-action.woocommerce_payment_complete-paid', 'order-changed'],
  ])('%s, as it was recorded, is genuine', (name, kind) => {
    const { secret: recorded, call } = capturedDelivery(name);
    expect(verifyDelivery(recorded, call)).toMatchObject({ ok: true, kind });
    expect(verifyDelivery(`${recorded}x`, call)).toEqual({
      ok: false,
      status: 401,
      reason: 'signature-mismatch',
    });
  });

  test('the recorded ping is accepted before any signature, and only as it is', () => {
    const { call } = capturedDelivery('ping');
    expect(verifyDelivery(secret, call)).toEqual({ ok: true, kind: 'ping' });
    const refused = { ok: false, status: 401, reason: 'signature-missing' };
    expect(verifyDelivery(secret, { ...call, body: Buffer.from('webhook_id=1&x=1') })).toEqual(refused);
    expect(verifyDelivery(secret, { ...call, headers: [] })).toEqual(refused);
    const topic: RawCall = { ...call, headers: [...call.headers, ['X-WC-Webhook-Topic', 'order.updated']] };
    expect(verifyDelivery(secret, topic)).toEqual(refused);
  });

  test('the topic is not signed and decides nothing', () => {
    const created = capturedDelivery('delivery-order.created-pending');
    const updated = capturedDelivery('delivery-order.updated-pending');
    const swapped = { ...created.call, headers: updated.call.headers };
    expect(verifyDelivery(created.secret, swapped)).toEqual(verifyDelivery(updated.secret, updated.call));
  });

  test('a draft of Blocks checkout says nothing', () => {
    const draft = signed('{"id":61,"status":"checkout-draft"}');
    expect(verifyDelivery(secret, draft)).toEqual({ ok: true, kind: 'nothing', reason: 'draft' });
  });

  test.each([
    ['two lines', [['x-wc-webhook-signature', 'A']], 'signature-repeated'],
    ['none', undefined, 'signature-missing'],
  ] as const)('%s of the signature: %s', (_name, more, reason) => {
    const call = signed('{"id":61}');
    const headers = more ? [...call.headers, ...more] : [];
    expect(verifyDelivery(secret, { ...call, headers })).toEqual({ ok: false, status: 401, reason });
  });

  test.each([
    ['not json', 'not-json'],
    ['{"id":61,"id":62}', 'duplicate-key'],
    ['\ufeff{"id":61}', 'bom'],
  ])('genuine, but %s: 400', (body, reason) => {
    expect(verifyDelivery(secret, signed(body))).toEqual({ ok: false, status: 400, reason });
  });

  test.each([
    '[]',
    'null',
    '{"id":"abc"}',
    '{"id":-1}',
    '{"id":1.5}',
    '{"id":0}',
    '{"code":"gone","data":{"status":404}}',
  ])('genuine, but %s names no order: nothing, and no failure of the webhook', (body) => {
    expect(verifyDelivery(secret, signed(body))).toEqual({ ok: true, kind: 'nothing', reason: 'no-order' });
  });

  test('no signature of a stranger verifies or throws', () => {
    const call = signed('{"id":61}');
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.base64String()), (text) => {
        const forged: RawCall = { ...call, headers: [['x-wc-webhook-signature', text]] };
        expect(verifyDelivery(secret, forged)).toMatchObject({ ok: false, status: 401 });
      }),
    );
  });
});
