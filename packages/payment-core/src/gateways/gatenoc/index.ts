import { safeLink } from '../../egress/link.ts';
import { type Clock, days } from '../../identity/clock.ts';
import type { InvoiceId } from '../../identity/identity.ts';
import { parseCurrency } from '../../money/currency.ts';
import { isZero, significantScale } from '../../money/decimal.ts';
import { hostOf, modeOfBaseUrl } from '../base-url.ts';
import type { Fact } from '../fact.ts';
import type {
  AccountCheck,
  CreateInvoiceRequest,
  CreateOutcome,
  Gateway,
  GatewayAccount,
  GatewayContext,
  InvoiceHandle,
  ReadOutcome,
  RefundOutcome,
  RefundRequest,
} from '../gateway.ts';
import { type Answer, unavailableRead } from '../json-answer.ts';
import { createGatenocClient, type GatenocClient } from './client.ts';
import { type GatenocConfig, gatenocConfigSchema } from './contract.ts';
import { gatenocFact, refundOutcome } from './status.ts';
import { receiveGatenocWebhook } from './webhook.ts';

const usd = parseCurrency('USD');
const longestLook = 200;

/** https, or this machine in a sandbox: whoever controls the URL is sent the API key (GN-1). */
const mayBeSent = (url: string, sandbox: boolean): boolean =>
  URL.canParse(url) && safeLink(url, [new URL(url).host], { sandbox }).ok;

const amountFault = (amount: Parameters<typeof isZero>[0]): string | undefined => {
  if (isZero(amount)) return 'amount-zero';
  return significantScale(amount) > 2 ? 'amount-too-fine' : undefined;
};

const requestFault = ({ amount, webhookUrl }: CreateInvoiceRequest, sandbox: boolean): string | undefined => {
  if (amount === null) return 'amount-missing';
  if (amount.currency !== usd) return 'currency-not-supported';
  if (!mayBeSent(webhookUrl, sandbox)) return 'webhook-url-not-https';
  return amountFault(amount.amount);
};

/** The key makes repeating safe for 24 hours, so a lost answer is asked for again (GN-11). */
const createInvoice = async (
  client: GatenocClient,
  config: GatenocConfig,
  request: CreateInvoiceRequest,
  sandbox: boolean,
): Promise<CreateOutcome> => {
  const fault = requestFault(request, sandbox);
  if (fault !== undefined || request.amount === null) {
    return { outcome: 'refused', reason: fault ?? 'amount-missing' };
  }
  const answer = await client.createSession({
    amount: request.amount.amount,
    note: request.reference,
    notifyUrl: request.webhookUrl,
    successUrl: mayBeSent(request.returnUrl, sandbox) ? request.returnUrl : null,
  });
  if (answer.outcome !== 'ok') return answer;
  const { url, expiresAt } = answer.value;
  const link = safeLink(url ?? '', ['gatenoc.com', hostOf(config.baseUrl)], { sandbox });
  // The link is all there is: without it nobody can pay the session.
  if (!link.ok) return { outcome: 'refused', reason: 'no-way-to-pay' };
  return {
    outcome: 'created',
    gatewayPaymentId: null,
    payUrl: link.url,
    address: null,
    payable: null,
    expiresAt,
  };
};

type Failure = Exclude<Answer<never>, { outcome: 'ok' }>;

/** `complete`: every payment since then was seen, so a note that is not among them has not been paid. */
interface Look {
  readonly records: ReadonlyMap<string, readonly string[]>;
  readonly complete: boolean;
  readonly failure?: Failure;
}

/** All payments since a day, by exact note (GN-2, GN-4); there is no filter for notes. */
const lookThrough = async (client: GatenocClient, since: number): Promise<Look> => {
  const records = new Map<string, string[]>();
  let seen = 0;
  let readable = true;
  for (let page = 1; page <= longestLook; page += 1) {
    const answer = await client.listPayments(since, page);
    if (answer.outcome !== 'ok') return { records, complete: false, failure: answer };
    const { items, size, total, unreadable } = answer.value;
    // The same page again: what is missing cannot be told from what is unpaid.
    if (answer.value.page !== page) break;
    for (const { note, record } of items) {
      if (note !== null) records.set(note, [...(records.get(note) ?? []), record]);
    }
    seen += size;
    readable &&= !unreadable;
    if (seen >= total) return { records, complete: readable };
    if (size === 0) break;
  }
  return { records, complete: false };
};

type Records =
  | { readonly ok: true; readonly facts: readonly Fact[] }
  | { readonly ok: false; readonly failure: Failure };

/** Ids without leading zeros, smaller ones first. */
const byNumber = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : 1);

