import { randomBytes } from 'node:crypto';
import { type Money, newRowId } from '@gatewright/payment-core';
import { container } from '@medusajs/framework';
import { configManager } from '@medusajs/framework/config';
import type {
  AuthorizePaymentInput,
  AuthorizePaymentOutput,
  BigNumberInput,
  CancelPaymentInput,
  CancelPaymentOutput,
  CapturePaymentInput,
  CapturePaymentOutput,
  CreateAccountHolderInput,
  CreateAccountHolderOutput,
  DeletePaymentInput,
  DeletePaymentOutput,
  GetPaymentStatusInput,
  GetPaymentStatusOutput,
  InitiatePaymentInput,
  InitiatePaymentOutput,
  ProviderWebhookPayload,
  RefundPaymentInput,
  RefundPaymentOutput,
  RetrievePaymentInput,
  RetrievePaymentOutput,
  UpdatePaymentInput,
  UpdatePaymentOutput,
  WebhookActionResult,
} from '@medusajs/framework/types';
import { AbstractPaymentProvider, MathBN, MedusaError } from '@medusajs/framework/utils';
import { currentEngine } from '../../engine/current-engine.ts';
import type { MedusaEngine } from '../../engine/engine.ts';
import { type MedusaCradle, settingsError } from '../../engine/medusa-process.ts';
import { manualRefund } from '../../fulfilment/manual-refund.ts';
import { medusaMoney } from '../../fulfilment/medusa-money.ts';
import { shopOf } from '../../fulfilment/shop.ts';
import { findSessionPlace } from '../../payment/find-collection.ts';
import { cancelPayment, leaveSession } from '../../payment/leave-payment.ts';
import { recordManualRefund, refundPayment } from '../../payment/refund-payment.ts';
import { dataOf, type SessionData, sessionOf } from '../../payment/session-data.ts';
import { type Standing, standingOf } from '../../payment/standing.ts';
import { startPayment } from '../../payment/start-payment.ts';
import { webhookAction } from '../../payment/webhook-action.ts';
import type { SessionRow } from '../../sessions/session-book.ts';
import { entryWith } from '../../settings/medusa-config.ts';
import { accountIdOf, providerIdentifier, readEntry } from '../../settings/provider-entry.ts';

const notAllowed = (message: string): MedusaError => new MedusaError(MedusaError.Types.NOT_ALLOWED, message);
const invalid = (message: string): MedusaError => new MedusaError(MedusaError.Types.INVALID_DATA, message);

/** Numbers, texts and `{value, precision}` alike, without a float in between (contract 2.5). */
const moneyOf = (amount: BigNumberInput, currency: string): Money => {
  const money = medusaMoney(MathBN.convert(amount).toFixed(), currency);
  if (money === undefined) throw invalid('The amount of the payment or its currency cannot be read.');
  return money;
};

type Known = { readonly engine: MedusaEngine; readonly row: SessionRow };

/** One provider entry of the shop: Medusa's words in, the ledger's answers out. */
export class GatewrightProvider extends AbstractPaymentProvider<Record<string, unknown>> {
  static override identifier = providerIdentifier;

  readonly #cradle: MedusaCradle;
  readonly #place = findSessionPlace(() => shopOf(container).query);

  /** Ends the start where an entry cannot work. Medusa does not say which entry it is, so it is found by its options. */
  static override validateOptions(options: Record<string, unknown>): void {
    const read = readEntry(entryWith(configManager.config, options), options, randomBytes);
    if (!read.ok) throw settingsError(read.faults);
  }

  constructor(cradle: MedusaCradle & Record<string, unknown>, options: Record<string, unknown>) {
    super(cradle, options);
    this.#cradle = cradle;
  }

  #engine(): Promise<MedusaEngine> {
    return currentEngine(this.#cradle);
  }

