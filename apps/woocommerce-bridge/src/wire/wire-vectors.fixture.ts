import { readFileSync } from 'node:fs';
import * as z from 'zod';

const key = z.object({ id: z.string(), secret: z.string() });

const fixture = z.object({
  key,
  previous_key: key,
  vectors: z.array(
    z.object({
      name: z.string(),
      method: z.string(),
      target: z.string(),
      body: z.string(),
      timestamp: z.string(),
      nonce: z.string(),
      signature: z.string(),
    }),
  ),
  checks: z.array(
    z.object({
      name: z.string(),
      now: z.number(),
      method: z.string(),
      target: z.string(),
      body: z.string(),
      headers: z.record(z.string(), z.string()),
      expect: z.string(),
    }),
  ),
  order_keys: z.array(z.object({ order_key: z.string(), order_key_hash: z.string().nullable() })),
});

/** The vectors that both sides of the wire are held against; made with Python's hmac (fixtures/bridge-wire.json). */
export const wireVectors = fixture.parse(
  JSON.parse(readFileSync(new URL('../../fixtures/bridge-wire.json', import.meta.url), 'utf8')),
);
