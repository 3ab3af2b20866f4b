import type { Clock } from '@gatewright/payment-core';

export interface CookieJar {
  take(url: URL, setCookies: readonly string[]): void;
  /** As the Cookie header has it; empty when there is none. */
  header(url: URL): string;
}

interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  readonly expiresAt: number;
}

/** Where a cookie without a path belongs: the folder of the page that set it. */
const defaultPath = ({ pathname }: URL): string => pathname.slice(0, pathname.lastIndexOf('/')) || '/';

const parse = (line: string, url: URL, now: number): Cookie | undefined => {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
  const [, name, value = ''] = /^([^=]+)=(.*)$/.exec(pair) ?? [];
  if (name === undefined) return undefined;
  const attribute = (wanted: string): string | undefined =>
    attributes.find((part) => part.toLowerCase().startsWith(`${wanted}=`))?.slice(wanted.length + 1);
  const maxAge = attribute('max-age');
  const expires = attribute('expires');
  const expiresAt =
    maxAge !== undefined
      ? now + Number(maxAge) * 1_000
      : expires !== undefined
        ? Date.parse(expires)
        : Number.POSITIVE_INFINITY;
  return { name, value, path: attribute('path') ?? defaultPath(url), expiresAt };
};

const covers = (cookiePath: string, path: string): boolean =>
  path === cookiePath || path.startsWith(cookiePath.endsWith('/') ? cookiePath : `${cookiePath}/`);

/** Cookies by host and path, with their ends; Secure ones go to loopback without TLS too, as in Chromium. */
export const createCookieJar = (clock: Clock): CookieJar => {
  const hosts = new Map<string, Map<string, Cookie>>();
  return {
    take: (url, setCookies) => {
      const jar = hosts.get(url.host) ?? new Map<string, Cookie>();
      hosts.set(url.host, jar);
      for (const line of setCookies) {
        const cookie = parse(line, url, clock.now());
        if (cookie !== undefined) jar.set(`${cookie.name};${cookie.path}`, cookie);
      }
    },
    header: (url) =>
      [...(hosts.get(url.host)?.values() ?? [])]
        .filter(({ path, expiresAt }) => expiresAt > clock.now() && covers(path, url.pathname))
        .map(({ name, value }) => `${name}=${value}`)
        .join('; '),
  };
};
