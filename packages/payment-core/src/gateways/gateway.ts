import type * as z from 'zod';
import type { HttpClient } from '../http/http-client.ts';
import type { Clock } from '../identity/clock.ts';
import type { InvoiceId } from '../identity/identity.ts';
import type { Mode } from '../invoice/invoice.ts';
import type { CurrencyCode } from '../money/currency.ts';
import type { Decimal } from '../money/decimal.ts';
import type { Money } from '../money/money.ts';
import type { ExchangeRateRow } from '../rates/crypto-pay-rates.ts';
import type { GatewayCapabilities } from './capabilities.ts';
import type { Fact } from './fact.ts';
import type { Answer } from './json-answer.ts';
import type { WebhookRequest, WebhookVerdict } from './webhook.ts';

/** What an adapter needs to make calls. `sandbox` permits http links to loopback, nothing else. */
export interface GatewayContext {
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly sandbox: boolean;
}

export interface CreateInvoiceRequest {
  /** Unique per attempt; also the idempotency key's root. */
  readonly reference: string;
  /** In a currency of `currencies`; null where the gateway quotes at payment. */
  readonly amount: Money | null;
  readonly method: string | null;
  readonly description: string;
  readonly returnUrl: string;
  readonly cancelUrl: string;
  /** Built from configuration, never from a request (TP-11, GN-1). */
  readonly webhookUrl: string;
  readonly customerEmail: string | null;
  /** Our wish; a gateway with an expiry of its own ignores it. */
  readonly expiresInSeconds: number;
}

export type GatewayWarning =
  | 'chargebacks-not-reported'
  | 'amount-decided-at-payment'
  | 'no-change-given'
  | 'refund-by-hand';

export type CreateOutcome =
  | {
      readonly outcome: 'created';
      readonly gatewayPaymentId: string | null;
      readonly payUrl: string | null;
      readonly address: string | null;
      readonly payable: Money | null;
      readonly expiresAt: number | null;
    }
  | { readonly outcome: 'refused'; readonly reason: string }
  | { readonly outcome: 'ambiguous'; readonly reason: string }
  | { readonly outcome: 'unavailable'; readonly reason: string; readonly retryAfterMs?: number };

