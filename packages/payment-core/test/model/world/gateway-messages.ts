import * as z from 'zod';
import { refuse, type WebhookRequest, type WebhookVerdict } from '../../../src/gateways/webhook.ts';
import { moneySchema } from '../../../src/money/schema.ts';
import { rawHeaderLines, singleHeader } from '../../../src/signature/headers.ts';
import { factAbout } from './gateway-facts.ts';
import type { Message, Traits } from './gateway-state.ts';

const signature = 'signed-by-the-model';

const messageSchema = z.object({
  id: z.string(),
  says: z.object({
    id: z.string(),
    gateway: z.string(),
    orderKey: z.string(),
    reference: z.string(),
    quoted: moneySchema,
    expiresAt: z.number(),
    state: z.enum(['unpaid', 'seen', 'paid', 'expired', 'canceled']),
    received: moneySchema.nullable(),
    paidAt: z.number().nullable(),
    dropped: z.boolean(),
    refunded: z.array(z.string()),
  }),
});

/** The message as an HTTP request. Signatures are tested with the adapters; here one word stands for a good one. */
export const requestOf = (message: Message, receivedAt: number): WebhookRequest => ({
  headers: rawHeaderLines(['x-signature', signature]),
  body: new TextEncoder().encode(JSON.stringify(message)),
  receivedAt,
});

export const readMessage = (traits: Traits, request: WebhookRequest): WebhookVerdict => {
  const header = singleHeader(request.headers, 'x-signature');
  if (!header.ok || header.value !== signature) return refuse('signature', 'signature-mismatch');
  const message = messageSchema.safeParse(JSON.parse(new TextDecoder().decode(request.body)));
  if (!message.success) return refuse('schema', 'malformed');
  const { id, says } = message.data;
  // A webhook that has to be confirmed is a hint (CryptoPayment.center); else its signature covers all of it.
  const authority = traits.confirmByRead === 'required' ? 'hint' : 'signed';
  return { ok: true, facts: [factAbout(says, traits, authority, request.receivedAt)], dedupeKey: id };
};
