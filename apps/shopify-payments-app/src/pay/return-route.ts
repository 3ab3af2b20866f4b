import { type PageHost, pageAddress } from '@gatewright/pay-page';
import { pageIdSchema, readPage } from '@gatewright/payment-core';
import type { SessionBook, SessionRow } from '../sessions/session-book.ts';
import { buyerLocale, shopNameOf } from './app-pages.ts';
import { plainPage } from './plain-page.ts';

export const returnPath = '/return/';

export interface ReturnRoute {
  readonly sessions: SessionBook;
  readonly host: PageHost;
  /** There is something to tell Shopify. */
  readonly kick: () => void;
}

const seeOther = (location: string): Response =>
  new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } });

/** Another try of the same checkout may be the one that was paid. */
const nextOf = async (sessions: SessionBook, { store, group, id }: SessionRow): Promise<string | null> => {
  const all = await sessions.ofGroup(store, group);
  const resolved = all.find(({ state }) => state === 'resolved');
  const own = all.find((session) => session.id === id);
  return (resolved ?? own)?.nextUrl ?? all.findLast(({ nextUrl }) => nextUrl !== null)?.nextUrl ?? null;
};

const isPaid = async ({ host }: ReturnRoute, { page }: SessionRow): Promise<boolean> =>
  (await readPage(host.ports, page))?.claim !== undefined;

/** Shopify mostly answers within a second, so most buyers never see that there was something to wait for. */
const looks = 8;
const lookMs = 250;
const againSeconds = 3;

/**
 * `GET /return/:page`: the buyer's way back to Shopify, which names it only once it was told of the payment (rule 16).
 * Whoever has paid waits here until then; whoever has not is shown the page of the payment.
 */
export const returnToShopify =
  (parts: ReturnRoute) =>
  async (request: Request, path: string): Promise<Response | undefined> => {
    const { sessions, host, kick } = parts;
    const page = pageIdSchema.safeParse(path.slice(returnPath.length));
    const session = page.success ? await sessions.byPage(page.data) : undefined;
    if (!session) return undefined;
    for (let look = 0; look < looks; look += 1) {
      const next = await nextOf(sessions, session);
      if (next !== null) return seeOther(next);
      if (!(await isPaid(parts, session))) return seeOther(pageAddress(host, { id: session.page }));
      kick();
      await host.sleep(lookMs);
    }
    const sentence = 'Your payment has been seen and is being confirmed.';
    const refreshSeconds = againSeconds;
    const locale = await buyerLocale(host.ports, session);
    const shopName = shopNameOf(session.shop);
    return plainPage(request, { locale, sentence, shopName, leave: null, refreshSeconds });
  };
