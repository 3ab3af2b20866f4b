export type StoreUrlResult =
  | { readonly ok: true; readonly url: string }
  | { readonly ok: false; readonly reason: 'malformed-url' };

/** One spelling per shop: scheme, host in lower case, path without a slash at its end; nothing else. */
export const normaliseStoreUrl = (text: string): StoreUrlResult => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['https:', 'http:'].includes(url.protocol))
    return { ok: false, reason: 'malformed-url' };
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    return { ok: false, reason: 'malformed-url' };
  }
  return { ok: true, url: `${url.origin}${url.pathname.replace(/\/+$/, '')}` };
};