/** Payments of one invoice, the first one first, so that a second one is seen as such (GN-7). */
const readRecords = async (
  client: GatenocClient,
  clock: Clock,
  handle: InvoiceHandle,
  records: ReadonlySet<string>,
): Promise<Records> => {
  const facts: Fact[] = [];
  for (const record of [...records].sort(byNumber)) {
    const asOf = clock.now();
    const answer = await client.getPayment(record);
    if (answer.outcome !== 'ok') return { ok: false, failure: answer };
    const payment = answer.value;
    if (payment.payment_record_id !== record) {
      return { ok: false, failure: { outcome: 'ambiguous', reason: 'answer-not-as-asked' } };
    }
    const note = payment.note ?? handle.reference;
    facts.push(gatenocFact({ ...payment, note }, { authority: 'api', asOf }));
  }
  return { ok: true, facts: facts.sort((a, b) => (a.paidAt ?? a.asOf) - (b.paidAt ?? b.asOf)) };
};

const readInvoices = async (
  client: GatenocClient,
  clock: Clock,
  handles: readonly InvoiceHandle[],
): Promise<ReadOutcome> => {
  const oldest = handles.reduce((least, handle) => Math.min(least, handle.createdAt), clock.now());
  const look = await lookThrough(client, oldest - days(1));
  const facts = new Map<InvoiceId, readonly Fact[]>();
  const quiet = new Set<InvoiceId>();
  const unread = new Set<InvoiceId>();
  let { failure } = look;
  for (const handle of handles) {
    const records = new Set([...handle.paymentRecords, ...(look.records.get(handle.reference) ?? [])]);
    if (records.size === 0) {
      if (look.complete) quiet.add(handle.id);
      else if (look.failure) unread.add(handle.id);
      continue;
    }
    const read = await readRecords(client, clock, handle, records);
    if (read.ok) facts.set(handle.id, read.facts);
    else {
      unread.add(handle.id);
      failure = read.failure;
    }
  }
  if (failure && facts.size === 0 && quiet.size === 0) return unavailableRead(failure);
  return { outcome: 'read', facts, quiet, unread };
};

/** GN-5: never sent twice. The exact decimal goes out; that the sum stays within the payment is the caller's to know. */
const refund = async (client: GatenocClient, request: RefundRequest): Promise<RefundOutcome> => {
  const fault = amountFault(request.amount);
  if (fault !== undefined) return { outcome: 'refused', reason: fault };
  const { amount, reason, idempotencyKey: key } = request;
  const answer = await client.refund(request.payment, { amount, reason, key });
  if (answer.outcome !== 'ok') return answer;
  return refundOutcome(answer.value.status, answer.value.refund_id ?? null);
};

/** The balance proves merchant id and API key and changes nothing. The webhook secret no call can prove. */
const check = async (client: GatenocClient, config: GatenocConfig): Promise<AccountCheck> => {
  const answer = await client.getBalance();
  if (answer.outcome === 'refused') return answer;
  if (answer.outcome !== 'ok') return { outcome: 'unavailable', reason: answer.reason };
  return {
    outcome: 'ok',
    mode: modeOfBaseUrl(config.baseUrl),
    identity: config.merchantId,
    webhookUrl: null,
  };
};

const connect = (config: GatenocConfig, { http, clock, sandbox }: GatewayContext): GatewayAccount => {
  const client = createGatenocClient(config, http);
  return {
    createInvoice: (request) => createInvoice(client, config, request, sandbox),
    readInvoices: (handles) => readInvoices(client, clock, handles),
    refund: (request) => refund(client, request),
    check: () => check(client, config),
  };
};

/** Gatenoc (USDT over Bybit Pay): gateways.md section 7. */
export const gatenoc: Gateway<GatenocConfig> = {
  id: 'gatenoc',
  title: 'Gatenoc',
  capabilities: {
    poll: 'after-payment',
    cancel: false,
    refund: 'partial',
    idempotentCreate: true,
    findByReference: false,
    signsWholeBody: true,
    signedTimestamp: true,
    quoteAtPayment: false,
    rateAtPayment: false,
    depositAddress: false,
    returnUrl: 'redirect',
    perInvoiceWebhook: true,
    sendsExpired: false,
    topUp: false,
    chargebacks: false,
    testMode: false,
    underpayment: true,
    overpayment: true,
    // A Bybit order that was opened in time can be completed after the session's end.
    latePayment: true,
    secondPayment: true,
    confirmByRead: 'none',
    readBatch: 10_000,
  },
  config: gatenocConfigSchema,
  methods: [],
  currencies: usd ? [usd] : [],
  settlementCurrency: usd ?? null,
  accepts: () => ['USDT (Bybit Pay)'],
  rateLimit: { requests: 120, perMs: 60_000 },
  modeOf: (config) => modeOfBaseUrl(config.baseUrl),
  receiveWebhook: receiveGatenocWebhook,
  connect,
};
