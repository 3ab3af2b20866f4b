import { formatMoney } from '@gatewright/payment-core';
import type { MerchantDeps } from '../app.ts';
import type { SessionRow } from '../sessions/session-book.ts';
import type { ShopRow } from '../shops/shop-book.ts';
import { cursorText, readCursor } from './cursor.ts';
import { instant } from './shown.ts';
import { type ShownState, shownState } from './shown-state.ts';

export interface PaymentLine {
  /** Shopify's id of the payment session. */
  readonly id: string;
  readonly mode: 'live' | 'test';
  readonly amount: string;
  readonly shopify: ShownState;
  readonly startedAt: string;
  /** The newest invoice of its checkout; null while the buyer has chosen nothing. */
  readonly invoice: {
    readonly gateway: string;
    readonly status: string;
    readonly notes: readonly string[];
  } | null;
}

export interface PaymentList {
  readonly payments: readonly PaymentLine[];
  /** For the next page; null on the last one. */
  readonly next: string | null;
}

const pageSize = 25;

type ListDeps = Pick<MerchantDeps, 'ports' | 'sessions'>;

const lineOf = async ({ ports }: ListDeps, shop: ShopRow, row: SessionRow): Promise<PaymentLine> => {
  const attempts = await ports.ledger.transact((tx) => tx.invoices.ofOrder(row.store, row.group));
  const newest = attempts.at(-1);
  return {
    id: row.id,
    mode: row.store === shop.live ? 'live' : 'test',
    amount: formatMoney(row.amount),
    shopify: shownState(row, ports.clock.now()),
    startedAt: instant(row.createdAt),
    invoice: newest
      ? {
          gateway: ports.gateway(newest.gateway)?.title ?? newest.gateway,
          status: newest.status,
          notes: [...newest.exceptions],
        }
      : null,
  };
};

/** One page of a shop's payments, newest first. @param before `next` of the page before; anything else is the first page */
export const listPayments = async (
  deps: ListDeps,
  shop: ShopRow,
  before: string | null,
): Promise<PaymentList> => {
  const rows = await deps.sessions.ofShop(shop.domain, readCursor(before), pageSize + 1);
  const shown = rows.slice(0, pageSize);
  const last = shown.at(-1);
  return {
    payments: await Promise.all(shown.map((row) => lineOf(deps, shop, row))),
    next: rows.length > pageSize && last ? cursorText(last) : null,
  };
};
