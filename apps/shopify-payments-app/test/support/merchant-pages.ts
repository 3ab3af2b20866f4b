import type { Page, Shop } from '@gatewright/storefront-simulator';
import { shopDomainSchema } from '../../src/sessions/session-headers.ts';
import type { InstalledShop, World } from './world.ts';

/** A merchant who came through OAuth, on the pages of the app. */
export interface AtThePages {
  readonly shop: Shop;
  readonly installed: InstalledShop;
  /** Of the one who is signed in, as the browser sends it. */
  readonly cookie: string;
  readonly get: (path: string) => Promise<Page>;
  /** Sends a form, as the browser does; the page it leads to. */
  readonly post: (path: string, form?: Readonly<Record<string, string>>) => Promise<Page>;
}

/** Needs a world with `merchantPages`. */
export const signIn = async (world: World, name = 'annas'): Promise<AtThePages> => {
  const shop = world.shopify.openShop({ domain: `${name}.myshopify.com` });
  const { browser, page } = await shop.merchant.install();
  const { publicUrl, shops } = world.app();
  const row = await shops.byDomain(shopDomainSchema.parse(shop.domain));
  if (!row) throw new Error(`not installed: ${page.status} ${page.url} ${page.body.slice(0, 400)}`);
  return {
    shop,
    installed: { shop, row },
    cookie: browser.cookies(publicUrl),
    get: (path) => browser.open(`${publicUrl}${path}`),
    post: (path, form = {}) => browser.open(`${publicUrl}${path}`, { method: 'POST', form }),
  };
};

/** The path of the page it is. */
export const pathOf = ({ url }: Page): string => {
  const { pathname, search } = new URL(url);
  return pathname + search;
};

/** What the simulated gateway gave a merchant, as a form takes it. */
export const formOf = (config: object): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key, value === true ? 'on' : String(value)]),
  );
