import { fault, type Reading } from './reading.ts';

const isOrigin = (url: URL | null): url is URL =>
  url !== null && url.username === '' && url.pathname === '/' && url.search === '' && url.hash === '';

/**
 * PUBLIC_URL: the origin that shoppers, shops and gateways reach. In a sandbox it may be http, and null where it is not
 * set: the listener's own address then.
 */
export const readPublicUrl = (text: string | undefined, sandbox: boolean): Reading<string | null> => {
  if (text === undefined && sandbox) return { ok: true, value: null };
  const example = 'Set PUBLIC_URL to the address the service is reached at, such as https://pay.example.com.';
  if (text === undefined) return fault('public-url-missing', 'PUBLIC_URL is not set.', example);
  const url = URL.parse(text);
  if (!isOrigin(url))
    return fault(
      'public-url-malformed',
      'PUBLIC_URL is not an address without a path.',
      `${example} The service needs a host name of its own, because signatures cover paths as they are sent.`,
    );
  if (url.protocol !== 'https:' && !(sandbox && url.protocol === 'http:'))
    return fault('public-url-not-https', 'PUBLIC_URL is not https.', `${example} Put a TLS proxy in front.`);
  return { ok: true, value: url.origin };
};
