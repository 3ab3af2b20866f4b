import * as z from 'zod';
import type { Json } from '../store/php-json.ts';
import type { Store } from '../store/store.ts';
import { endpoint } from './endpoint.ts';
import { EDIT, resourceLinks } from './links.ts';
import { restOk } from './rest-error.ts';

const ID = 'woocommerce_hold_stock_minutes';

const settingJson = (store: Store): Json => ({
  id: ID,
  label: 'Hold stock (minutes)',
  description:
    'Hold stock (for unpaid orders) for x minutes. When this limit is reached, the pending order will be cancelled. Leave blank to disable.',
  type: 'number',
  default: '60',
  value: store.settings.holdStockMinutes,
  group_id: 'products',
  _links: resourceLinks(store, `/wc/v3/settings/products/${ID}`, '/wc/v3/settings/products', EDIT),
});

/** The one shop setting that a payment bridge reads (woocommerce.md 5.8) [settings-hold-stock]. */
export const getHoldStock = endpoint({
  permission: 'view',
  params: {},
  run: (store) => restOk(settingJson(store)),
});

export const putHoldStock = endpoint({
  permission: 'edit',
  params: { value: z.union([z.string(), z.number()]) },
  run: (store, _call, { value }) => {
    if (value !== undefined) store.settings.holdStockMinutes = String(value);
    return restOk(settingJson(store));
  },
});
