import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { startWooCommerce } from '../src/index.ts';
import { startShop } from './support/shop.ts';

const API = '/wp-json/wc/v3';

describe('what a set-up check reads', () => {
  it('system_status has versions, currency and decimals', async () => {
    const { rest } = await startShop({ currency: 'EUR' });
    expect((await rest('GET', `${API}/system_status`)).body).toMatchObject({
      environment: { version: '11.0.1', wp_version: '7.1' },
      settings: { currency: 'EUR', number_of_decimals: 2, HPOS_enabled: true },
    });
  });

  it('163 currencies: BTC is one, USDT and TON are not', async () => {
    const { rest } = await startShop();
    const { body } = await rest('GET', `${API}/data/currencies`);
    const codes = z
      .array(z.looseObject({ code: z.string() }))
      .parse(body)
      .map(({ code }) => code);
    expect(codes).toHaveLength(163);
    expect(codes).toContain('BTC');
    expect(codes).not.toContain('USDT');
    expect(codes).not.toContain('TON');
    expect((await rest('GET', `${API}/data/currencies/current`)).body).toMatchObject({
      code: 'USD',
      symbol: '$',
    });
    expect((await rest('GET', `${API}/data/currencies/ton`)).status).toBe(404);
  });

  it('products show their stock, which can be set', async () => {
    const { rest, woo } = await startShop();
    expect((await rest('GET', `${API}/products/10`)).body).toMatchObject({
      stock_quantity: 100,
      price: '19.99',
    });
    await rest('PUT', `${API}/products/10`, { body: { stock_quantity: 3 } });
    expect(woo.stock(10)).toBe(3);
    expect((await rest('GET', `${API}/products/11`)).body).toMatchObject({
      stock_quantity: null,
      virtual: true,
    });
    expect((await rest('GET', `${API}/products`)).headers.get('x-wp-total')).toBe('2');
    expect((await rest('GET', `${API}/products/12`)).status).toBe(404);
  });

  it('hold-stock minutes follow the option', async () => {
    const { rest } = await startShop({ holdStockMinutes: 15 });
    const path = `${API}/settings/products/woocommerce_hold_stock_minutes`;
    expect((await rest('GET', path)).body).toMatchObject({ value: '15' });
    expect((await rest('PUT', path, { body: { value: '30' } })).body).toMatchObject({ value: '30' });
  });

  it('payment gateways are listed; an unknown one is a 404', async () => {
    const { rest } = await startShop();
    const { body } = await rest('GET', `${API}/payment_gateways`);
    const ids = z
      .array(z.looseObject({ id: z.string() }))
      .parse(body)
      .map(({ id }) => id);
    expect(ids).toEqual(['gatewright', 'bacs', 'trg']);
    expect((await rest('GET', `${API}/payment_gateways/nope`)).status).toBe(404);
  });
});

describe('determinism', () => {
  it('the same seed gives the same keys and order keys, another seed others', async () => {
    const shopOf = async (seed: number): Promise<unknown> => {
      const woo = await startWooCommerce({ clock: { now: () => 1_795_248_826_000 }, seed });
      const { orderKey } = await woo.shopper.placeOrder();
      await woo.close();
      return { ...woo.restKeys, orderKey };
    };
    expect(await shopOf(7)).toEqual(await shopOf(7));
    expect(await shopOf(7)).not.toEqual(await shopOf(8));
  });
});
