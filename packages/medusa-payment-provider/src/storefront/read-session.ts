import { pageAddress, shopperState } from '@gatewright/pay-page';
import {
  type Invoice,
  isLive,
  type Money,
  type PageSnapshot,
  type Ports,
  readPage,
  seconds,
} from '@gatewright/payment-core';
import type { MedusaEngine } from '../engine/engine.ts';
import { orderIdOf } from '../fulfilment/read-purchase.ts';
import type { ShopQuery } from '../fulfilment/shop.ts';
import type { SessionRow } from '../sessions/session-book.ts';
import { type StoreSession, shownState } from './session-shape.ts';

/** A shopper who is back and waits asks the gateway too, not more often than this. */
const lookAgainMs = seconds(15);

const shownMoney = (money: Money) => ({
  amount: money.amount,
  currency: money.currency.toLowerCase(),
  ...(money.network === undefined ? {} : { network: money.network }),
});

/** The attempt that the shopper means: one with money, else the newest. */
const current = (attempts: readonly Invoice[]): Invoice | undefined =>
  attempts.findLast(({ status }) => status === 'processing' || status === 'settled') ?? attempts.at(-1);

/** A webhook may have been lost: while somebody waits for it, the gateway is asked. */
const lookAtGateway = async ({ ledger, clock }: Ports, { attempts }: PageSnapshot): Promise<boolean> => {
  const now = clock.now();
  const due = attempts.filter(
    ({ status, lastReadAt, createdAt }) => isLive(status) && now - (lastReadAt ?? createdAt) >= lookAgainMs,
  );
  if (due.length === 0) return false;
  await ledger.transact(async (tx) => {
    for (const { id } of due) await tx.jobs.enqueue({ kind: 'read-invoice', invoice: id }, now);
  });
  return true;
};

const replacementOf = async (engine: MedusaEngine, row: SessionRow): Promise<string | null> => {
  if (row.state === 'living') return null;
  const sessions = await engine.sessions.ofOrder(row.orderKey);
  return sessions.findLast(({ state }) => state === 'living')?.id ?? null;
};

/** What the storefront's return page shows of one of Medusa's sessions. Undefined: no session of ours. */
export const readSession = async (
  engine: MedusaEngine,
  query: ShopQuery,
  id: string,
): Promise<StoreSession | undefined> => {
  const { ports, host } = engine;
  const row = await engine.sessions.byId(id);
  const snapshot = row && (await readPage(ports, row.page));
  if (!row || !snapshot) return undefined;
  if (await lookAtGateway(ports, snapshot)) engine.kick();
  const invoice = current(snapshot.attempts);
  const { state, canPayAgain, final } = shownState(shopperState(snapshot, ports.clock.now(), ports.gateway));
  const orderId = await orderIdOf(query, row.orderKey);
  const address = pageAddress(host, { id: row.page });
  return {
    session: {
      id,
      state,
      final: final && (state !== 'paid' || orderId !== undefined),
      can_pay_again: canPayAgain,
      amount: shownMoney(row.amount),
      received: invoice?.received ? shownMoney(invoice.received) : null,
      confirmations: invoice?.confirmations ?? null,
      expires_at: invoice ? new Date(invoice.expiresAt).toISOString() : null,
      order_id: orderId ?? null,
      cart_id: row.cart,
      pay_url: address,
      events_url: `${address}/events`,
      replaced_by: await replacementOf(engine, row),
    },
  };
};
