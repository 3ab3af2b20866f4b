import { safeLink } from '../../egress/link.ts';
import type { InvoiceId } from '../../identity/identity.ts';
import { parseCurrency } from '../../money/currency.ts';
import { modeOfBaseUrl } from '../base-url.ts';
import type { Fact } from '../fact.ts';
import type {
  AccountCheck,
  CreateOutcome,
  Gateway,
  GatewayAccount,
  GatewayContext,
  InvoiceHandle,
  ReadOutcome,
} from '../gateway.ts';
import { unavailableRead } from '../json-answer.ts';
import { parseTonAddress, sameTonAccount } from './address.ts';
import { createTonNftClient, type TonNftClient } from './client.ts';
import { type CreatedPayment, type TonNftConfig, tonNftConfigSchema } from './contract.ts';
import { listedFact } from './status.ts';
import { receiveTonNftWebhook } from './webhook.ts';

const modeOf = (config: TonNftConfig) => modeOfBaseUrl(config.baseUrl);

const created = (payment: CreatedPayment, config: TonNftConfig, sandbox: boolean): CreateOutcome => {
  const owner = payment.expectedOwner;
  if (owner != null && !sameTonAccount(owner, payment.depositAddress)) {
    return { outcome: 'ambiguous', reason: 'deposit-address-contradicted' };
  }
  const address = parseTonAddress(payment.depositAddress);
  // Collectibles of the test network are worth nothing (invariant 13). Nobody has seen the address yet.
  if (address?.testnetOnly === true && modeOf(config) === 'live') {
    return { outcome: 'refused', reason: 'testnet-address-on-live-host' };
  }
  const link = safeLink(payment.checkoutUrl, [new URL(config.baseUrl).host], { sandbox });
  return {
    outcome: 'created',
    gatewayPaymentId: payment.id,
    payUrl: link.ok ? link.url : null,
    address: address === undefined ? null : payment.depositAddress,
    payable: null,
    expiresAt: null,
  };
};

/** Neither an amount nor a reference is sent (NFT-1, NFT-3): the answer's id is all that ties it to the order. */
const createInvoice = async (
  client: TonNftClient | undefined,
  config: TonNftConfig,
  sandbox: boolean,
): Promise<CreateOutcome> => {
  if (client === undefined) return { outcome: 'refused', reason: 'api-key-missing' };
  const answer = await client.createPayment();
  return answer.outcome === 'ok' ? created(answer.value, config, sandbox) : answer;
};

/** One list call for all; what is not among the recent payments is absent. */
const readInvoices = async (
  client: TonNftClient | undefined,
  config: TonNftConfig,
  handles: readonly InvoiceHandle[],
  startedAt: number,
): Promise<ReadOutcome> => {
  if (client === undefined) return { outcome: 'unavailable', reason: 'api-key-missing' };
  const answer = await client.listPayments();
  if (answer.outcome !== 'ok') return unavailableRead(answer);
  const rows = new Map(answer.value.map((row) => [row.id, row]));
  const facts = new Map<InvoiceId, readonly Fact[]>();
  for (const handle of handles) {
    const row = handle.gatewayPaymentId === null ? undefined : rows.get(handle.gatewayPaymentId);
    const told = handle.received ?? null;
    if (row !== undefined) facts.set(handle.id, [listedFact(row, config, startedAt, told)]);
  }
  return { outcome: 'read', facts, quiet: new Set() };
};

const check = async (client: TonNftClient | undefined): Promise<AccountCheck> => {
  if (client === undefined) return { outcome: 'refused', reason: 'api-key-missing' };
  const answer = await client.listPayments();
  if (answer.outcome === 'refused') return answer;
  if (answer.outcome !== 'ok') return { outcome: 'unavailable', reason: answer.reason };
  return { outcome: 'ok', mode: 'unknown', identity: null, webhookUrl: null };
};

const connect = (config: TonNftConfig, { http, clock, sandbox }: GatewayContext): GatewayAccount => {
  const client = createTonNftClient(config, http);
  return {
    createInvoice: () => createInvoice(client, config, sandbox),
    readInvoices: (handles) => readInvoices(client, config, handles, clock.now()),
    check: () => check(client),
  };
};

/** The NFT payment gateway on TON: gateways.md section 4. The amount comes with the payment (NFT-1). */
export const tonNft: Gateway<TonNftConfig> = {
  id: 'ton-nft',
  title: 'TON collectibles',
  capabilities: {
    poll: 'list',
    cancel: false,
    refund: 'none',
    idempotentCreate: false,
    findByReference: false,
    signsWholeBody: true,
    signedTimestamp: false,
    quoteAtPayment: true,
    rateAtPayment: false,
    depositAddress: true,
    returnUrl: 'none',
    perInvoiceWebhook: false,
    sendsExpired: false,
    topUp: false,
    chargebacks: false,
    testMode: false,
    underpayment: true,
    overpayment: true,
    latePayment: true,
    secondPayment: false,
    confirmByRead: 'none',
    // One list holds them all, so a round may have as many as the others'.
    readBatch: 10_000,
  },
  config: tonNftConfigSchema,
  methods: [],
  currencies: 'any',
  settlementCurrency: parseCurrency('TON') ?? null,
  accepts: () => ['TON NFT'],
  rateLimit: { requests: 5, perMs: 1_000 },
  modeOf,
  warnings: () => ['amount-decided-at-payment', 'no-change-given', 'refund-by-hand'],
  receiveWebhook: receiveTonNftWebhook,
  connect,
};
