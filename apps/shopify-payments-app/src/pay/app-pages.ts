import { everyInterval } from '@gatewright/operations';
import { createPayPages, type Look, lookSchema, type PageHost, type PayPages } from '@gatewright/pay-page';
import type { PageChanges, Ports, Store } from '@gatewright/payment-core';
import type { Logger } from 'pino';
import type { SessionBook, SessionRow } from '../sessions/session-book.ts';

/** Where the buyer's pages are. */
export const payBasePath = '/pay';

const ownLook: Look = lookSchema.parse({ shopName: 'Shop' });

/** A shop's name at Shopify, without what all of them share. */
export const shopNameOf = (name: string): string => name.replace('.myshopify.com', '').slice(0, 80) || 'Shop';

const lookOf = async ({ name }: Store): Promise<Look> => lookSchema.parse({ shopName: shopNameOf(name) });

export interface AppPagesParts {
  readonly host: PageHost;
  readonly changes: PageChanges;
  readonly kick: () => void;
  readonly log: Logger;
}

export const createAppPages = ({ host, changes, kick, log }: AppPagesParts): PayPages =>
  createPayPages({
    ...host,
    changes,
    lookOf,
    ownLook,
    every: everyInterval,
    kick,
    onError: (error) => log.error({ err: error }, 'pay page failed'),
  });

/** What Shopify's request named; kept with the page. */
export const buyerLocale = (
  { ledger }: Pick<Ports, 'ledger'>,
  { page }: Pick<SessionRow, 'page'>,
): Promise<string | null> => ledger.transact(async (tx) => (await tx.pages.byId(page))?.locale ?? null);

const choice = /^\/pay\/([\w-]{22})\/choose$/;

/** Whoever chooses on a page has committed on its session: the one that Shopify is told of (rule 9). */
export const noteCommitment = async (
  sessions: SessionBook,
  request: Request,
  path: string,
  now: number,
): Promise<void> => {
  const [, page] = choice.exec(path) ?? [];
  if (page === undefined || request.method !== 'POST') return;
  await sessions.commitPage(page, now);
};
