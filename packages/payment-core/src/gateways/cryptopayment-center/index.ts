import { safeLink } from '../../egress/link.ts';
import { type Clock, minutes } from '../../identity/clock.ts';
import type { InvoiceId } from '../../identity/identity.ts';
import { parseCurrency } from '../../money/currency.ts';
import { compareDecimal, equalDecimal, parseDecimal, significantScale } from '../../money/decimal.ts';
import type { Money } from '../../money/money.ts';
import { hostOf, modeOfBaseUrl } from '../base-url.ts';
import type { Fact } from '../fact.ts';
import type {
  AccountCheck,
  CreateInvoiceRequest,
  CreateOutcome,
  FindOutcome,
  Gateway,
  GatewayAccount,
  GatewayContext,
  InvoiceHandle,
  ReadOutcome,
} from '../gateway.ts';
import { unavailableRead } from '../json-answer.ts';
import { perConfig } from '../per-config.ts';
import {
  type CryptoPaymentCenterClient,
  createCryptoPaymentCenterClient,
  type Walk,
  walkInvoices,
} from './client.ts';
import {
  type CryptoPaymentCenterConfig,
  type CryptoPaymentCenterInvoice,
  cryptoPaymentCenterConfigSchema,
  type InvoiceAnswer,
  paymentNetworks,
} from './contract.ts';
import { cryptoPaymentCenterFact, payableOf } from './status.ts';
import { receiveCryptoPaymentCenterWebhook } from './webhook.ts';

/** Our clock and theirs may differ this much. */
const clockSkewMs = minutes(10);
/** Up to so many invoices are read one by one; more are looked for in the list, 20 a call. */
const singleReads = 2;
/** Where the list breaks off, so many are read one by one and the rest is left to the next read. */
const singleReadsAfterFailure = 50;
const findPages = 50;

const usd = parseCurrency('USD');
const minimumAmount = parseDecimal('1.00');

/**
 * Where the next walk through the list begins. Kept in memory: without it a walk begins at the newest invoice, and
 * the next one goes on from there.
 */
interface Place {
  page: number;
}
const placeOf = perConfig((_config: CryptoPaymentCenterConfig): Place => ({ page: 1 }));

interface Connection {
  readonly client: CryptoPaymentCenterClient;
  readonly config: CryptoPaymentCenterConfig;
  readonly clock: Clock;
  readonly sandbox: boolean;
}

interface Asked {
  readonly method: string | null;
  readonly amount: Money | null;
  readonly reference: string;
}

/** An invoice on another network, or for another amount or order, than was asked for is never shown to a shopper. */
const isAsAsked = (invoice: CryptoPaymentCenterInvoice, asked: Asked): boolean =>
  invoice.network === asked.method &&
  asked.amount !== null &&
  equalDecimal(invoice.amount_usd, asked.amount.amount) &&
  (invoice.order_id == null || invoice.order_id === asked.reference);

/** CPC-9: there is no way back from the gateway's page, so the address for our own page is passed on as well. */
const created = (
  { invoice, checkout_url: link }: InvoiceAnswer,
  { config, sandbox }: Connection,
): Extract<CreateOutcome, { outcome: 'created' }> => {
  const safe = link
    ? safeLink(link, ['cryptopayment.center', hostOf(config.baseUrl)], { sandbox })
    : undefined;
  const address = invoice.address ?? '';
  return {
    outcome: 'created',
    gatewayPaymentId: invoice.id,
    payUrl: safe?.ok ? safe.url : null,
    address: paymentNetworks.get(invoice.network)?.address.test(address) ? address : null,
    payable: payableOf(invoice),
    expiresAt: invoice.expires_at ?? null,
  };
};

type Order = Parameters<CryptoPaymentCenterClient['createInvoice']>[0];

