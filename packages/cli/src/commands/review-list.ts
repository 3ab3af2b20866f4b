import { type ReviewRow, reviewSummary, type StoreId } from '@gatewright/payment-core';
import { done, fail, type Outcome } from '../failure.ts';
import { type Host, remark } from '../host.ts';
import { type LedgerOptions, type Session, withVault } from '../ledger-session.ts';
import { isoTime, printJsonLines, printTable } from '../print.ts';

export interface ListOptions extends LedgerOptions {
  readonly store?: string;
  readonly all?: boolean;
  readonly json?: boolean;
  readonly limit: string;
  readonly after?: string;
}

const storesIn = async ({ vault }: Session, store?: string): Promise<readonly StoreId[]> =>
  (await vault.stores()).map(({ id }) => id).filter((id) => store === undefined || id === store);

/** The oldest of all stores, one more than asked for, which is how a rest is seen. */
const oldestOf = (
  { opened }: Session,
  stores: readonly StoreId[],
  { all, after }: Pick<ListOptions, 'all' | 'after'>,
  limit: number,
): Promise<readonly ReviewRow[]> =>
  opened.ledger.transact(async (tx) => {
    let found: readonly ReviewRow[] = [];
    for (const store of stores) {
      const page = await tx.reviews.page(store, {
        state: all === true ? 'all' : 'open',
        limit: limit + 1,
        after: after ?? null,
      });
      found = [...found, ...page].sort((a, b) => a.openedAt - b.openedAt).slice(0, limit + 1);
    }
    return found;
  });

const stateOf = ({ resolution }: ReviewRow): string =>
  resolution === null ? 'open' : `${resolution.decision} by ${resolution.by}`;

const printItems = (host: Host, rows: readonly ReviewRow[]): void =>
  printTable(host, [
    ['ID', 'SINCE', 'STORE', 'ORDER', 'KIND', 'STATE', 'DETAIL'],
    ...rows.map((row) => [
      row.id,
      isoTime(row.openedAt),
      row.store,
      row.orderKey ?? '-',
      row.kind,
      stateOf(row),
      row.detail,
    ]),
  ]);

const nothingListed = 'Nothing is listed.';

/** Undefined: the options can be used. */
const misuse = async (session: Session, options: ListOptions): Promise<Outcome | undefined> => {
  const { store, after, limit } = options;
  if (!/^[1-9]\d{0,3}$/.test(limit))
    return fail(`--limit ${limit} is no number from 1 to 9999.`, nothingListed, 'Leave it out for 100.', 2);
  const [known] = store === undefined ? [] : await storesIn(session, store);
  if (store !== undefined && known === undefined)
    return fail(`There is no store ${store}.`, nothingListed, 'See `gatewright store list`.');
  if (after === undefined) return undefined;
  if (known === undefined)
    return fail('--after needs --store.', nothingListed, 'Name the store of the item.', 2);
  const item = await session.opened.ledger.transact((tx) => tx.reviews.byId(known, after));
  return item === undefined
    ? fail(`There is no review item ${after} at the store ${store}.`, nothingListed, 'Leave out --after.')
    : undefined;
};

const remarkOnRest = (host: Host, { store }: ListOptions, last: ReviewRow): void =>
  remark(
    host,
    store === undefined
      ? 'There are more: ask for more with --limit, or for one store with --store.'
      : `There are more: go on with --after ${last.id}`,
  );

/** Some of the items that wait for a person, oldest first. */
export const listItems = (host: Host, options: ListOptions): Promise<Outcome> =>
  withVault(host, options, async (session) => {
    const wrong = await misuse(session, options);
    if (wrong !== undefined) return wrong;
    const limit = Number(options.limit);
    const stores = await storesIn(session, options.store);
    const found = await oldestOf(session, stores, options, limit);
    const rows = found.slice(0, limit);
    if (options.json === true) printJsonLines(host, rows.map(reviewSummary));
    else printItems(host, rows);
    const last = rows.at(-1);
    if (last === undefined) remark(host, 'Nothing to review.');
    else if (found.length > rows.length) remarkOnRest(host, options, last);
    return done;
  });
