import * as z from 'zod';
import { parseCurrency } from '../../money/currency.ts';
import type { ExactJson } from '../../money/exact-json.ts';
import { isJsonNumber, type JsonNumber } from '../../money/json-number.ts';
import { wireAmount, wireInstant, wireText } from '../../money/wire.ts';
import { baseUrlSchema } from '../base-url.ts';

const liveUrl = 'https://gate.teleport.ltd/api/crypto-acquiring/v1';

/** Pasted values come with line ends; a key has to fit into a header line. */
const secret = z
  .string()
  .trim()
  .regex(/^[\x21-\x7e]{1,512}$/, 'secret-unusable');

/**
 * `webhookSecret` is another value than the API key. `paymentMethods` are Teleport's group ids; crypto alone by
 * default, because a chargeback of the others is reported by no event (TP-5).
 */
export const teleportPayConfigSchema = z.object({
  apiKey: secret,
  webhookSecret: secret,
  baseUrl: baseUrlSchema.default(liveUrl),
  paymentMethods: z
    .array(z.string().regex(/^[A-Za-z0-9_-]{1,64}$/))
    .min(1)
    .default(['crypto']),
});
export type TeleportPayConfig = z.infer<typeof teleportPayConfigSchema>;

/** What a group takes, by gateways.md section 3; another group is named by its id. */
const groupMethods: ReadonlyMap<string, readonly string[]> = new Map([
  ['crypto', ['BTC', 'ETH', 'USDT']],
  ['cards', ['Visa', 'Mastercard']],
]);
export const methodsOfGroup = (group: string): readonly string[] =>
  groupMethods.get(group) ?? [group.toUpperCase()];

const id = wireText.min(1).max(200);

/** A reference of other software on the same key may be a number; it is not ours, yet it is genuine. */
const reference = z.union([
  wireText,
  z.custom<JsonNumber>(isJsonNumber, 'not-a-reference').transform((number) => number.lexeme),
]);

const LAST_MS_OF_9999 = 253_402_300_799_999;

/** Unix seconds, also with a fraction; null when the number is no time of this era, which loses no payment. */
const unixTime = z.custom<JsonNumber>(isJsonNumber, 'not-a-timestamp').transform(({ lexeme }) => {
  // A time, never money, so a JS number is exact enough.
  const ms = Math.floor(Number(lexeme) * 1000);
  return ms > 0 && ms <= LAST_MS_OF_9999 ? ms : null;
});

/** Every event names its type; only `invoice.status_changed` is documented. */
export const teleportEventSchema = z.object({ event: wireText });

/** `invoice.status_changed` (gateways.md 3.2). `order_id` may be null (TP-10); `amount` is the invoice's own. */
export const teleportInvoiceEventSchema = z.object({
  payment_id: id,
  bill_uid: wireText.nullish(),
  order_id: reference.nullish(),
  status: wireText.min(1),
  amount: wireAmount.nullish(),
  currency: wireText.nullish(),
  timestamp: unixTime.nullish(),
});
export type TeleportInvoiceEvent = z.infer<typeof teleportInvoiceEventSchema>;

/** A 2xx that says `success: false` is a refusal; a missing `success` is not. */
export const successSchema = z.object({ success: z.literal(false) });

/** An unreadable expiry (the document's own is cut short) must not turn a made invoice into an unknown one. */
export const createdInvoiceSchema = z.object({
  payment_id: id,
  bill_uid: wireText.nullish(),
  payment_url: wireText,
  expires_at: wireInstant.nullish().catch(null),
  payment_methods: z.array(wireText).nullish().catch(null),
});
export type CreatedInvoice = z.infer<typeof createdInvoiceSchema>;

const methodGroup = z.object({
  id: wireText,
  name: wireText.nullish(),
  allowed: z.boolean().nullish(),
  methods: z.array(z.unknown()).nullish(),
});
export const paymentMethodsSchema = z
  .object({ groups: z.array(methodGroup) })
  .transform(({ groups }) => groups);

/** One of the three at least: an empty object proves no key. */
const keyFields = z
  .object({
    webhook_url: wireText.nullish(),
    name: wireText.nullish(),
    status: z.union([wireText, z.boolean()]).nullish(),
  })
  .refine((key) => key.webhook_url != null || key.name != null || key.status != null, 'not-a-key');
export type KeyInfo = z.infer<typeof keyFields>;

/** The document names the three settings, not their wrapper: at the top, under `key` or under `data`. */
export const keyInfoSchema = z.union([
  z.object({ key: keyFields }).transform(({ key }) => key),
  z.object({ data: keyFields }).transform(({ data }) => data),
  keyFields,
]);

/** The likeliest first. */
const codeFields = ['code', 'currency', 'ticker', 'symbol', 'id'];

const codesIn = (value: ExactJson): readonly string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || isJsonNumber(value)) return [];
  if (Array.isArray(value)) return value.flatMap(codesIn);
  const fields = new Map(Object.entries(value));
  const code = codeFields.map((name) => fields.get(name)).find((field) => typeof field === 'string');
  if (code !== undefined) return [code];
  return [...fields.values()].flatMap((field) => (typeof field === 'object' ? codesIn(field) : []));
};

/**
 * The shape of `/currencies/` is undocumented: every code found in lists of texts or of objects with a code,
 * however they are wrapped. For people; no checkout depends on it.
 */
export const currenciesSchema = z
  // parseExactJson made the body, so it is ExactJson; zod only has to carry it.
  .custom<ExactJson>((value) => typeof value === 'object' && value !== null)
  .transform((body) => [...new Set(codesIn(body).flatMap((code) => parseCurrency(code) ?? []))]);
