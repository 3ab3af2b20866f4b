import * as z from 'zod';
import type { RandomBytes } from '../../identity/identity.ts';
import { wireAmount, wireInstant, wireText } from '../../money/wire.ts';

/** One key signs this account's news. 22 characters of base64url carry 128 bits, as 32 hexadecimal digits do. */
export const testGatewayConfigSchema = z.object({
  key: z
    .string()
    .trim()
    .regex(/^(?:[0-9A-Fa-f]{32,128}|(?![0-9A-Fa-f]+$)[A-Za-z0-9_-]{22,128})$/, 'key-unusable'),
});
export type TestGatewayConfig = z.infer<typeof testGatewayConfigSchema>;

/** A fresh account's configuration, with 256 random bits. */
export const newTestGatewayConfig = (random: RandomBytes): TestGatewayConfig => ({
  key: Buffer.from(random(32)).toString('base64url'),
});

export const signatureHeader = 'X-Test-Signature';

/** The body of one piece of news; `received` and `payment` only where money came. */
export const testGatewayEventSchema = z.object({
  event: wireText,
  id: wireText,
  status: wireText,
  amount: wireAmount,
  currency: wireText,
  received: wireAmount.nullish(),
  payment: wireText.nullish(),
  at: wireInstant,
});
export type TestGatewayEvent = z.infer<typeof testGatewayEventSchema>;

export const statusChanged = 'payment.status_changed';