/** What an adapter needs to know of an invoice to ask the gateway for it. */
export interface InvoiceHandle {
  readonly id: InvoiceId;
  readonly reference: string;
  readonly gatewayPaymentId: string | null;
  readonly paymentRecords: readonly string[];
  readonly quoted: Money | null;
  /** What a fact has already said came in, so that an adapter can tell news from an echo (NFT-4). */
  readonly received?: Money | null;
  readonly method: string | null;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/**
 * `facts` holds what the gateway said, by invoice; an asked invoice that is in neither `facts` nor `quiet` is absent,
 * and absence is no fact. `quiet`: the gateway keeps no record before money comes, and a complete look found none.
 */
export type ReadOutcome =
  | {
      readonly outcome: 'read';
      readonly facts: ReadonlyMap<InvoiceId, readonly Fact[]>;
      readonly quiet: ReadonlySet<InvoiceId>;
      /** Asked for, but a call failed before they were reached: neither found nor absent. Read them again soon. */
      readonly unread?: ReadonlySet<InvoiceId>;
    }
  | { readonly outcome: 'unavailable'; readonly reason: string; readonly retryAfterMs?: number };

/** `found` also when the answer of the create call was lost: adopt it instead of creating again (CP-9, GN-11). */
export type FindOutcome =
  | Extract<CreateOutcome, { outcome: 'created' | 'unavailable' }>
  | { readonly outcome: 'absent' };

export type CancelOutcome =
  | { readonly outcome: 'canceled' }
  | { readonly outcome: 'refused'; readonly reason: string }
  | { readonly outcome: 'ambiguous'; readonly reason: string }
  | { readonly outcome: 'unavailable'; readonly reason: string };

export interface RefundRequest {
  /** The gateway's id of the payment to refund. */
  readonly payment: string;
  /** In the invoice's quoted currency. */
  readonly amount: Decimal;
  readonly reason: string;
  readonly idempotencyKey: string;
}

export type RefundOutcome =
  | { readonly outcome: 'done' | 'accepted'; readonly refundId: string | null }
  | { readonly outcome: 'refused'; readonly reason: string }
  | { readonly outcome: 'ambiguous'; readonly reason: string }
  | { readonly outcome: 'unavailable'; readonly reason: string };

/** Answer of a harmless call that proves the credentials (getMe, key/info, balance, list). */
export type AccountCheck =
  | {
      readonly outcome: 'ok';
      readonly mode: Mode | 'unknown';
      readonly identity: string | null;
      readonly webhookUrl: string | null;
    }
  | { readonly outcome: 'refused'; readonly reason: string }
  | { readonly outcome: 'unavailable'; readonly reason: string };

/** One gateway account, connected. Methods a gateway has no call for are absent; the capabilities say the same. */
export interface GatewayAccount {
  createInvoice(request: CreateInvoiceRequest): Promise<CreateOutcome>;
  findInvoice?(handle: InvoiceHandle): Promise<FindOutcome>;
  readInvoices?(handles: readonly InvoiceHandle[]): Promise<ReadOutcome>;
  cancelInvoice?(handle: InvoiceHandle): Promise<CancelOutcome>;
  refund?(request: RefundRequest): Promise<RefundOutcome>;
  check(): Promise<AccountCheck>;
}

/** Which money a gateway can be asked for. `any`: it names no list. */
export type AcceptedCurrencies = readonly CurrencyCode[] | 'any';

/** The port every gateway implements: one folder, one line in registry.ts. */
export interface Gateway<Config> {
  readonly id: string;
  readonly title: string;
  readonly capabilities: GatewayCapabilities;
  /** The wrapper's own page is where it is paid: an invoice needs neither link nor address. */
  readonly ownPage?: boolean;
  /** Reads an account's stored configuration; unknown keys are ignored. */
  readonly config: z.ZodType<Config>;
  /** Networks or assets the shopper has to choose from; empty where there is nothing to choose. */
  readonly methods: readonly string[];
  readonly currencies: AcceptedCurrencies;
  /** What an order in another currency is converted to before the gateway is asked. */
  readonly settlementCurrency: CurrencyCode | null;
  /** The least it can be asked for, in its settlement currency; absent where none is documented. */
  readonly minimum?: Money;
  /** The most it can be asked for; `currency` null: in whatever currency it is asked. Absent where none is documented. */
  readonly maximum?: { readonly amount: Decimal; readonly currency: CurrencyCode | null };
  /** Requests per milliseconds of the account's rate limit. */
  readonly rateLimit: { readonly requests: number; readonly perMs: number };
  /** Live or test by host, never by label (invariant 13). */
  modeOf(config: Config): Mode;
  /** Which of `methods` this configuration takes; absent: all of them. */
  methodsOf?(config: Config): readonly string[];
  /**
   * What a shopper can pay with, in words for a chooser: assets, networks, kinds of cards. Absent: not known.
   * @param asked what the gateway would be asked for; null where it quotes at payment
   */
  accepts?(config: Config, asked: Money | null): readonly string[];
  /** What the owner has to be told about this configuration (TP-5, NFT-1); absent: nothing. */
  warnings?(config: Config): readonly GatewayWarning[];
  /** Pure: verifies the raw bytes, then parses. Never throws for what a stranger can send. */
  receiveWebhook(config: Config, request: WebhookRequest): WebhookVerdict;
  connect(config: Config, context: GatewayContext): GatewayAccount;
  /** What the gateway itself says currencies are worth, as a source of exchange rates; absent: it tells nothing. */
  exchangeRates?(config: Config, http: HttpClient): Promise<Answer<readonly ExchangeRateRow[]>>;
}
