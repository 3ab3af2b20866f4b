import * as z from 'zod';
import { isJsonNumber, type JsonNumber } from '../../money/json-number.ts';
import { decimalSchema } from '../../money/schema.ts';
import { wireAmount, wireInstant, wireText } from '../../money/wire.ts';
import { baseUrlSchema } from '../base-url.ts';

const maxTonDefault = '100000';

/**
 * The gateway runs on the operator's own host. The webhook's key is made from the "API key hash": the lower-case hex
 * SHA-256 of the API key, or what the owner pasted for it. Calls need the API key itself.
 * `keyEncoding`: the hash is used as text, as the published sample does, or as the 32 bytes that it spells.
 * `maxTon`: an amount above it goes to a person, since the document's unit is in doubt (gateways.md 4.3).
 */
export const tonNftConfigSchema = z
  .object({
    baseUrl: baseUrlSchema,
    apiKey: z
      .string()
      .trim()
      .regex(/^[\x21-\x7e]{1,512}$/, 'secret-unusable')
      .optional(),
    apiKeyHash: z
      .string()
      .trim()
      .regex(/^[0-9a-fA-F]{64}$/, 'secret-unusable')
      .toLowerCase()
      .optional(),
    keyEncoding: z.enum(['hex-text', 'raw']).default('hex-text'),
    maxTon: decimalSchema.default(decimalSchema.parse(maxTonDefault)),
  })
  .refine((config) => config.apiKey !== undefined || config.apiKeyHash !== undefined, {
    path: ['apiKey'],
    message: 'key-missing',
  });
export type TonNftConfig = z.infer<typeof tonNftConfigSchema>;

const id = wireText.min(1).max(200);

/** 201 of POST /api/payments. `expectedOwner` is the deposit address once more. */
export const createdPaymentSchema = z.object({
  id,
  depositAddress: wireText.min(1),
  expectedOwner: wireText.nullish(),
  nftAddress: wireText.nullish(),
  status: wireText,
  checkoutUrl: wireText,
});
export type CreatedPayment = z.infer<typeof createdPaymentSchema>;

/** A flag of a store that has no booleans is 0 or 1. */
const flag = z.union([
  z.boolean(),
  z
    .custom<JsonNumber>((value) => isJsonNumber(value) && /^[01]$/.test(value.lexeme), 'not-a-flag')
    .transform(({ lexeme }) => lexeme === '1'),
]);

/** Amount and currency are not documented for the list; they count where they stand there in a form we know. */
export const listedPaymentSchema = z.object({
  id,
  status: wireText.min(1),
  forwarded: flag.nullish(),
  callbackSent: flag.nullish(),
  nftAddress: wireText.nullish().catch(null),
  amount: wireAmount.nullish().catch(null),
  currency: wireText.nullish().catch(null),
});
export type ListedPayment = z.infer<typeof listedPaymentSchema>;

/** Four shapes of GET /api/payments; its wrapper is undocumented. Rows are read one by one afterwards. */
export const paymentListSchema = z.union([
  z.array(z.unknown()),
  z.object({ payments: z.array(z.unknown()) }).transform((list) => list.payments),
  z.object({ data: z.array(z.unknown()) }).transform((list) => list.data),
  z.object({ items: z.array(z.unknown()) }).transform((list) => list.items),
]);

/** Every event names its type; only `payment.completed` is documented. */
export const tonNftEventSchema = z.object({ event: wireText, paymentId: id.nullish() });

/** A time we cannot read loses no payment: our receipt time stands in for it. */
const sentAt = z.string().transform((text) => {
  const instant = wireInstant.safeParse(text);
  return instant.success ? instant.data : null;
});

/** `payment.completed` (gateways.md 4.3): sent after the collectible was forwarded, with what it was worth. */
export const completedPaymentSchema = z.object({
  event: wireText,
  paymentId: id,
  nftAddress: wireText.nullish(),
  collectionAddress: wireText.nullish(),
  collectionName: wireText.nullish(),
  payerWallet: wireText.nullish(),
  amount: wireAmount.nullish(),
  currency: wireText.nullish(),
  forwardedToMainWallet: z.boolean().nullish(),
  timestamp: sentAt.nullish(),
});
export type CompletedPayment = z.infer<typeof completedPaymentSchema>;
