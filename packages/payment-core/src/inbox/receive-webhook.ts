import type { Account } from '../account/account.ts';
import type { RegisteredGateway } from '../gateways/registry.ts';
import {
  refusalStatus,
  type WebhookAcceptance,
  type WebhookRefusal,
  type WebhookRequest,
} from '../gateways/webhook.ts';
import { type AccountId, accountIdSchema, newTimedRowId } from '../identity/identity.ts';
import { isLive } from '../invoice/status.ts';
import { invoiceOfFact } from '../ledger/apply-facts.ts';
import type { InboxRow } from '../ledger/rows.ts';
import type { Ports } from '../ports.ts';
import { redactHeaders } from '../signature/redact.ts';
import { askForRead } from './follow-hint.ts';

/** What to answer the gateway. `inbox` names the stored event; only a 2xx has one. */
export type ReceiveResult =
  | { readonly status: 200; readonly inbox: string; readonly reason: 'accepted' | 'ignored' }
  | { readonly status: 400 | 401 | 404 | 413 | 503; readonly reason: string };

/** Longer than anything of ours. Another system on the account may echo kilobytes, which no index takes (CP-2). */
const longestName = 256;

const nameOrNull = (text: string | null | undefined): string | null =>
  text != null && text.length <= longestName ? text : null;

const inboxRow = (
  ports: Ports,
  account: AccountId,
  gateway: RegisteredGateway,
  request: WebhookRequest,
  verdict: WebhookAcceptance,
): InboxRow => ({
  id: newTimedRowId(ports.random, request.receivedAt),
  account,
  gateway: gateway.id,
  headers: redactHeaders(request.headers),
  body: request.body,
  receivedAt: request.receivedAt,
  dedupeKey: verdict.dedupeKey,
  gatewayPaymentId: nameOrNull(verdict.facts[0]?.gatewayPaymentId),
  reference: nameOrNull(verdict.facts[0]?.reference),
  facts: verdict.facts,
  state: verdict.facts.length === 0 ? 'ignored' : 'pending',
  note: verdict.ignored ?? null,
});

/** GN-3: genuine but stale. Nothing is taken from it, but a known, unfinished invoice is worth a read. */
const followStale = async (ports: Ports, account: Account, refusal: WebhookRefusal): Promise<void> => {
  const { hint } = refusal;
  if (!hint) return;
  await ports.ledger.transact(async (tx) => {
    const invoice = await invoiceOfFact(tx, account.id, hint);
    if (invoice && isLive(invoice.status)) await askForRead(tx, invoice, ports.clock.now());
  });
};

const store = async (ports: Ports, row: InboxRow): Promise<ReceiveResult> => {
  await ports.ledger.transact(async (tx) => {
    await tx.inbox.insert(row);
    if (row.state === 'pending')
      await tx.jobs.enqueue({ kind: 'apply-event', inbox: row.id }, row.receivedAt);
  });
  return { status: 200, inbox: row.id, reason: row.state === 'pending' ? 'accepted' : 'ignored' };
};

/**
 * Receives one webhook (invariant 1): size, signature over the raw bytes, parse; then inbox row and job in one commit;
 * only then 2xx. Duplicates are stored and answered 2xx like the first: what they change is decided when they are
 * applied. Never throws for what a stranger can send; 503 when the ledger cannot store, so that the gateway retries.
 */
export const receiveWebhook = async (
  ports: Ports,
  gatewayId: string,
  accountId: string,
  request: WebhookRequest,
): Promise<ReceiveResult> => {
  const id = accountIdSchema.safeParse(accountId);
  const account = id.success ? await ports.directory.account(id.data) : undefined;
  const gateway = ports.gateway(gatewayId);
  if (!account || !gateway || account.gateway !== gateway.id)
    return { status: 404, reason: 'account-unknown' };
  const verdict = gateway.receiveWebhook(account.config, request);
  try {
    if (verdict.ok) return await store(ports, inboxRow(ports, account.id, gateway, request, verdict));
    await followStale(ports, account, verdict);
  } catch {
    return { status: 503, reason: 'not-stored' };
  }
  return { status: refusalStatus(verdict), reason: verdict.reason };
};
