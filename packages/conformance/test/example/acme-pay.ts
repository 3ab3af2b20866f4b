import {
  blankFact,
  type CreateOutcome,
  type ExactJson,
  eventKey,
  type Fact,
  type Gateway,
  type GatewayAccount,
  type InvoiceId,
  ignoredEventKey,
  openSignedBody,
  parseCurrency,
  parseExactJson,
  refuse,
  stringifyExactJson,
  type WebhookRequest,
  type WebhookVerdict,
  wireAmount,
  wireInstant,
  wireText,
} from '@gatewright/payment-core';
import * as z from 'zod';

/*
 * Acme Pay does not exist. It is the smallest gateway that a third party could write an adapter for: euros, one
 * webhook per payment, a look-up by id, and a create call that may be repeated under the same reference.
 */

const configSchema = z.object({
  baseUrl: z.url(),
  key: z.string().trim().min(1),
  webhookSecret: z.string().trim().min(1),
});
type AcmeConfig = z.infer<typeof configSchema>;

const paymentSchema = z.object({
  id: wireText,
  reference: wireText,
  status: wireText,
  amount: wireAmount,
  currency: wireText,
  paid_at: wireInstant.nullish(),
});
type AcmePayment = z.infer<typeof paymentSchema>;

const createdSchema = z.object({ payment: paymentSchema, pay_url: z.url(), expires_at: wireInstant });
const listSchema = z.object({ payments: z.array(paymentSchema) });
const eventSchema = z.object({ event: wireText });
const changedSchema = z.object({ payment: paymentSchema });

const statusOf = (word: string): Fact['status'] => {
  switch (word) {
    case 'waiting':
      return 'open';
    case 'paid':
      return 'paid';
    case 'expired':
      return 'expired';
    default:
      return 'unknown';
  }
};

const factOf = (payment: AcmePayment, authority: 'api' | 'signed', asOf: number): Fact => {
  const currency = parseCurrency(payment.currency);
  const quoted = currency === undefined ? null : { amount: payment.amount, currency };
  const status = statusOf(payment.status);
  return {
    ...blankFact,
    authority,
    gatewayPaymentId: payment.id,
    reference: payment.reference,
    status,
    wireStatus: payment.status,
    quoted,
    received: status === 'paid' ? quoted : null,
    final: status === 'paid' && quoted !== null,
    paidAt: payment.paid_at ?? null,
    asOf,
  };
};

const receiveWebhook = (config: AcmeConfig, request: WebhookRequest): WebhookVerdict => {
  const key = Buffer.from(config.webhookSecret);
  const json = openSignedBody(request, { header: 'Acme-Signature', key });
  if (!json.ok) return json;
  const event = eventSchema.safeParse(json.value);
  if (!event.success) return refuse('schema', 'not-an-event');
  if (event.data.event !== 'payment.changed')
    return { ok: true, facts: [], dedupeKey: ignoredEventKey(request.body), ignored: 'unknown-event' };
  const changed = changedSchema.safeParse(json.value);
  if (!changed.success) return refuse('schema', 'not-a-payment');
  const fact = factOf(changed.data.payment, 'signed', request.receivedAt);
  return { ok: true, facts: [fact], dedupeKey: eventKey(fact) };
};

const connect: Gateway<AcmeConfig>['connect'] = (config, { http, clock }): GatewayAccount => {
  const headers = { authorization: `Bearer ${config.key}`, 'content-type': 'application/json' };
  const url = (path: string): string => `${config.baseUrl}${path}`;
  const read = async (ids: readonly string[]) => {
    const query = new URLSearchParams({ ids: ids.join(',') });
    const answer = await http({ method: 'GET', url: url(`/payments?${query}`), headers, retry: 'safe' });
    if (answer.outcome !== 'ok') return undefined;
    const json = parseExactJson(answer.body);
    const list = json.ok ? listSchema.safeParse(json.value) : undefined;
    return list?.success ? list.data.payments : undefined;
  };
  return {
    createInvoice: async ({ amount, reference, webhookUrl }): Promise<CreateOutcome> => {
      if (amount === null) return { outcome: 'refused', reason: 'amount-missing' };
      const wanted: ExactJson = { ...amount, reference, webhook_url: webhookUrl };
      const body = stringifyExactJson(wanted);
      // The same reference finds the same payment, so a repeated call does no harm.
      const answer = await http({ method: 'POST', url: url('/payments'), headers, body, retry: 'safe' });
      if (answer.outcome === 'ambiguous' || answer.outcome === 'unavailable') return answer;
      if (answer.outcome === 'refused') return { outcome: 'refused', reason: `http-${answer.status}` };
      const json = parseExactJson(answer.body);
      const created = json.ok ? createdSchema.safeParse(json.value) : undefined;
      if (!created?.success) return { outcome: 'ambiguous', reason: 'answer-not-understood' };
      const { payment, pay_url: payUrl, expires_at: expiresAt } = created.data;
      return {
        outcome: 'created',
        gatewayPaymentId: payment.id,
        payUrl,
        address: null,
        payable: null,
        expiresAt,
      };
    },
    readInvoices: async (handles) => {
      const asOf = clock.now();
      const payments = await read(handles.flatMap(({ gatewayPaymentId }) => gatewayPaymentId ?? []));
      if (!payments) return { outcome: 'unavailable', reason: 'no-answer' };
      const facts = new Map<InvoiceId, readonly Fact[]>();
      for (const { id, gatewayPaymentId } of handles) {
        const payment = payments.find((candidate) => candidate.id === gatewayPaymentId);
        if (payment) facts.set(id, [factOf(payment, 'api', asOf)]);
      }
      return { outcome: 'read', facts, quiet: new Set() };
    },
    check: async () =>
      (await read([]))
        ? { outcome: 'ok', mode: 'test', identity: null, webhookUrl: null }
        : { outcome: 'unavailable', reason: 'no-answer' },
  };
};

const eur = parseCurrency('EUR');

export const acmePay: Gateway<AcmeConfig> = {
  id: 'acme-pay',
  title: 'Acme Pay',
  capabilities: {
    poll: 'id',
    cancel: false,
    refund: 'none',
    idempotentCreate: true,
    findByReference: false,
    signsWholeBody: true,
    signedTimestamp: false,
    quoteAtPayment: false,
    rateAtPayment: false,
    depositAddress: false,
    returnUrl: 'none',
    perInvoiceWebhook: true,
    sendsExpired: false,
    topUp: false,
    chargebacks: false,
    testMode: true,
    underpayment: false,
    overpayment: false,
    latePayment: false,
    secondPayment: false,
    confirmByRead: 'none',
    readBatch: 100,
  },
  config: configSchema,
  methods: [],
  currencies: eur ? [eur] : [],
  settlementCurrency: eur ?? null,
  rateLimit: { requests: 100, perMs: 1_000 },
  modeOf: ({ baseUrl }) => (baseUrl === 'https://sandbox.acme.example' ? 'test' : 'live'),
  receiveWebhook,
  connect,
};
