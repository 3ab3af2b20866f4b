import { type Decimal, multiplyDecimal } from '@gatewright/payment-core';
import type { Product } from '../catalogue/products.ts';
import { atScale, decimal, sumOf } from '../orders/price.ts';
import type { CartLine } from '../people/place-order.ts';
import { currencySymbol } from '../rest/currency-list.ts';
import type { Json } from '../store/php-json.ts';
import type { Store } from '../store/store.ts';
import { type CartSession, lineKey } from './cart-session.ts';

/** Minor units as text, by the shop's one number of decimals (woocommerce.md 5.4). */
const minorUnits = (amount: Decimal, decimals: number): string =>
  atScale(multiplyDecimal(amount, decimal(`1${'0'.repeat(decimals)}`)), 0);

const currencyFields = ({ settings: { currency, decimals } }: Store): Record<string, Json> => ({
  currency_code: currency,
  currency_symbol: currencySymbol(currency),
  currency_minor_unit: decimals,
  currency_decimal_separator: '.',
  currency_thousand_separator: ',',
  currency_prefix: currencySymbol(currency),
  currency_suffix: '',
});

const RAW_PRECISION = 6;
/** What WooCommerce lets a visitor take of a product whose stock is not managed. */
const NO_LIMIT = 9_999;

const prices = (store: Store, { price }: Product): Json => {
  const shown = minorUnits(price, store.settings.decimals);
  const raw = minorUnits(price, RAW_PRECISION);
  return {
    price: shown,
    regular_price: shown,
    sale_price: shown,
    price_range: null,
    ...currencyFields(store),
    raw_prices: { precision: RAW_PRECISION, price: raw, regular_price: raw, sale_price: raw },
  };
};

const lineTotal = (product: Product, quantity: number): Decimal =>
  multiplyDecimal(product.price, decimal(String(quantity)));

const slugOf = ({ name }: Product): string => name.toLowerCase().replaceAll(' ', '-');

const itemJson = (store: Store, line: CartLine, product: Product): Json => {
  const quantity = line.quantity ?? 1;
  const total = minorUnits(lineTotal(product, quantity), store.settings.decimals);
  return {
    key: lineKey(line),
    id: product.id,
    type: 'simple',
    quantity,
    quantity_limits: { minimum: 1, maximum: product.stock ?? NO_LIMIT, multiple_of: 1, editable: true },
    name: product.name,
    short_description: '',
    description: '',
    sku: product.sku,
    low_stock_remaining: null,
    backorders_allowed: false,
    show_backorder_badge: false,
    sold_individually: false,
    permalink: `${store.settings.homeUrl}/product/${slugOf(product)}/`,
    images: [],
    variation: [],
    item_data: [],
    prices: prices(store, product),
    totals: {
      line_subtotal: total,
      line_subtotal_tax: '0',
      line_total: total,
      line_total_tax: '0',
      ...currencyFields(store),
    },
    catalog_visibility: 'visible',
    extensions: {},
  };
};

const totalsJson = (store: Store, total: Decimal): Json => {
  const amount = minorUnits(total, store.settings.decimals);
  return {
    total_items: amount,
    total_items_tax: '0',
    total_fees: '0',
    total_fees_tax: '0',
    total_discount: '0',
    total_discount_tax: '0',
    total_shipping: null,
    total_shipping_tax: null,
    total_price: amount,
    total_tax: '0',
    tax_lines: [],
    ...currencyFields(store),
  };
};

/** A cart as the Store API shows it [store-cart-get], [store-cart-add]. */
export const cartJson = (store: Store, { lines, billing, shipping }: CartSession): Json => {
  const items = lines.flatMap((line) => {
    const product = store.products.get(line.productId);
    return product === undefined ? [] : [{ line, product }];
  });
  const total = sumOf(items.map(({ line, product }) => lineTotal(product, line.quantity ?? 1)));
  const enabled = [...store.gateways.values()].filter((gateway) => gateway.enabled);
  return {
    items: items.map(({ line, product }) => itemJson(store, line, product)),
    coupons: [],
    fees: [],
    totals: totalsJson(store, total),
    shipping_address: shipping,
    billing_address: billing,
    needs_payment: items.length > 0,
    needs_shipping: false,
    payment_requirements: ['products'],
    has_calculated_shipping: false,
    shipping_rates: [],
    items_count: lines.reduce((sum, { quantity = 1 }) => sum + quantity, 0),
    items_weight: 0,
    cross_sells: [],
    errors: [],
    payment_methods: enabled.map(({ id }) => id),
    extensions: {},
  };
};
