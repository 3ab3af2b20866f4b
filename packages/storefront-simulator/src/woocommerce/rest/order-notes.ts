import * as z from 'zod';
import { addCustomerNote } from '../orders/emails.ts';
import { addNote, notesOf, type OrderNote } from '../orders/order-notes.ts';
import { restDate } from '../store/instant.ts';
import type { Json } from '../store/php-json.ts';
import type { Store } from '../store/store.ts';
import type { RestCall } from './call.ts';
import { endpoint, pathId } from './endpoint.ts';
import { READ_AND_DELETE, resourceLinks, restUrl } from './links.ts';
import { wpBoolean } from './params.ts';
import { type RestAnswer, restError, restOk } from './rest-error.ts';

const noteJson = (store: Store, note: OrderNote): Json => {
  const collection = `/wc/v3/orders/${note.orderId}/notes`;
  return {
    id: note.id,
    author: 'WooCommerce',
    date_created: restDate(note.date),
    date_created_gmt: restDate(note.date),
    note: note.text,
    customer_note: note.customerNote,
    _links: resourceLinks(store, `${collection}/${note.id}`, collection, READ_AND_DELETE, {
      up: [{ href: restUrl(store, `/wc/v3/orders/${note.orderId}`) }],
    }),
  };
};

const orderExists = (store: Store, call: RestCall): boolean => store.orders.has(pathId(call, 'order'));

const noOrder = (code: string): RestAnswer => restError(code, 'Invalid order ID.', 404);
const ORDER_INVALID = 'woocommerce_rest_order_invalid_id';

export const listNotes = endpoint({
  permission: 'list',
  params: { type: z.enum(['any', 'customer', 'internal']) },
  run: (store, call, { type = 'any' }) => {
    if (!orderExists(store, call)) return noOrder('woocommerce_rest_shop_order_invalid_id');
    const wanted = notesOf(store, pathId(call, 'order')).filter(
      ({ customerNote }) => type === 'any' || customerNote === (type === 'customer'),
    );
    return restOk(wanted.map((note) => noteJson(store, note)));
  },
});

export const postNote = endpoint({
  permission: 'create',
  params: { note: z.string(), customer_note: wpBoolean },
  required: ['note'],
  run: (store, call, { note: text = '', customer_note }) => {
    const orderId = pathId(call, 'order');
    if (!orderExists(store, call)) return noOrder(ORDER_INVALID);
    const note =
      customer_note === true ? addCustomerNote(store, orderId, text) : addNote(store, orderId, text);
    const location = restUrl(store, `/wc/v3/orders/${orderId}/notes/${note.id}`);
    return restOk(noteJson(store, note), 201, { Location: location });
  },
});

type FoundNote =
  | { readonly ok: true; readonly note: OrderNote }
  | { readonly ok: false; readonly answer: RestAnswer };

const findNote = (store: Store, call: RestCall): FoundNote => {
  if (!orderExists(store, call)) return { ok: false, answer: noOrder(ORDER_INVALID) };
  const note = notesOf(store, pathId(call, 'order')).find(({ id }) => id === pathId(call));
  return note === undefined
    ? { ok: false, answer: restError('woocommerce_rest_invalid_id', 'Invalid resource ID.', 404) }
    : { ok: true, note };
};

export const getNote = endpoint({
  permission: 'view',
  params: {},
  exists: orderExists,
  run: (store, call) => {
    const found = findNote(store, call);
    return found.ok ? restOk(noteJson(store, found.note)) : found.answer;
  },
});

export const deleteNote = endpoint({
  permission: 'delete',
  params: { force: wpBoolean },
  exists: orderExists,
  run: (store, call, { force }) => {
    if (force !== true) {
      return restError('woocommerce_rest_trash_not_supported', 'Webhooks do not support trashing.', 501);
    }
    const found = findNote(store, call);
    if (!found.ok) return found.answer;
    store.notes.splice(store.notes.indexOf(found.note), 1);
    return restOk(noteJson(store, found.note));
  },
});
