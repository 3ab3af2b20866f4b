import { queryHmac } from '../oauth/hmac.ts';
import { deployedApp, type Platform, type ShopState } from '../store/platform.ts';
import { type Browser, createBrowser, type Page } from './browser.ts';
import type { InstallOptions, InstallResult } from './merchant.ts';

/** How the admin opens an app: signed, in the merchant's browser. */
export const appUrl = (platform: Platform, shop: ShopState): string => {
  const { applicationUrl, apiSecret } = deployedApp(platform);
  const query = {
    host: Buffer.from(`${shop.domain}/admin`).toString('base64'),
    shop: shop.domain,
    timestamp: `${Math.floor(platform.settings.oauthClock.now() / 1_000)}`,
  };
  const url = new URL(applicationUrl);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  url.searchParams.set('hmac', queryHmac(apiSecret, query));
  return url.href;
};

const tampered = (callback: string, tamper: InstallOptions['tamper'], secret: string): string => {
  const url = new URL(callback);
  const { searchParams } = url;
  switch (tamper) {
    case undefined:
      break;
    case 'hmac':
      searchParams.set('hmac', '0'.repeat(64));
      break;
    case 'shop':
      searchParams.set('shop', 'somebody-else.myshopify.com');
      break;
    case 'state': {
      // Signed anew: an attacker may send a victim the genuine callback of an own walk.
      searchParams.set('state', 'not-the-state-of-this-browser');
      searchParams.delete('hmac');
      searchParams.set('hmac', queryHmac(secret, Object.fromEntries(searchParams)));
      break;
    }
    default:
      tamper satisfies never;
  }
  return url.href;
};

const isAuthorize = ({ url, status }: Page): boolean =>
  status === 200 && new URL(url).pathname === '/admin/oauth/authorize';

/** A walk up to the callback, which is not opened yet. */
const walk = async (
  platform: Platform,
  browser: Browser,
  from: string,
): Promise<{ page: Page; callback: string | undefined; consented: boolean }> => {
  const { redirectUrls } = deployedApp(platform);
  let callback: string | undefined;
  const stopAt = (location: string): boolean => {
    const found = redirectUrls.some((url) => location.startsWith(`${url}?`)) && location.includes('hmac=');
    if (found) callback = location;
    return found;
  };
  const page = await browser.open(from, { stopAt });
  if (!isAuthorize(page)) return { page, callback, consented: false };
  const agreed = await browser.open(page.url, { method: 'POST', form: { consent: 'yes' }, stopAt });
  return { page: agreed, callback, consented: true };
};

export const install = async (
  platform: Platform,
  shop: ShopState,
  options: InstallOptions = {},
): Promise<InstallResult> => {
  const browser = options.browser ?? createBrowser(platform);
  const { page, callback, consented } = await walk(platform, browser, appUrl(platform, shop));
  if (callback === undefined) return { page, browser, callbackUrl: undefined, consented };
  const callbackUrl = tampered(callback, options.tamper, deployedApp(platform).apiSecret);
  return { page: await browser.open(callbackUrl), browser, callbackUrl, consented };
};
