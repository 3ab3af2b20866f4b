import { clientKey, type PayPages } from '@gatewright/pay-page';
import { type Ports, pageIdSchema } from '@gatewright/payment-core';
import type { SqlLedger } from '@gatewright/payment-ledger';
import type { RejectCode } from '../payments-api/mutation.ts';
import type { WebHandler } from '../server/web-listener.ts';
import { moneyInFlight } from '../sessions/money-in-flight.ts';
import type { RejectionBook } from '../sessions/rejection-book.ts';
import type { SessionBook, SessionRow } from '../sessions/session-book.ts';
import { buyerLocale, noteCommitment, shopNameOf } from './app-pages.ts';
import { plainPage } from './plain-page.ts';
import { rejectionOf, rejectionText } from './rejection.ts';

export interface PayRoute {
  readonly ports: Ports;
  readonly ledger: SqlLedger;
  readonly pages: PayPages;
  readonly sessions: SessionBook;
  readonly rejections: RejectionBook;
  /** There is something to tell Shopify. */
  readonly kick: () => void;
}

/** The page itself and its form; what else lies below it says nothing to a buyer. */
const route = /^\/pay\/([\w-]{22})(?:\/choose)?$/;

const sessionAt = async ({ sessions }: PayRoute, path: string): Promise<SessionRow | undefined> => {
  const page = pageIdSchema.safeParse(route.exec(path)?.[1]);
  return page.success ? sessions.byPage(page.data) : undefined;
};

/**
 * Looked for when the buyer is here, because our answer has reached Shopify by then (contract 2.6). Money on its way
 * for any session of the checkout goes before everything else.
 */
const findRejection = async (
  { ports, ledger, rejections, kick }: PayRoute,
  session: SessionRow,
): Promise<RejectCode | undefined> => {
  const { state, rejection, store, group } = session;
  if (rejection !== null) return rejection === 'CANCELLED_PAYMENT' ? undefined : rejection;
  if (state !== 'started') return undefined;
  if (await ledger.transact((tx) => moneyInFlight(tx, store, group))) return undefined;
  const code = await rejectionOf(ports, session);
  const now = ports.clock.now();
  if (code === undefined || !(await rejections.ask(session, code, now))) return undefined;
  kick();
  return code;
};

/** `/pay/…`: the pay page, or for a session that nobody can pay the reason and the way back to the checkout. */
export const payRoute =
  (parts: PayRoute): WebHandler =>
  async (request, caller) => {
    const path = new URL(request.url).pathname;
    const show = () => parts.pages.handle(request, { clientKey: clientKey(caller.address) });
    const session = await sessionAt(parts, path);
    if (!session) return show();
    const explain = async (code: RejectCode): Promise<Response> =>
      plainPage(request, {
        locale: await buyerLocale(parts.ports, session),
        sentence: rejectionText(code),
        shopName: shopNameOf(session.shop),
        leave: session.cancelUrl,
      });
    const before = await findRejection(parts, session);
    if (before !== undefined) return explain(before);
    if (request.method !== 'POST') return show();
    await noteCommitment(parts.sessions, request, path, parts.ports.clock.now());
    const answer = await show();
    if (answer.status === 303) return answer;
    // The gateway has just refused the only account: that is no page to choose on.
    const after = await findRejection(parts, session);
    return after === undefined ? answer : explain(after);
  };
