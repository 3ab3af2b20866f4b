import * as z from 'zod';

const colour = z.string().regex(/^#[0-9a-f]{6}$/i, 'not-a-colour');

/** URL parsers let a host hold ';' and '*', which mean something else in a policy. */
const plainOrigin = /^https:\/\/[a-z0-9.-]+(?::\d+)?$/;

const isHttps = (text: string): boolean => URL.canParse(text) && plainOrigin.test(new URL(text).origin);

/** `https://shop.example`, with a port where it is not the usual one: what `frame-ancestors` takes. */
const origin = z
  .string()
  .refine((text) => isHttps(text) && new URL(text).origin === text, 'not-an-https-origin');

/**
 * How a shop's pages look. Colours are `#rrggbb`; the colour of text on them is computed, so that it is always legible.
 * `frameAncestors`: the origins that may show the page in a frame; none by default.
 */
export const lookSchema = z.object({
  shopName: z.string().trim().min(1).max(80),
  logoUrl: z.string().max(500).refine(isHttps, 'not-an-https-url').nullable().default(null),
  accent: colour.default('#0b6b4b'),
  /** On a dark screen; the other one where absent. */
  accentDark: colour.exactOptional(),
  /** Of corners, in pixels. */
  radius: z.number().int().min(0).max(24).default(12),
  font: z.enum(['system', 'serif', 'rounded']).default('system'),
  frameAncestors: z.array(origin).max(20).readonly().default([]),
});
export type Look = z.output<typeof lookSchema>;
