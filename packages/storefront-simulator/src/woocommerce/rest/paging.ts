import type { Json } from '../store/php-json.ts';
import type { Store } from '../store/store.ts';
import type { RestCall } from './call.ts';
import { wpInteger } from './params.ts';
import { type QueryPair, queryPairs, rawUrlEncode } from './query.ts';
import { type RestAnswer, restOk } from './rest-error.ts';

export const pagingParams = { page: wpInteger(1), per_page: wpInteger(1, 100), offset: wpInteger(0) };

interface Paging {
  readonly page?: number | undefined;
  readonly per_page?: number | undefined;
  readonly offset?: number | undefined;
}

const link = (
  store: Store,
  call: RestCall,
  pairs: readonly QueryPair[],
  page: number,
  rel: string,
): string => {
  const query = pairs.map(([key, value]) => {
    const shown = key === 'page' ? String(page) : value;
    return `${rawUrlEncode(key)}=${rawUrlEncode(shown)}`;
  });
  return `<${store.settings.homeUrl}${call.path}?${query.join('&')}>; rel="${rel}"`;
};

/**
 * One page of a collection with X-WP-Total, X-WP-TotalPages and Link. A page beyond the end answers 200, an empty
 * list, totals of 0 and a Link to page 0 (woocommerce.md 5.5) [orders-list-beyond].
 * @param linkPairs what the links carry instead of the request's own query
 */
export const pageOf = <Item>(
  store: Store,
  call: RestCall,
  items: readonly Item[],
  paging: Paging,
  toJson: (item: Item) => Json,
  linkPairs: (shown: readonly Item[]) => readonly QueryPair[] = () => queryPairs(call.search),
): RestAnswer => {
  const page = paging.page ?? 1;
  const perPage = paging.per_page ?? 10;
  const start = paging.offset ?? (page - 1) * perPage;
  const shown = items.slice(start, start + perPage);
  const total = shown.length === 0 && page > 1 ? 0 : items.length;
  const pages = Math.ceil(total / perPage);
  const sent = linkPairs(shown);
  const pairs = sent.some(([key]) => key === 'page') ? sent : [...sent, ['page', ''] as const];
  const links = [
    ...(page > 1 ? [link(store, call, pairs, Math.min(page - 1, pages), 'prev')] : []),
    ...(pages > page ? [link(store, call, pairs, page + 1, 'next')] : []),
  ];
  return restOk(shown.map(toJson), 200, {
    'X-WP-Total': String(total),
    'X-WP-TotalPages': String(pages),
    ...(links.length === 0 ? {} : { Link: links.join(', ') }),
  });
};
