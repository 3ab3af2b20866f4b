import * as z from 'zod';
import { wireAmount, wireId, wireInstant, wireInteger, wireText, wireUnixSeconds } from '../../money/wire.ts';
import { baseUrlSchema } from '../base-url.ts';

const gatenocUrl = 'https://gatenoc.com/api/v1/merchant';

const merchantIdSchema = z
  .union([z.number().int().transform(String), z.string().trim()])
  .pipe(z.string().regex(/^[1-9]\d{0,18}$/, 'merchant-id-unusable'));

/** The three values of the Integration page. The webhook secret is never sent; the API key never verifies. */
export const gatenocConfigSchema = z.object({
  merchantId: merchantIdSchema,
  apiKey: z
    .string()
    .trim()
    .regex(/^[\x21-\x7e]+$/, 'api-key-unusable'),
  webhookSecret: z.string().trim().min(1, 'webhook-secret-unusable'),
  /** How far a webhook's signed time may be from ours, both ways (GN-3). */
  toleranceSeconds: z.number().int().nonnegative().default(300),
  baseUrl: baseUrlSchema.default(gatenocUrl),
});
export type GatenocConfig = z.infer<typeof gatenocConfigSchema>;

const instant = z.union([wireInstant, wireUnixSeconds]);
const foreignId = z.union([wireText, wireId]);

const paymentFields = {
  status: wireText,
  amount: wireAmount,
  total_amount: wireAmount.nullish(),
  currency: wireText.nullish(),
  note: wireText.nullish(),
  bybit_pay_id: foreignId.nullish(),
  merchant_trade_no: foreignId.nullish(),
  paid_at: instant.nullish(),
};

/** Every event names its kind and its merchant (GN-9). */
export const eventSchema = z.object({ event: wireText, merchant_id: wireId });

/** The body of `payment.completed` (gateways.md 7.2). */
export const paymentEventSchema = z.object({
  ...paymentFields,
  payment_record_id: wireId,
  currency: wireText,
});

const idFields = { payment_record_id: wireId.nullish(), id: wireId.nullish() };

type Identified = {
  readonly payment_record_id?: string | null | undefined;
  readonly id?: string | null | undefined;
};

/** The webhook calls it `payment_record_id`, the path of the API `id`: the shape of the object is not documented. */
const withRecord = <T extends Identified>(
  { id, payment_record_id, ...rest }: T,
  context: z.RefinementCtx<T>,
) => {
  const record = payment_record_id ?? id;
  if (record != null) return { ...rest, payment_record_id: record };
  context.addIssue({ code: 'custom', message: 'no-payment-id' });
  return z.NEVER;
};

const apiPaymentSchema = z.object({ ...paymentFields, ...idFields }).transform(withRecord);

/** `GET /payments/{id}`; the wrapper is not documented. */
export const paymentAnswerSchema = z.union([
  z.object({ data: apiPaymentSchema }).transform(({ data }) => data),
  z.object({ payment: apiPaymentSchema }).transform(({ payment }) => payment),
  apiPaymentSchema,
]);

/** What webhook and API say of one payment. */
export type GatenocPayment = z.infer<typeof paymentAnswerSchema>;

/** Of the list only the id and the note are used: the payment itself is read alone (GN-2). */
const listItemSchema = z.object({ ...idFields, note: wireText.nullable() }).transform(withRecord);

/** `unreadable`: an item had no readable note, so a look through the list proves nothing about absence. */
export const listSchema = z
  .object({ data: z.array(z.unknown()), current_page: wireInteger, total: wireInteger })
  .transform(({ data, current_page: page, total }) => {
    const items = data.flatMap((item) => {
      const read = listItemSchema.safeParse(item);
      return read.success ? [{ record: read.data.payment_record_id, note: read.data.note }] : [];
    });
    return { page, total, size: data.length, items, unreadable: items.length < data.length };
  });

const sessionFields = z.object({
  checkout_url: wireText.nullish(),
  invoice_url: wireText.nullish(),
  expires_at: instant.nullish(),
});

/** `checkout_url` and `invoice_url` are the same value; there is no payment id (GN-2). */
export const sessionSchema = z
  .union([z.object({ data: sessionFields }).transform(({ data }) => data), sessionFields])
  .transform(({ checkout_url: checkout, invoice_url: invoice, expires_at: expiresAt }) => ({
    url: checkout ?? invoice ?? null,
    expiresAt: expiresAt ?? null,
  }));

const balanceFields = z.object({
  received_total: wireAmount,
  refunded_total: wireAmount,
  available_ledger: wireAmount,
});
export const balanceSchema = z.union([
  z.object({ data: balanceFields }).transform(({ data }) => data),
  balanceFields,
]);

const refundFields = z.object({ refund_id: foreignId.nullish(), status: wireText });
export const refundSchema = z.union([
  z.object({ data: refundFields }).transform(({ data }) => data),
  refundFields,
]);

export const listPageSize = 100;
