import { parseCurrency } from '@gatewright/payment-core';
import { openCheckout } from './checkout/open-checkout.ts';
import { createRequestBudget } from './graphql/request-budget.ts';
import { grant } from './oauth/token-endpoint.ts';
import { createTokenVault } from './oauth/token-vault.ts';
import type { ShopOptions } from './options.ts';
import { createMerchant } from './people/merchant.ts';
import type { GatewayState, Shop } from './shopify-double.ts';
import { deployedApp, type Platform, type ShopState } from './store/platform.ts';

const DOMAIN = /^[a-z0-9][a-z0-9-]*\.myshopify\.com$/;
const FIRST_SHOP = 548_380_009;

const newShop = (platform: Platform, options: ShopOptions): ShopState => {
  const { domain, currency = 'USD', merchantLocale = 'en' } = options;
  if (!DOMAIN.test(domain)) throw new RangeError(`${domain} is not <name>.myshopify.com`);
  if (platform.shops.has(domain)) throw new RangeError(`${domain} is open already`);
  if (parseCurrency(currency) === undefined) throw new RangeError(`${currency} is no currency`);
  return {
    id: FIRST_SHOP + platform.shops.size,
    domain,
    currency,
    merchantLocale,
    installation: undefined,
    tokens: createTokenVault(platform.clock, platform.random),
    budget: createRequestBudget(platform.clock, platform.settings.requestBudget),
    checkouts: new Map(),
    payments: new Map(),
    followUps: new Map(),
    orders: new Map(),
  };
};

const gatewayOf = ({ installation }: ShopState): GatewayState => ({
  installed: installation !== undefined,
  scopes: installation?.scopes ?? [],
  configuration: installation?.configuration,
  active: installation?.active ?? false,
  testMode: installation?.testMode ?? false,
});

/** @throws RangeError when the domain is no `*.myshopify.com` or is open already. */
export const openShop = (platform: Platform, options: ShopOptions): Shop => {
  const shop = newShop(platform, options);
  platform.shops.set(shop.domain, shop);
  return {
    domain: shop.domain,
    merchant: createMerchant(platform, shop),
    checkout: (request) => openCheckout(platform, shop, request),
    orders: () => structuredClone([...shop.orders.values()]),
    order: (id) => structuredClone(shop.orders.get(id)),
    payments: () => structuredClone([...shop.payments.values()]),
    payment: (id) => structuredClone(shop.payments.get(id)),
    followUps: () => structuredClone([...shop.followUps.values()]),
    gateway: () => gatewayOf(shop),
    grantToken: (expiring = true) => grant(platform, shop, deployedApp(platform).scopes ?? [], expiring),
  };
};
