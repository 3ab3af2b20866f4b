import type { Look } from '../look/look.ts';
import type { RenderedPage } from './page-input.ts';

/** Time to read "paid" before a browser without a script is taken back. */
const leaveSeconds = 10;

const logoOrigin = ({ logoUrl }: Look): string => (logoUrl === null ? '' : ` ${new URL(logoUrl).origin}`);

const contentSecurityPolicy = (look: Look): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self'${logoOrigin(look)}`,
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    `frame-ancestors ${look.frameAncestors.length === 0 ? "'none'" : look.frameAncestors.join(' ')}`,
  ].join('; ');

/** Reload for browsers without a script, which the script calls off: the same page, or the shop once it is paid. */
const refresh = ({ refreshSeconds, self, leaveTo }: RenderedPage): string | undefined => {
  if (leaveTo !== null) return `${leaveSeconds}; url=${leaveTo}`;
  if (refreshSeconds === null) return undefined;
  return self === null ? String(refreshSeconds) : `${refreshSeconds}; url=${self}`;
};

/**
 * Headers of a page's answer. Nothing but our own files and the shop's logo is loaded, nothing is kept by a cache, and
 * the address of the page, which is all that protects it, goes to nobody.
 */
export const pageHeaders = (page: RenderedPage, look: Look): Readonly<Record<string, string>> => {
  const reload = refresh(page);
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': contentSecurityPolicy(look),
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-robots-tag': 'noindex',
    ...(look.frameAncestors.length === 0 ? { 'x-frame-options': 'DENY' } : {}),
    ...(reload === undefined ? {} : { refresh: reload }),
  };
};
