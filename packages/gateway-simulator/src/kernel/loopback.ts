export type WebhookUrlVerdict =
  | { readonly ok: true; readonly url: string }
  | { readonly ok: false; readonly reason: 'not-a-url' | 'not-http' | 'not-loopback' };

/** Loopback by its text alone; no name is resolved, so no name can change its mind. */
export const isLoopbackHost = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);

/** A simulator talks to this machine only: both http and https targets must be loopback. */
export const judgeWebhookUrl = (text: string): WebhookUrlVerdict => {
  if (!URL.canParse(text)) return { ok: false, reason: 'not-a-url' };
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return { ok: false, reason: 'not-http' };
  return isLoopbackHost(url.hostname) ? { ok: true, url: url.href } : { ok: false, reason: 'not-loopback' };
};
