import {
  type AccountId,
  applyEvent,
  type HeaderLines,
  type Invoice,
  invoiceOfFact,
  type MedusaWebhookAction,
  receiveWebhook,
  toMedusa,
} from '@gatewright/payment-core';
import type { MedusaEngine } from '../engine/engine.ts';
import type { SessionRow } from '../sessions/session-book.ts';
import { standingOf } from './standing.ts';

export interface CoreWebhook {
  readonly body: Uint8Array;
  readonly headers: Readonly<Record<string, unknown>>;
}

export type WebhookAction =
  | { readonly action: 'not_supported' }
  | {
      readonly action: MedusaWebhookAction;
      readonly data: { readonly session_id: string; readonly amount: string };
    };

const nothing: WebhookAction = { action: 'not_supported' };

/** Express has joined repeated lines already, or made a list of them. */
const headerLines = (headers: CoreWebhook['headers']): HeaderLines =>
  Object.entries(headers).flatMap(([name, value]): [string, string][] => {
    const values: unknown[] = Array.isArray(value) ? value : [value];
    return values.filter((one) => typeof one === 'string').map((one) => [name, one]);
  });

const invoicesOf = (engine: MedusaEngine, account: AccountId, inbox: string): Promise<readonly Invoice[]> =>
  engine.ledger.transact(async (tx) => {
    const row = await tx.inbox.byId(inbox);
    const found: Invoice[] = [];
    for (const fact of row?.facts ?? []) {
      const invoice = await invoiceOfFact(tx, account, fact);
      if (invoice) found.push(invoice);
    }
    return found;
  });

const newestLiving = async (engine: MedusaEngine, invoice: Invoice): Promise<SessionRow | undefined> =>
  (await engine.sessions.ofOrder(invoice.orderKey)).findLast(
    ({ state, account }) => state === 'living' && account === invoice.account,
  );

const actionFor = async (engine: MedusaEngine, row: SessionRow): Promise<WebhookAction> => {
  const { status, invoice } = await standingOf(engine, row);
  const data = { session_id: row.id, amount: row.amount.amount };
  if (status === 'captured') return { action: 'captured', data };
  const { action } = invoice
    ? toMedusa(invoice.status, invoice.exceptions, row.timing)
    : { action: 'pending' as const };
  // Settled, and not by this session: nothing Medusa should book.
  return action === 'captured' ? { action: 'requires_more', data } : { action, data };
};

/**
 * What core asks a provider after its own webhook route has answered: verified, stored and applied like a webhook of
 * our route, and answered from the ledger, never from the body (contract 3.2).
 */
export const webhookAction = async (
  engine: MedusaEngine,
  account: AccountId,
  { body, headers }: CoreWebhook,
): Promise<WebhookAction> => {
  const { ports } = engine;
  const known = await ports.directory.account(account);
  if (known === undefined) return nothing;
  const received = await receiveWebhook(ports, known.gateway, account, {
    headers: headerLines(headers),
    body,
    receivedAt: ports.clock.now(),
  });
  if (received.status !== 200) {
    engine.log.warn(
      `Gatewright: a webhook for ${account} was refused: ${received.status} ${received.reason}.`,
    );
    return nothing;
  }
  await applyEvent(ports, received.inbox);
  const [invoice] = await invoicesOf(engine, account, received.inbox);
  engine.kick();
  const row = invoice && (await newestLiving(engine, invoice));
  return row ? actionFor(engine, row) : nothing;
};
