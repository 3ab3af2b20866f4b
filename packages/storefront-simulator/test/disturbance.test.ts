import WooCommerceRestApi from '@woocommerce/woocommerce-rest-api';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { startShop } from './support/shop.ts';

const ORDERS = '/wp-json/wc/v3/orders';
const paid = { body: { set_paid: true, transaction_id: 'tx' } };

describe('something between the shop and its callers', () => {
  it.each([
    ['html-with-200', 200],
    ['maintenance', 503],
    ['bad-gateway', 502],
  ] as const)('%s: a page with %i instead of JSON, and nothing is done', async (kind, status) => {
    const { rest, woo } = await startShop();
    const { id } = await woo.shopper.placeOrder({ method: 'bacs' });
    woo.disturb(kind);
    const reply = await rest('PUT', `${ORDERS}/${id}`, paid);
    expect(reply.status).toBe(status);
    expect(reply.headers.get('content-type')).toContain('text/html');
    expect(woo.orders(id)?.status).toBe('pending');
    woo.calm();
    expect((await rest('PUT', `${ORDERS}/${id}`, paid)).body).toMatchObject({ status: 'processing' });
  });

  it('redirect: a POST is answered with 301, which the npm client would follow as a GET', async () => {
    const { anonymous, woo } = await startShop();
    woo.disturb('redirect');
    const reply = await anonymous('POST', ORDERS, { body: {} });
    expect(reply.status).toBe(301);
    expect(reply.headers.get('location')).toBe(`https://www.shop.example${ORDERS}`);
  });

  it('no-answer: the connection ends and nothing is done', async () => {
    const { rest, woo } = await startShop();
    const { id } = await woo.shopper.placeOrder({ method: 'bacs' });
    woo.disturb('no-answer', { requests: 1 });
    await expect(rest('PUT', `${ORDERS}/${id}`, paid)).rejects.toThrow('fetch failed');
    expect(woo.orders(id)?.status).toBe('pending');
    expect((await rest('GET', `${ORDERS}/${id}`)).status).toBe(200);
  });

  it('lost-answer: the connection ends and it has been done', async () => {
    const { rest, woo } = await startShop();
    const { id } = await woo.shopper.placeOrder({ method: 'bacs' });
    woo.disturb('lost-answer', { on: /^PUT / });
    await expect(rest('PUT', `${ORDERS}/${id}`, paid)).rejects.toThrow('fetch failed');
    expect(woo.orders(id)?.status).toBe('processing');
    expect((await rest('GET', `${ORDERS}/${id}`)).status).toBe(200);
  });

  it('pages for shoppers go on', async () => {
    const { woo } = await startShop();
    woo.disturb('bad-gateway');
    expect((await fetch(woo.url)).status).toBe(200);
  });

  it('the npm client takes a page with 200 for an answer: its data is text (woocommerce.md 7)', async () => {
    const { woo } = await startShop();
    const module = WooCommerceRestApi as typeof WooCommerceRestApi & { default?: typeof WooCommerceRestApi };
    // A CommonJS build without an exports map: Node's ESM gives the class as `default` of the default.
    const client = new (module.default ?? module)({ url: woo.url, ...woo.restKeys, version: 'wc/v3' });
    woo.disturb('html-with-200');
    const answer = z.looseObject({ status: z.int(), data: z.unknown() }).parse(await client.get('orders'));
    expect(answer).toMatchObject({ status: 200, data: expect.stringContaining('<!DOCTYPE html>') });
  });
});
