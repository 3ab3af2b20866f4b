import { type PageHost, pageAddress } from '@gatewright/pay-page';
import { pageIdSchema } from '@gatewright/payment-core';
import type { SessionBook, SessionRow } from '../sessions/session-book.ts';

export const returnPath = '/return/';

const seeOther = (location: string): Response =>
  new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } });

/** Another try of the same checkout may be the one that was paid. */
const nextOf = async (sessions: SessionBook, session: SessionRow): Promise<string | null> => {
  if (session.nextUrl !== null) return session.nextUrl;
  const others = await sessions.ofGroup(session.store, session.group);
  return others.findLast(({ nextUrl }) => nextUrl !== null)?.nextUrl ?? null;
};

/**
 * `GET /return/:page`: the buyer's way back to Shopify, which names it only once it was told of the payment (rule 16).
 * Until then the page shows what is going on and leads here again.
 */
export const returnToShopify =
  (sessions: SessionBook, host: PageHost) =>
  async (path: string): Promise<Response | undefined> => {
    const page = pageIdSchema.safeParse(path.slice(returnPath.length));
    const session = page.success ? await sessions.byPage(page.data) : undefined;
    if (!session) return undefined;
    const next = await nextOf(sessions, session);
    return seeOther(next ?? pageAddress(host, { id: session.page }));
  };
