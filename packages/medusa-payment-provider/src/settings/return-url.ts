import type { MedusaSettings } from './medusa-settings.ts';
import { readAddress } from './web-address.ts';

export type ReturnUrlResult =
  | { readonly ok: true; readonly url: string }
  | { readonly ok: false; readonly reason: 'unreadable' | 'not-allowed' };

const longest = 2_000;

const isBelow = (path: string, folder: string): boolean => {
  const base = folder.endsWith('/') ? folder : `${folder}/`;
  return path === folder || path.startsWith(base);
};

/**
 * Where a shopper may be sent after the payment: only below an address of the allow-list, because the storefront names
 * it in data that any shopper can write. Nothing named: the first one of the list, or this server.
 */
export const returnUrlOf = (
  { storefrontUrls, publicUrl }: Pick<MedusaSettings, 'storefrontUrls' | 'publicUrl'>,
  asked: unknown,
): ReturnUrlResult => {
  if (asked === undefined || asked === null) return { ok: true, url: storefrontUrls[0] ?? publicUrl };
  if (typeof asked !== 'string' || asked.length > longest) return { ok: false, reason: 'unreadable' };
  const read = readAddress(asked);
  if (!read.ok) return { ok: false, reason: 'unreadable' };
  const { url } = read;
  const allowed = storefrontUrls.some((text) => {
    const entry = new URL(text);
    return entry.origin === url.origin && isBelow(url.pathname, entry.pathname);
  });
  return allowed ? { ok: true, url: url.href } : { ok: false, reason: 'not-allowed' };
};
