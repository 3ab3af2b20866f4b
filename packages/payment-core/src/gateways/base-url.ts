import * as z from 'zod';
import type { Mode } from '../invoice/invoice.ts';

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);

const asUrl = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);

/** https anywhere, http only to this machine (a simulator); without a trailing slash, query or credentials. */
export const baseUrlSchema = z
  .string()
  .trim()
  .refine((text) => {
    const url = asUrl(text);
    if (url === undefined || url.username !== '' || url.search !== '' || url.hash !== '') return false;
    return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
  }, 'base-url-unusable')
  .transform((text) => text.replace(/\/+$/, ''));

/** Live or test by the host alone (invariant 13): this machine and the gateway's own test hosts are test. */
export const modeOfBaseUrl = (baseUrl: string, testHosts: readonly string[] = []): Mode => {
  const host = asUrl(baseUrl)?.hostname ?? '';
  return isLoopback(host) || testHosts.includes(host) ? 'test' : 'live';
};

export const hostOf = (baseUrl: string): string => asUrl(baseUrl)?.hostname ?? '';
