import { isShopHost } from '../http/fetch.ts';
import { headersOf as rawHeadersOf, sendRequest } from '../http/send-request.ts';
import { type Platform, trustedCa } from '../store/platform.ts';
import { type CookieJar, createCookieJar } from './cookie-jar.ts';

/** A page as a browser shows it: after all redirects. */
export interface Page {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

export interface BrowserRequest {
  readonly method?: 'GET' | 'POST';
  readonly form?: Readonly<Record<string, string>>;
  /** Stops at the first redirect to which this says yes; its answer is the page. */
  readonly stopAt?: (location: string) => boolean;
}

/** A browser without scripts: cookies, redirects and forms, and the name of a normal Chrome. */
export interface Browser {
  open(url: string, request?: BrowserRequest): Promise<Page>;
  /** `name=value` pairs that would go to this address. */
  cookies(url: string): string;
}

const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const MAX_REDIRECTS = 20;

interface Step {
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly body: string | undefined;
}

const visit = async (platform: Platform, jar: CookieJar, { url, method, body }: Step): Promise<Page> => {
  const cookie = jar.header(url);
  const sent = await sendRequest({
    url,
    method,
    headers: {
      accept: 'text/html,application/xhtml+xml',
      'user-agent': CHROME,
      ...(cookie === '' ? {} : { cookie }),
      ...(body === undefined
        ? {}
        : { 'content-type': 'application/x-www-form-urlencoded', origin: url.origin }),
    },
    body: body ?? '',
    ca: isShopHost(url.hostname) ? platform.serverCa : trustedCa(platform),
    loopbackPort: isShopHost(url.hostname) ? platform.port : undefined,
    signal: AbortSignal.timeout(platform.settings.answerTimeoutMs),
  });
  if (!sent.ok) throw new Error(`${method} ${url.origin}${url.pathname}: ${sent.reason} ${sent.code}`);
  const headers = rawHeadersOf(sent.rawHeaders);
  jar.take(url, headers.getSetCookie());
  return { url: url.href, status: sent.status, headers, body: sent.body.toString('utf8') };
};

const next = (page: Page, { method, body }: Step): Step | undefined => {
  const location = page.headers.get('location');
  if (location === null || page.status < 301 || page.status > 308) return undefined;
  const url = new URL(location, page.url);
  const keeps = page.status === 307 || page.status === 308;
  return keeps ? { url, method, body } : { url, method: 'GET', body: undefined };
};

/** @throws when an address does not answer or redirects for ever. */
export const createBrowser = (platform: Platform): Browser => {
  const jar = createCookieJar(platform.settings.oauthClock);
  return {
    open: async (url, { method = 'GET', form, stopAt = () => false } = {}) => {
      let step: Step = {
        url: new URL(url),
        method,
        body: method === 'POST' ? new URLSearchParams(form).toString() : undefined,
      };
      for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
        const page = await visit(platform, jar, step);
        const following = next(page, step);
        if (following === undefined || stopAt(following.url.href)) return page;
        step = following;
      }
      throw new Error(`more than ${MAX_REDIRECTS} redirects from ${url}`);
    },
    cookies: (url) => jar.header(new URL(url)),
  };
};
