import * as z from 'zod';
import { fault, type Reading } from './reading.ts';

/** A TLS proxy beside the service: the names that `@fastify/proxy-addr` has for these networks. */
const ownNetwork = ['loopback', 'linklocal', 'uniquelocal'] as const;

/** IPv4 in the dress of IPv6: an address the router reads as IPv4, a range it refuses. */
const isMapped = (text: string): boolean =>
  URL.parse(`http://[${text.split('/')[0]}]/`)?.hostname.startsWith('[::ffff:') ?? false;

const isEverybody = (text: string): boolean => text.endsWith('/0');

const proxySchema = z
  .union([z.ipv4(), z.cidrv4(), z.ipv6(), z.cidrv6()])
  .refine((text) => !isMapped(text) && !isEverybody(text));

/** `203.0.113.7, 2001:db8::/32`: addresses and ranges, at most 1,000; a range of everybody is none. */
export const trustedProxiesSchema = z
  .string()
  .transform((text): readonly string[] => text.split(',').map((part) => part.trim()))
  .pipe(z.array(proxySchema).max(1_000).readonly());

/** Whose `X-Forwarded-For` is believed: the service's own network always, and those that the operator names. */
export const trustedBy = (proxies: readonly string[]): string[] => [...ownNetwork, ...proxies];

/** TRUSTED_PROXIES: proxies outside our own network, such as a CDN's. */
export const readTrustedProxies = (text: string | undefined): Reading<readonly string[]> => {
  if (text === undefined) return { ok: true, value: [] };
  const proxies = trustedProxiesSchema.safeParse(text);
  if (proxies.success) return { ok: true, value: proxies.data };
  const [position] = proxies.error.issues[0]?.path ?? [];
  const where = typeof position === 'number' ? ` (entry ${position + 1})` : '';
  return fault(
    'trusted-proxies-malformed',
    `TRUSTED_PROXIES holds what is neither an address nor a range of addresses${where}.`,
    'Set TRUSTED_PROXIES to addresses and ranges with commas between, such as 203.0.113.7,2001:db8::/32, as your CDN publishes them, or leave it out. A range of everybody would let everybody choose whom to be.',
  );
};
