import { readFileSync } from 'node:fs';
import * as z from 'zod';

const json = z.unknown();

const exchange = z.object({
  request: z.object({ method: z.string(), path: z.string(), body: json }),
  response: z.object({
    status: z.int(),
    headers: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
    body: json,
  }),
});

const delivery = z.object({
  secret: z.string().nullable().optional(),
  method: z.string(),
  url: z.string(),
  rawHeaders: z.array(z.string()),
  body: z.string(),
});

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/woocommerce/${name}.json`, import.meta.url), 'utf8'));

/** A recorded request and its answer. */
export const recordedExchange = (name: string): z.output<typeof exchange> => exchange.parse(read(name));

/** A recorded webhook delivery or ping. */
export const recordedDelivery = (name: string): z.output<typeof delivery> => delivery.parse(read(name));

/** A fixture that is the bare body of an answer. */
export const recordedBody = (name: string): unknown => read(name);

const callback = z.object({
  method: z.string(),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
});

/** The recorded POST of a new REST key. */
export const recordedCallback = (name: string): z.output<typeof callback> => callback.parse(read(name));
