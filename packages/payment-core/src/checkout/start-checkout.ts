import { type ConnectedAccount, connectAccount } from '../account/connect.ts';
import type { CreateInvoiceRequest, CreateOutcome } from '../gateways/gateway.ts';
import type { RegisteredGateway } from '../gateways/registry.ts';
import { shownByCreate } from '../health/account-health.ts';
import type { Invoice } from '../invoice/invoice.ts';
import type { LedgerTransaction } from '../ledger/ledger.ts';
import type { OrderRow } from '../ledger/rows.ts';
import type { Ports } from '../ports.ts';
import { handleOf } from '../reconcile/read-invoices.ts';
import {
  creatingLeaseMs,
  isSameAttempt,
  isUsable,
  type NewAttempt,
  newAttempt,
  supersedeOthers,
} from './attempt.ts';
import { usableFor } from './offer.ts';
import type { PaymentRequest } from './payment-request.ts';
import { noteAmbiguous, recordAmbiguous } from './record-ambiguous.ts';
import { recordCreated } from './record-created.ts';
import { type OfferRefusal, type RefusalText, refusalText } from './refusal-text.ts';

export type CheckoutResult =
  | { readonly outcome: 'ready'; readonly invoice: Invoice }
  /** The order has been paid, or its money is being looked at: nothing new is made. */
  | { readonly outcome: 'conflict'; readonly reason: 'order-paid' | 'payment-in-progress' }
  | { readonly outcome: 'refused'; readonly reason: OfferRefusal | string; readonly text: RefusalText }
  /** The same request is creating its invoice at this moment: ask again shortly. */
  | { readonly outcome: 'busy' }
  | { readonly outcome: 'unavailable'; readonly reason: string };

/** Who asks for the payment: the storefront's own request opens an order again that had ended, a shopper's click does not. */
export type Asker = 'storefront' | 'shopper';

const orderOver: CheckoutResult = {
  outcome: 'refused',
  reason: 'order-ended',
  text: {
    owner: 'The order has ended, or its time to be paid has passed. The shop can ask for the payment again.',
    shopper: 'This order can no longer be paid. Please go back to the shop.',
  },
};

type Opened =
  | { readonly kind: 'new'; readonly invoice: Invoice }
  | { readonly kind: 'result'; readonly result: CheckoutResult };

const result = (value: CheckoutResult): Opened => ({ kind: 'result', result: value });

/** The storefront is being told that the order is over: what is paid now would be cancelled by us. */
const isBeingCancelled = async (tx: LedgerTransaction, { store, orderKey }: OrderRow): Promise<boolean> => {
  const told = await tx.instructions.ofOrder(store, orderKey);
  return told.some(({ kind, state }) => kind === 'cancel' && state === 'pending');
};

/** Registers the order and finds or inserts its attempt, in one transaction: two equal requests make one attempt. */
const openAttempt = async (
  ports: Ports,
  tx: LedgerTransaction,
  attempt: NewAttempt,
  asker: Asker,
): Promise<Opened> => {
  const { request, store } = attempt;
  const now = ports.clock.now();
  const claim = await tx.claims.byOrder(store.id, request.orderKey);
  if (claim && claim.state !== 'released') return result({ outcome: 'conflict', reason: 'order-paid' });
  const order = await tx.orders.byKey(store.id, request.orderKey);
  const deadline = order?.deadline ?? request.orderDeadline ?? now + store.policy.orderDeadlineMs;
  if (asker === 'shopper' && (order?.state === 'ended' || deadline <= now)) return result(orderOver);
  if (order?.state === 'ended' && (await isBeingCancelled(tx, order))) return result({ outcome: 'busy' });
  const attempts = await tx.invoices.ofOrder(store.id, request.orderKey);
  if (attempts.some((other) => other.status === 'processing'))
    return result({ outcome: 'conflict', reason: 'payment-in-progress' });
  await tx.orders.put({
    store: store.id,
    orderKey: request.orderKey,
    mode: store.mode,
    total: request.amount,
    deadline,
    state: 'open',
  });
  await tx.jobs.enqueue({ kind: 'end-order', store: store.id, orderKey: request.orderKey }, deadline);
  const same = attempts.find((other) => isSameAttempt(other, request) && isUsable(other, now));
  if (same?.status === 'open') return result({ outcome: 'ready', invoice: same });
  if (same && now - same.createdAt < creatingLeaseMs) return result({ outcome: 'busy' });
  if (same) await noteAmbiguous(tx, attempt.gateway, same, 'the checkout was broken off', ports.random, now);
  await supersedeOthers(
    tx,
    attempts.filter((other) => other.id !== same?.id),
    now,
  );
  const invoice = newAttempt(
    attempt,
    Math.max(0, ...attempts.map((other) => other.n)) + 1,
    ports.random,
    now,
  );
  if (!(await tx.invoices.insert(invoice))) return result({ outcome: 'busy' });
  return { kind: 'new', invoice };
};

