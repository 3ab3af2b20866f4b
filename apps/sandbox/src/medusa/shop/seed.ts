import * as z from 'zod';
import type { JsonClient } from '../server/json-client.ts';

/** What a shopper needs to know of a shop. */
export interface Seeded {
  readonly region: string;
  readonly publishableKey: string;
  readonly channel: string;
  readonly location: string;
  readonly profile: string;
  readonly shippingOption: string;
  /** A variant of 50.00 USD that never runs out. */
  readonly lamp: string;
  /** One of 10.00 USD. */
  readonly bulb: string;
}

const id = z.object({ id: z.string() });
const idOf = <K extends string>(name: K) =>
  z.object({ [name]: id }).transform((answer) => z.object({ id: z.string() }).parse(answer[name]).id);

const currency = 'usd';

const addStockLocation = async (admin: JsonClient, channel: string) => {
  const location = await admin.post('/admin/stock-locations', { name: 'Workshop' }, idOf('stock_location'));
  const at = `/admin/stock-locations/${location}`;
  await admin.post(`${at}/sales-channels`, { add: [channel] }, z.unknown());
  await admin.post(`${at}/fulfillment-providers`, { add: ['manual_manual'] }, z.unknown());
  await admin.post(`${at}/fulfillment-sets`, { name: 'Parcels', type: 'shipping' }, z.unknown());
  const { stock_location } = await admin.get(
    `${at}?fields=*fulfillment_sets`,
    z.object({ stock_location: z.object({ fulfillment_sets: z.array(id).min(1) }) }),
  );
  const [set] = stock_location.fulfillment_sets;
  const { fulfillment_set } = await admin.post(
    `/admin/fulfillment-sets/${set?.id}/service-zones`,
    { name: 'Everywhere', geo_zones: [{ type: 'country', country_code: 'us' }] },
    z.object({ fulfillment_set: z.object({ service_zones: z.array(id).min(1) }) }),
  );
  return { location, zone: fulfillment_set.service_zones[0]?.id };
};

const addShipping = async (admin: JsonClient, zone: string | undefined) => {
  const profile = await admin.post(
    '/admin/shipping-profiles',
    { name: 'Parcel', type: 'parcel' },
    idOf('shipping_profile'),
  );
  const shippingOption = await admin.post(
    '/admin/shipping-options',
    {
      name: 'By post',
      service_zone_id: zone,
      shipping_profile_id: profile,
      provider_id: 'manual_manual',
      price_type: 'flat',
      type: { label: 'Post', description: 'By post', code: 'post' },
      prices: [{ currency_code: currency, amount: 0 }],
      rules: [],
    },
    idOf('shipping_option'),
  );
  return { profile, shippingOption };
};

export interface NewProduct {
  readonly title: string;
  /** Decimal, in USD. */
  readonly price: number;
  /** Pieces in stock; absent: it never runs out. */
  readonly stock?: number;
}

const newProduct = z.object({
  product: z.object({
    variants: z
      .array(
        z.object({
          id: z.string(),
          inventory_items: z.array(z.object({ inventory_item_id: z.string() })).nullish(),
        }),
      )
      .min(1),
  }),
});

/** @returns the product's variant */
export const addProduct = async (
  admin: JsonClient,
  shop: Pick<Seeded, 'channel' | 'profile' | 'location'>,
  { title, price, stock }: NewProduct,
): Promise<string> => {
  const { product } = await admin.post(
    '/admin/products?fields=*variants,*variants.inventory_items',
    {
      title,
      status: 'published',
      shipping_profile_id: shop.profile,
      sales_channels: [{ id: shop.channel }],
      options: [{ title: 'Size', values: ['One'] }],
      variants: [
        {
          title: 'One',
          options: { Size: 'One' },
          manage_inventory: stock !== undefined,
          prices: [{ currency_code: currency, amount: price }],
        },
      ],
    },
    newProduct,
  );
  const [variant] = product.variants;
  const item = variant?.inventory_items?.[0]?.inventory_item_id;
  if (stock !== undefined)
    await admin.post(
      `/admin/inventory-items/${item}/location-levels`,
      { location_id: shop.location, stocked_quantity: stock },
      z.unknown(),
    );
  return variant?.id ?? '';
};

const setCurrency = async (admin: JsonClient, channel: string): Promise<void> => {
  const { stores } = await admin.get('/admin/stores', z.object({ stores: z.array(id).min(1) }));
  await admin.post(
    `/admin/stores/${stores[0]?.id}`,
    {
      supported_currencies: [{ currency_code: currency, is_default: true }],
      default_sales_channel_id: channel,
    },
    z.unknown(),
  );
};

/** Fills an empty shop, in the order in which Medusa's admin API needs it (contracts/medusa.md 7.3). */
export const seedShop = async (admin: JsonClient, providers: readonly string[]): Promise<Seeded> => {
  const channel = await admin.post('/admin/sales-channels', { name: 'Web shop' }, idOf('sales_channel'));
  await setCurrency(admin, channel);
  const region = await admin.post(
    '/admin/regions',
    { name: 'Everywhere', currency_code: currency, countries: ['us'], payment_providers: providers },
    idOf('region'),
  );
  const { api_key } = await admin.post(
    '/admin/api-keys',
    { title: 'Web shop', type: 'publishable' },
    z.object({ api_key: z.object({ id: z.string(), token: z.string() }) }),
  );
  await admin.post(`/admin/api-keys/${api_key.id}/sales-channels`, { add: [channel] }, z.unknown());
  const { location, zone } = await addStockLocation(admin, channel);
  const { profile, shippingOption } = await addShipping(admin, zone);
  const shop = { channel, profile, location };
  return {
    region,
    publishableKey: api_key.token,
    ...shop,
    shippingOption,
    lamp: await addProduct(admin, shop, { title: 'Lamp', price: 50 }),
    bulb: await addProduct(admin, shop, { title: 'Bulb', price: 10 }),
  };
};
