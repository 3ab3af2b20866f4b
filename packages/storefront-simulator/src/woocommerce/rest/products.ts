import * as z from 'zod';
import type { Product } from '../catalogue/products.ts';
import { atScale } from '../orders/price.ts';
import type { Json } from '../store/php-json.ts';
import type { Store } from '../store/store.ts';
import { endpoint, pathId } from './endpoint.ts';
import { EDIT_AND_DELETE, resourceLinks } from './links.ts';
import { pageOf, pagingParams } from './paging.ts';
import { wpInteger } from './params.ts';
import { restError, restOk } from './rest-error.ts';

/** The part of a product that orders and stock need; the real one has some 70 fields. */
const productJson = (store: Store, product: Product): Json => ({
  id: product.id,
  name: product.name,
  type: 'simple',
  status: 'publish',
  sku: product.sku,
  price: atScale(product.price, store.settings.decimals),
  regular_price: atScale(product.price, store.settings.decimals),
  virtual: product.virtual,
  downloadable: product.downloadable,
  manage_stock: product.stock !== null,
  stock_quantity: product.stock,
  stock_status: product.stock === null || product.stock > 0 ? 'instock' : 'outofstock',
  _links: resourceLinks(store, `/wc/v3/products/${product.id}`, '/wc/v3/products', EDIT_AND_DELETE),
});

const INVALID = 'woocommerce_rest_product_invalid_id';

export const listProducts = endpoint({
  permission: 'list',
  params: { ...pagingParams, sku: z.string() },
  run: (store, call, { sku, ...paging }) => {
    const wanted = [...store.products.values()].filter((product) => sku === undefined || product.sku === sku);
    return pageOf(store, call, wanted, paging, (product) => productJson(store, product));
  },
});

export const getProduct = endpoint({
  permission: 'view',
  params: {},
  exists: (store, call) => store.products.has(pathId(call)),
  run: (store, call) => {
    const product = store.products.get(pathId(call));
    return product === undefined
      ? restError(INVALID, 'Invalid ID.', 404)
      : restOk(productJson(store, product));
  },
});

export const putProduct = endpoint({
  permission: 'edit',
  params: { stock_quantity: wpInteger() },
  exists: (store, call) => store.products.has(pathId(call)),
  run: (store, call, { stock_quantity: stock }) => {
    const product = store.products.get(pathId(call));
    if (product === undefined) return restError(INVALID, 'ID is invalid.', 400);
    if (stock !== undefined && product.stock !== null) product.stock = stock;
    return restOk(productJson(store, product));
  },
});