const createRequest = (
  ports: Ports,
  { account }: ConnectedAccount,
  request: PaymentRequest,
  invoice: Invoice,
): CreateInvoiceRequest => ({
  reference: invoice.reference,
  amount: invoice.quoted,
  method: request.method,
  description: request.description,
  returnUrl: request.returnUrl,
  cancelUrl: request.cancelUrl,
  webhookUrl: ports.webhookUrl(account),
  customerEmail: request.customerEmail,
  expiresInSeconds: Math.floor((invoice.expiresAt - invoice.createdAt) / 1_000),
});

/** Nothing payable came of it: the attempt is over, the order is not. */
const recordFailed = (ports: Ports, invoice: Invoice, reason: string) =>
  ports.ledger.transact(async (tx) => {
    const current = await tx.invoices.byId(invoice.id);
    if (current?.status !== 'creating') return;
    await tx.invoices.update({ ...current, status: 'failed' });
    await tx.history.append({
      invoice: invoice.id,
      at: ports.clock.now(),
      event: 'creating → failed',
      detail: reason,
    });
  });

/**
 * Look first where the gateway can be asked; under an idempotency key the same call again is the look (GN-11). Only the
 * invoice itself ends the doubt: what this look could not get, the first call may have made.
 */
const lookForLost = async (
  { calls, gateway }: ConnectedAccount,
  request: CreateInvoiceRequest,
  invoice: Invoice,
): Promise<CreateOutcome> => {
  const found = gateway.capabilities.idempotentCreate
    ? await calls.createInvoice(request)
    : await calls.findInvoice?.(handleOf(invoice));
  if (!found) return { outcome: 'ambiguous', reason: 'cannot-be-looked-up' };
  return found.outcome === 'created' ? found : { outcome: 'ambiguous', reason: found.outcome };
};

/** Without a link of a known host and without an address nobody can pay: no shopper is sent anywhere. */
const payable = (outcome: CreateOutcome, { ownPage = false }: RegisteredGateway): CreateOutcome =>
  outcome.outcome === 'created' && outcome.payUrl === null && outcome.address === null && !ownPage
    ? { outcome: 'refused', reason: 'no-usable-link' }
    : outcome;

type Tried = CheckoutResult | 'ambiguous';

const tryCreate = async (
  ports: Ports,
  connected: ConnectedAccount,
  request: PaymentRequest,
  invoice: Invoice,
): Promise<Tried> => {
  const body = createRequest(ports, connected, request, invoice);
  const first = await connected.calls.createInvoice(body);
  ports.health.learn(connected.account.id, shownByCreate(first), ports.clock.now());
  const adopted = first.outcome === 'ambiguous';
  const outcome = payable(adopted ? await lookForLost(connected, body, invoice) : first, connected.gateway);
  switch (outcome.outcome) {
    case 'created':
      return {
        outcome: 'ready',
        invoice: await recordCreated(ports, invoice, connected.gateway, outcome, adopted),
      };
    case 'ambiguous':
      await recordAmbiguous(ports, connected.gateway, invoice, outcome.reason);
      return 'ambiguous';
    case 'refused':
      await recordFailed(ports, invoice, outcome.reason);
      return {
        outcome: 'refused',
        reason: outcome.reason,
        text: {
          owner: `${connected.gateway.title} refused the invoice (${outcome.reason}). Check the account and the amount.`,
          shopper: 'This payment method is not available for this order. Please choose another one.',
        },
      };
    case 'unavailable':
      await recordFailed(ports, invoice, outcome.reason);
      return { outcome: 'unavailable', reason: outcome.reason };
    default: {
      const never: never = outcome;
      return never;
    }
  }
};

/**
 * Finds or creates the attempt and its invoice at the gateway (architecture.md, Journeys). The same request finds the
 * same live attempt; an ambiguous create is looked for, and where that cannot be done a new attempt with a new reference
 * is sent at once, one time, while the lost one stays watched (invariant 11).
 */
export const startCheckout = async (
  ports: Ports,
  request: PaymentRequest,
  asker: Asker = 'storefront',
): Promise<CheckoutResult> => {
  const connection = await connectAccount(ports, request.account);
  if (!connection.ok)
    return { outcome: 'refused', reason: connection.reason, text: refusalText(connection.reason) };
  const { connected } = connection;
  const { account, store, gateway } = connected;
  if (store.id !== request.store)
    return { outcome: 'refused', reason: 'account-unknown', text: refusalText('account-unknown') };
  const usable = await usableFor(ports, store, account, request.amount);
  if (!usable.ok) return { outcome: 'refused', reason: usable.reason, text: refusalText(usable.reason) };
  const methodFits =
    gateway.methods.length === 0
      ? request.method === null
      : gateway.methodsOf(account.config).includes(request.method ?? '');
  if (!methodFits)
    return { outcome: 'refused', reason: 'method-missing', text: refusalText('method-missing') };
  const attempt: NewAttempt = { request, store, account, gateway, quote: usable.quote };
  for (let round = 0; round < 2; round += 1) {
    const opened = await ports.ledger.transact((tx) => openAttempt(ports, tx, attempt, asker));
    if (opened.kind === 'result') return opened.result;
    const tried = await tryCreate(ports, connected, request, opened.invoice);
    if (tried !== 'ambiguous') return tried;
  }
  return { outcome: 'unavailable', reason: 'gateway-does-not-answer' };
};
