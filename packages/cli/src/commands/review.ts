import type { HistoryRow, Invoice, ReviewRow, StoreId } from '@gatewright/payment-core';
import { Command } from 'commander';
import { done, fail, type Outcome } from '../failure.ts';
import { type Host, remark, say } from '../host.ts';
import { type LedgerOptions, type Session, withVault } from '../ledger-session.ts';
import { isoTime, printable, printJsonLines, printTable } from '../print.ts';
import type { Run } from '../run.ts';
import { databaseOption, idArgument, jsonOption } from './options.ts';

interface ListOptions extends LedgerOptions {
  readonly store?: string;
  readonly resolved?: boolean;
  readonly json?: boolean;
}

const storesIn = async ({ vault }: Session, store?: string): Promise<readonly StoreId[]> =>
  (await vault.stores()).map(({ id }) => id).filter((id) => store === undefined || id === store);

const printedReview = (row: ReviewRow) => ({
  ...row,
  openedAt: isoTime(row.openedAt),
  resolution: row.resolution && { ...row.resolution, at: isoTime(row.resolution.at) },
});

const listReviews = (host: Host, options: ListOptions): Promise<Outcome> =>
  withVault(host, options, async (session) => {
    const stores = await storesIn(session, options.store);
    const open = options.resolved !== true;
    const rows = await session.opened.ledger.transact(async (tx) => {
      const found: ReviewRow[] = [];
      for (const store of stores) found.push(...(await tx.reviews.list(store, { open })));
      return found.sort((a, b) => a.openedAt - b.openedAt);
    });
    if (options.json === true) printJsonLines(host, rows.map(printedReview));
    else {
      printTable(host, [
        ['ID', 'SINCE', 'STORE', 'ORDER', 'KIND', 'DETAIL'],
        ...rows.map((row) => [
          row.id,
          isoTime(row.openedAt),
          row.store,
          row.orderKey ?? '-',
          row.kind,
          row.detail,
        ]),
      ]);
    }
    if (rows.length === 0) remark(host, open ? 'Nothing to review.' : 'Nothing has been resolved yet.');
    return done;
  });

interface Shown {
  readonly review: ReviewRow;
  readonly invoice: Invoice | undefined;
  readonly history: readonly HistoryRow[];
}

const find = async (session: Session, id: string): Promise<Shown | undefined> => {
  const stores = await storesIn(session);
  return session.opened.ledger.transact(async (tx): Promise<Shown | undefined> => {
    for (const store of stores) {
      const review = await tx.reviews.byId(store, id);
      if (review === undefined) continue;
      if (review.invoice === null) return { review, invoice: undefined, history: [] };
      return {
        review,
        invoice: await tx.invoices.byId(review.invoice),
        history: await tx.history.ofInvoice(review.invoice),
      };
    }
    return undefined;
  });
};

const printShown = (host: Host, { review, invoice, history }: Shown): void => {
  const { resolution } = review;
  const fields: readonly (readonly [string, string | null | undefined])[] = [
    ['review', review.id],
    ['kind', review.kind],
    ['since', isoTime(review.openedAt)],
    ['store', review.store],
    ['account', review.account],
    ['order', review.orderKey],
    ['detail', review.detail],
    [
      'resolved',
      resolution &&
        `${isoTime(resolution.at)} by ${resolution.by}: ${resolution.decision} (${resolution.reason})`,
    ],
    ['invoice', invoice?.id],
    ['gateway', invoice && `${invoice.gateway} ${invoice.gatewayPaymentId ?? ''}`.trim()],
    ['status', invoice && [invoice.status, ...invoice.exceptions].join(', ')],
    ['asked', invoice && `${invoice.order.amount} ${invoice.order.currency}`],
    ['received', invoice?.received && `${invoice.received.amount} ${invoice.received.currency}`],
  ];
  for (const [name, value] of fields) {
    if (value !== null && value !== undefined) say(host, `${name.padEnd(9)} ${printable(value)}`);
  }
  for (const row of history)
    say(host, `${isoTime(row.at)}  ${printable(row.event)}  ${printable(row.detail)}`);
};

const showReview = (
  host: Host,
  id: string,
  options: LedgerOptions & { readonly json?: boolean },
): Promise<Outcome> =>
  withVault(host, options, async (session) => {
    const shown = await find(session, id);
    if (shown === undefined) {
      return fail(`There is no review item ${id}.`, 'Nothing is shown.', 'See `gatewright review list`.');
    }
    if (options.json === true) {
      printJsonLines(host, [
        { ...shown, review: printedReview(shown.review), invoice: shown.invoice ?? null },
      ]);
    } else printShown(host, shown);
    return done;
  });

export const reviewCommand = (run: Run): Command =>
  new Command('review')
    .description('what a person has to look at (read only)')
    .addCommand(
      new Command('list')
        .description('list open items, oldest first')
        .option('--store <id>', 'of one store only')
        .option('--resolved', 'the resolved ones instead')
        .addOption(jsonOption())
        .addOption(databaseOption())
        .action(run((host, options: ListOptions) => listReviews(host, options))),
    )
    .addCommand(
      new Command('show')
        .description('show an item with its invoice and what happened to it')
        .addArgument(idArgument('of the item'))
        .allowUnknownOption()
        .addOption(jsonOption())
        .addOption(databaseOption())
        .action(
          run((host, id: string, options: LedgerOptions & { json?: boolean }) =>
            showReview(host, id, options),
          ),
        ),
    );
