import { startPayment } from '../sessions/start-payment.ts';
import { base64Id, sha256Base64 } from '../store/identifiers.ts';
import type { CheckoutState, Platform, ShopState } from '../store/platform.ts';
import { shopUrl } from '../store/urls.ts';
import { wireAmount } from './amount.ts';
import type { Address, Checkout, CheckoutRequest, Customer } from './checkout.ts';

const AN_ADDRESS: Address = {
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
};

const A_BUYER: Customer = {
  email: 'buyer@example.com',
  phone_number: '+15555550107',
  locale: 'fr',
  billing_address: AN_ADDRESS,
  shipping_address: AN_ADDRESS,
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

/** @throws RangeError for an amount that cannot be paid in its currency. */
export const openCheckout = (platform: Platform, shop: ShopState, request: CheckoutRequest): Checkout => {
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