/** What the gateway would refuse is refused here; rounding up to cents is the rate's job (CPC-8). */
const orderOf = ({
  amount,
  method,
  reference,
}: CreateInvoiceRequest):
  | { readonly ok: true; readonly order: Order }
  | { readonly ok: false; readonly reason: string } => {
  if (method === null || !paymentNetworks.has(method)) return { ok: false, reason: 'method-unknown' };
  if (amount === null) return { ok: false, reason: 'amount-missing' };
  if (amount.currency !== usd) return { ok: false, reason: 'currency-not-supported' };
  if (significantScale(amount.amount) > 2) return { ok: false, reason: 'amount-too-fine' };
  if (minimumAmount && compareDecimal(amount.amount, minimumAmount) < 0)
    return { ok: false, reason: 'amount-too-small' };
  return { ok: true, order: { network: method, amount: amount.amount, orderId: reference } };
};

const createInvoice = async (
  connection: Connection,
  request: CreateInvoiceRequest,
): Promise<CreateOutcome> => {
  const order = orderOf(request);
  if (!order.ok) return { outcome: 'refused', reason: order.reason };
  const answer = await connection.client.createInvoice(order.order);
  if (answer.outcome !== 'ok') return answer;
  if (!isAsAsked(answer.value.invoice, request))
    return { outcome: 'ambiguous', reason: 'answer-not-as-asked' };
  const outcome = created(answer.value, connection);
  return outcome.payUrl === null && outcome.address === null
    ? { outcome: 'refused', reason: 'no-way-to-pay' }
    : outcome;
};

/** CPC-14: look for our reference before creating again. The list carries no `checkout_url`; the address is enough. */
const findInvoice = async (connection: Connection, handle: InvoiceHandle): Promise<FindOutcome> => {
  const asked = { method: handle.method, amount: handle.quoted, reference: handle.reference };
  let found: CryptoPaymentCenterInvoice | undefined;
  const limits = { since: handle.createdAt - clockSkewMs, maxPages: findPages };
  const walk = await walkInvoices(connection.client, connection.clock, limits, (invoice) => {
    if (invoice.order_id !== handle.reference || !isAsAsked(invoice, asked)) return false;
    found = invoice;
    return true;
  });
  if (found) return created({ invoice: found, checkout_url: null }, connection);
  switch (walk.outcome) {
    case 'complete':
    case 'stopped':
      return { outcome: 'absent' };
    case 'cut':
      return { outcome: 'unavailable', reason: 'list-too-long' };
    case 'failed':
      return unavailableRead(walk.failure);
    default: {
      const never: never = walk;
      return never;
    }
  }
};

type Wanted = Map<string, InvoiceHandle>;
type Facts = Map<InvoiceId, readonly Fact[]>;

/** A walk that was broken off is gone on with: one that began anew each time would never reach the oldest. */
const placeAfter = (walk: Walk): number => {
  switch (walk.outcome) {
    case 'complete':
    case 'stopped':
    case 'cut':
      return 1;
    case 'failed':
      if (walk.failure.outcome === 'refused') return 1;
      // A page that fails twice, for a reason of its own, is passed over until the walk comes around again.
      return walk.had === 0 && walk.failure.reason !== 'rate-limited' ? walk.page + 1 : walk.page;
    default: {
      const never: never = walk;
      return never;
    }
  }
};

/**
 * Half as many pages as invoices at most: where the list is thinly set with what is asked, single reads are cheaper.
 * @returns whether the list could be read
 */
const readFromList = async ({ client, clock, config }: Connection, wanted: Wanted, facts: Facts) => {
  const oldest = [...wanted.values()].reduce(
    (least, handle) => Math.min(least, handle.createdAt),
    Number.POSITIVE_INFINITY,
  );
  const place = placeOf(config);
  const maxPages = Math.ceil(wanted.size / 2);
  const limits = { since: oldest - clockSkewMs, maxPages, from: place.page };
  const walk = await walkInvoices(client, clock, limits, (invoice, asOf) => {
    const handle = wanted.get(invoice.id);
    if (handle) facts.set(handle.id, [cryptoPaymentCenterFact(invoice, asOf)]);
    wanted.delete(invoice.id);
    return wanted.size === 0;
  });
  place.page = placeAfter(walk);
  return walk.outcome !== 'failed';
};

