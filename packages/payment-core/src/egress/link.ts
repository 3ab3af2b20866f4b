import { classifyAddress, literalAddress } from './address.ts';

export type SafeLink =
  | { readonly ok: true; readonly url: string }
  | {
      readonly ok: false;
      readonly reason: 'not-a-url' | 'not-https' | 'credentials-in-url' | 'unknown-host';
    };

/**
 * Checks a link that a gateway returned before a shopper is sent there (invariant 12).
 * @param knownHosts host names, each standing for itself and its subdomains; "host:port" where the port is not
 * the default one
 * @param options.sandbox the operator's switch: a link to this machine passes, over http too
 * @returns the link as the URL parser normalises it
 */
export const safeLink = (
  text: string,
  knownHosts: readonly string[],
  options: { readonly sandbox?: boolean } = {},
): SafeLink => {
  if (!URL.canParse(text)) return { ok: false, reason: 'not-a-url' };
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return { ok: false, reason: 'credentials-in-url' };
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  if (options.sandbox === true && isWeb && isLoopback(url.hostname)) return { ok: true, url: url.href };
  if (url.protocol !== 'https:') return { ok: false, reason: 'not-https' };
  return knownHosts.some((known) => belongsTo(url.host, known.toLowerCase()))
    ? { ok: true, url: url.href }
    : { ok: false, reason: 'unknown-host' };
};

const belongsTo = (host: string, known: string): boolean =>
  known !== '' && (host === known || host.endsWith(`.${known}`));

const isLoopback = (hostname: string): boolean => {
  const address = literalAddress(hostname);
  return address === undefined ? hostname === 'localhost' : classifyAddress(address) === 'loopback';
};
