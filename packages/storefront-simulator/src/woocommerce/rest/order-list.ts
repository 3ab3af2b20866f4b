import * as z from 'zod';
import type { Order } from '../orders/order.ts';
import { ORDER_STATUSES } from '../orders/order-status.ts';
import type { Store } from '../store/store.ts';
import { endpoint } from './endpoint.ts';
import { decimalsParam, orderJson } from './order-json.ts';
import { pageOf, pagingParams } from './paging.ts';
import { type ParsedParams, wpBoolean, wpDate, wpInteger, wpList } from './params.ts';
import { phpKey, type QueryPair, queryPairs } from './query.ts';

const listParams = {
  ...pagingParams,
  status: wpList(z.enum(['any', 'trash', ...ORDER_STATUSES])),
  search: z.string(),
  after: wpDate,
  before: wpDate,
  modified_after: wpDate,
  modified_before: wpDate,
  dates_are_gmt: wpBoolean,
  include: wpList(wpInteger()),
  exclude: wpList(wpInteger()),
  customer: wpInteger(),
  product: wpInteger(),
  orderby: z.enum(['date', 'id', 'include', 'title', 'slug', 'modified']),
  order: z.enum(['asc', 'desc']),
  dp: decimalsParam,
};

type ListInput = ParsedParams<typeof listParams>;
type Filter = (order: Order) => boolean;

const statusFilter = (wanted: readonly string[]): Filter =>
  wanted.length === 0 || wanted.includes('any')
    ? ({ status }) => status !== 'trash' && status !== 'auto-draft'
    : ({ status }) => wanted.includes(status);

/** Finds names, addresses, e-mail and products, never meta values (woocommerce.md 5.5). */
const searchFilter = (text: string): Filter => {
  const needle = text.toLowerCase();
  return (order) =>
    String(order.id) === needle ||
    [
      ...Object.values(order.billing),
      ...Object.values(order.shipping),
      ...order.lineItems.map(({ name }) => name),
    ].some((field) => field.toLowerCase().includes(needle));
};

const filters = (input: ListInput): Filter[] => {
  const { search, after, before, include, exclude, customer, product } = input;
  return [
    statusFilter(input.status ?? []),
    ...(search === undefined || search === '' ? [] : [searchFilter(search)]),
    ...(after === undefined ? [] : [({ dateCreated }: Order) => dateCreated > after]),
    ...(before === undefined ? [] : [({ dateCreated }: Order) => dateCreated < before]),
    ({ dateModified }) => dateModified > (input.modified_after ?? Number.NEGATIVE_INFINITY),
    ({ dateModified }) => dateModified < (input.modified_before ?? Number.POSITIVE_INFINITY),
    ...(include === undefined || include.length === 0 ? [] : [({ id }: Order) => include.includes(id)]),
    ...(exclude === undefined ? [] : [({ id }: Order) => !exclude.includes(id)]),
    ...(customer === undefined ? [] : [() => customer === 0]),
    ...(product === undefined
      ? []
      : [({ lineItems }: Order) => lineItems.some(({ productId }) => productId === product)]),
  ];
};

const sortKey = (input: ListInput): ((order: Order) => number) => {
  const orderby = input.orderby ?? 'date';
  switch (orderby) {
    case 'modified':
      return ({ dateModified }) => dateModified;
    case 'date':
      return ({ dateCreated }) => dateCreated;
    case 'include':
      return ({ id }) => -(input.include ?? []).indexOf(id);
    case 'id':
    case 'title':
    case 'slug':
      return ({ id }) => id;
    default:
      return orderby satisfies never;
  }
};

const findOrders = (store: Store, input: ListInput): Order[] => {
  const matching = filters(input).reduce(
    (orders, filter) => orders.filter(filter),
    [...store.orders.values()],
  );
  const key = sortKey(input);
  const sign = input.order === 'asc' ? 1 : -1;
  return matching.sort((a, b) => sign * (key(a) - key(b) || a.id - b.id));
};

/** The status moves to the end as a list; what was shown adds the defaults it was shown with [orders-list-paged]. */
const linkPairs =
  (search: string, input: ListInput, decimals: number) =>
  (shown: readonly Order[]): QueryPair[] => [
    ...queryPairs(search).filter(([key]) => phpKey(key)[0] !== 'status'),
    ...(input.status ?? ['any']).map((status, index): QueryPair => [`status[${index}]`, status]),
    ...(shown.length === 0
      ? []
      : ([
          ['dp', String(input.dp ?? decimals)],
          ['context', 'view'],
        ] satisfies QueryPair[])),
  ];

export const listOrders = endpoint({
  permission: 'list',
  params: listParams,
  run: (store, call, input) =>
    pageOf(
      store,
      call,
      findOrders(store, input),
      input,
      (order) => orderJson(store, order, input.dp),
      linkPairs(call.search, input, store.settings.decimals),
    ),
});
