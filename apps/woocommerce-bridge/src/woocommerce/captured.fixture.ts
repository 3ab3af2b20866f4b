import { readFileSync } from 'node:fs';
import { rawHeaderLines } from '@gatewright/payment-core';
import * as z from 'zod';
import type { RawCall } from '../http/raw-call.ts';

const captured = z.object({
  secret: z.string().optional(),
  method: z.string(),
  url: z.string(),
  rawHeaders: z.array(z.string()).optional(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
});

/** Traffic of a real WooCommerce 11.0.1 (shared/contracts/woo-captures), with the secret its signature was made with. */
export const capturedDelivery = (name: string): { secret: string; call: RawCall } => {
  const text = readFileSync(new URL(`../../fixtures/webhook-${name}.json`, import.meta.url), 'utf8');
  const { secret = '', method, url, rawHeaders, headers, body } = captured.parse(JSON.parse(text));
  const lines = rawHeaders ? rawHeaderLines(rawHeaders) : Object.entries(headers);
  return { secret, call: { method, target: url, headers: lines, body: Buffer.from(body) } };
};
