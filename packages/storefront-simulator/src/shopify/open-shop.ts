import { parseCurrency } from '@gatewright/payment-core';
import { wireAmount } from './checkout/amount.ts';
import type { Checkout, CheckoutRequest, Customer } from './checkout/checkout.ts';
import { createRequestBudget } from './graphql/request-budget.ts';
import { grant } from './oauth/token-endpoint.ts';
import { createTokenVault } from './oauth/token-vault.ts';
import type { ShopOptions } from './options.ts';
import { createMerchant } from './people/merchant.ts';
import { startPayment } from './sessions/start-payment.ts';
import type { GatewayState, Shop } from './shopify-double.ts';
import { base64Id, sha256Base64 } from './store/identifiers.ts';
import { type CheckoutState, deployedApp, type Platform, type ShopState } from './store/platform.ts';
import { shopUrl } from './store/urls.ts';

const DOMAIN = /^[a-z0-9][a-z0-9-]*\.myshopify\.com$/;
const FIRST_SHOP = 548_380_009;

const A_BUYER: Customer = {
  email: 'buyer@example.com',
  phone_number: '+15555550107',
  locale: 'fr',
  billing_address: {
    given_name: 'Alice',
    family_name: 'Smith',
    line1: '123 Street',
    line2: 'Suite B',
    city: 'Montreal',
    postal_code: 'H2Z 0B3',
    province: 'Quebec',
    province_code: 'CA-QC',
    country_code: 'CA',
    phone_number: '+15555550107',
  },
  shipping_address: {
    given_name: 'Alice',
    family_name: 'Smith',
    line1: '123 Street',
    line2: 'Suite B',
    city: 'Montreal',
    postal_code: 'H2Z 0B3',
    province: 'Quebec',
    province_code: 'CA-QC',
    country_code: 'CA',
    phone_number: '+15555550107',
  },
};

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

const newCheckout = (platform: Platform, shop: ShopState, request: CheckoutRequest): CheckoutState => {
  const { currency = shop.currency, kind = 'sale', customer = A_BUYER } = request;
  const amount = wireAmount(request.amount, currency);
  if (amount === undefined) throw new RangeError(`${request.amount} ${currency} cannot be paid`);
  const token = platform.random.hex(32);
  return {
    token,
    group: sha256Base64(token),
    buyerSession: base64Id(platform.random),
    amount,
    currency,
    kind,
    customer,
    orderId: undefined,
  };
};

const openCheckout = (platform: Platform, shop: ShopState, request: CheckoutRequest): Checkout => {
  const state = newCheckout(platform, shop, request);
  const { token, group } = state;
  shop.checkouts.set(token, state);
  return {
    token,
    group,
    url: shopUrl(shop.domain, `/checkouts/${token}`),
    pay: () => startPayment(platform, shop, state),
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