  async #known(data: SessionData | undefined): Promise<Known | undefined> {
    const engine = await this.#engine();
    const row = await sessionOf(engine, data);
    return row && { engine, row };
  }

  async #must(data: SessionData | undefined): Promise<Known> {
    const known = await this.#known(data);
    if (known === undefined) throw notAllowed('The ledger does not know this payment session.');
    return known;
  }

  #data(
    { engine, row }: Known,
    { invoice }: Standing,
    given: SessionData | undefined,
  ): Record<string, unknown> {
    const account = engine.settings.accounts.find(({ id }) => id === row.account);
    return dataOf(engine, row, account?.gateway ?? 'unknown', invoice, given);
  }

  async #start(
    session: unknown,
    amount: BigNumberInput,
    currency: string,
    data: SessionData | undefined,
  ): Promise<Record<string, unknown>> {
    if (typeof session !== 'string') throw invalid('The payment session has no id.');
    const engine = await this.#engine();
    const place = await this.#place(session);
    if (place === undefined) throw invalid(`There is no payment session ${session}.`);
    const started = await startPayment(engine, { session, place, amount: moneyOf(amount, currency), data });
    if (started.ok) return started.data;
    if (started.owner !== undefined) engine.log.warn(`Gatewright: ${place.provider}: ${started.owner}`);
    throw started.reason === 'return-url' ? invalid(started.message) : notAllowed(started.message);
  }

  async initiatePayment({
    amount,
    currency_code: currency,
    data,
  }: InitiatePaymentInput): Promise<InitiatePaymentOutput> {
    // Core has written it over whatever the shopper sent under this name.
    const session = data?.session_id;
    const started = await this.#start(session, amount, currency, data);
    return { id: String(session), status: 'pending', data: started };
  }

  /** Core's cart flow deletes and makes sessions instead (contract 2.2); other code may change an amount. */
  async updatePayment({
    amount,
    currency_code: currency,
    data,
  }: UpdatePaymentInput): Promise<UpdatePaymentOutput> {
    const { row } = await this.#must(data);
    return { status: 'pending', data: await this.#start(row.id, amount, currency, data) };
  }

  /** Never refuses: a cart must be changeable, whatever we know of its session. */
  async deletePayment({ data }: DeletePaymentInput): Promise<DeletePaymentOutput> {
    const known = await this.#known(data);
    if (known) await leaveSession(known.engine, known.row);
    return { data: data ?? {} };
  }

  async authorizePayment({ data }: AuthorizePaymentInput): Promise<AuthorizePaymentOutput> {
    const known = await this.#known(data);
    if (known === undefined) return { status: 'error', data: data ?? {} };
    const standing = await standingOf(known.engine, known.row);
    return { status: standing.status, data: this.#data(known, standing, data) };
  }

  async getPaymentStatus(input: GetPaymentStatusInput): Promise<GetPaymentStatusOutput> {
    return this.authorizePayment(input);
  }

  async retrievePayment({ data }: RetrievePaymentInput): Promise<RetrievePaymentOutput> {
    const known = await this.#must(data);
    return { data: this.#data(known, await standingOf(known.engine, known.row), data) };
  }

  /** Nothing is captured here: the shopper has paid, or has not. */
  async capturePayment({ data }: CapturePaymentInput): Promise<CapturePaymentOutput> {
    const known = await this.#must(data);
    const standing = await standingOf(known.engine, known.row);
    if (standing.status !== 'captured')
      throw notAllowed(
        'This payment has not come in, so it cannot be captured. Only the shopper can send it; look at the order in the review queue if they say they did.',
      );
    return { data: this.#data(known, standing, data) };
  }

  async refundPayment({ amount, data, context }: RefundPaymentInput): Promise<RefundPaymentOutput> {
    const known = await this.#must(data);
    const { engine, row } = known;
    const refund = context?.idempotency_key ?? newRowId(engine.ports.random);
    const asked = { row, refund, amount: moneyOf(amount, row.amount.currency) };
    const byHand = manualRefund.getStore() !== undefined;
    const result = await (byHand ? recordManualRefund(engine, asked) : refundPayment(engine, asked));
    if (!result.ok) throw notAllowed(result.message);
    return { data: { ...data } };
  }

  async cancelPayment({ data }: CancelPaymentInput): Promise<CancelPaymentOutput> {
    const known = await this.#known(data);
    if (known) await cancelPayment(known.engine, known.row);
    return { data: { ...data } };
  }

  async getWebhookActionAndData({
    rawData,
    headers,
  }: ProviderWebhookPayload['payload']): Promise<WebhookActionResult> {
    const entry = entryWith(this.#cradle.configModule, this.config);
    const account = entry === null ? undefined : accountIdOf(entry);
    if (account === undefined) return { action: 'not_supported' };
    const body = typeof rawData === 'string' ? Buffer.from(rawData, 'utf8') : rawData;
    return webhookAction(await this.#engine(), account, { body, headers });
  }

  /** Gateways know no customers of ours. An empty answer makes no row, and no warning at every session. */
  async createAccountHolder(_input: CreateAccountHolderInput): Promise<CreateAccountHolderOutput> {
    // Core takes an empty answer for "none was made" (createAccountHolder in @medusajs/payment); its type has no word for it.
    return {} as CreateAccountHolderOutput;
  }
}