/** A missing invoice is absent, which is no fact; after any other failure the rest is left unread. */
const readOneByOne = async (
  { client, clock }: Connection,
  wanted: Wanted,
  facts: Facts,
  most = wanted.size,
) => {
  for (const [gatewayPaymentId, handle] of [...wanted].slice(0, most)) {
    const asOf = clock.now();
    const answer = await client.getInvoice(gatewayPaymentId);
    if (answer.outcome === 'ok') {
      facts.set(handle.id, [cryptoPaymentCenterFact(answer.value.invoice, asOf)]);
    } else if (answer.outcome !== 'refused' || answer.reason !== 'not-found') {
      return answer;
    }
    wanted.delete(gatewayPaymentId);
  }
  return undefined;
};

const readInvoices = async (
  connection: Connection,
  handles: readonly InvoiceHandle[],
): Promise<ReadOutcome> => {
  const facts: Facts = new Map();
  const wanted: Wanted = new Map();
  for (const handle of handles) if (handle.gatewayPaymentId) wanted.set(handle.gatewayPaymentId, handle);
  const listed = wanted.size <= singleReads || (await readFromList(connection, wanted, facts));
  const most = listed ? wanted.size : singleReadsAfterFailure;
  const failure = await readOneByOne(connection, wanted, facts, most);
  if (failure && facts.size === 0) return unavailableRead(failure);
  const unread = new Set([...wanted.values()].map((handle) => handle.id));
  return { outcome: 'read', facts, quiet: new Set(), ...(unread.size > 0 ? { unread } : {}) };
};

/** The balances prove the API key and change nothing. */
const check = async ({ client, config }: Connection): Promise<AccountCheck> => {
  const answer = await client.getBalances();
  if (answer.outcome === 'refused') return answer;
  if (answer.outcome !== 'ok') return { outcome: 'unavailable', reason: answer.reason };
  return { outcome: 'ok', mode: modeOfBaseUrl(config.baseUrl), identity: null, webhookUrl: null };
};

const connect = (
  config: CryptoPaymentCenterConfig,
  { http, clock, sandbox }: GatewayContext,
): GatewayAccount => {
  const connection = { client: createCryptoPaymentCenterClient(config, http), config, clock, sandbox };
  return {
    createInvoice: (request) => createInvoice(connection, request),
    findInvoice: (handle) => findInvoice(connection, handle),
    readInvoices: (handles) => readInvoices(connection, handles),
    check: () => check(connection),
  };
};

/** CryptoPayment.center: gateways.md section 6. */
export const cryptoPaymentCenter: Gateway<CryptoPaymentCenterConfig> = {
  id: 'cryptopayment-center',
  title: 'CryptoPayment.center',
  capabilities: {
    poll: 'id',
    cancel: false,
    refund: 'none',
    idempotentCreate: false,
    findByReference: true,
    signsWholeBody: false,
    signedTimestamp: false,
    quoteAtPayment: false,
    rateAtPayment: false,
    depositAddress: true,
    returnUrl: 'none',
    perInvoiceWebhook: false,
    sendsExpired: false,
    topUp: true,
    chargebacks: false,
    testMode: false,
    underpayment: true,
    overpayment: true,
    latePayment: true,
    confirmByRead: 'required',
    readBatch: 10_000,
  },
  config: cryptoPaymentCenterConfigSchema,
  methods: [...paymentNetworks.keys()],
  currencies: usd ? [usd] : [],
  settlementCurrency: usd ?? null,
  ...(usd && minimumAmount ? { minimum: { amount: minimumAmount, currency: usd } } : {}),
  methodsOf: ({ networks }) => networks,
  accepts: ({ networks }) => networks.flatMap((name) => paymentNetworks.get(name)?.label ?? []),
  // No limit is documented; a 429 is honoured whatever this says.
  rateLimit: { requests: 300, perMs: 60_000 },
  modeOf: (config) => modeOfBaseUrl(config.baseUrl),
  receiveWebhook: receiveCryptoPaymentCenterWebhook,
  connect,
};
