import * as z from 'zod';
import type { Json } from '../store/php-json.ts';
import type { Store } from '../store/store.ts';
import type { PaymentGateway } from '../storefront/payment-gateway.ts';
import { endpoint } from './endpoint.ts';
import { EDIT, resourceLinks } from './links.ts';
import { wpBoolean } from './params.ts';
import { restError, restOk } from './rest-error.ts';

/** Settings with their values in clear: no place for a secret (woocommerce.md 5.9) [payment-gateway-get]. */
const gatewayJson = (store: Store, gateway: PaymentGateway): Json => ({
  id: gateway.id,
  title: gateway.title,
  description: null,
  order: '',
  enabled: gateway.enabled,
  method_title: gateway.methodTitle,
  method_description: gateway.methodDescription,
  method_supports: gateway.processRefund === undefined ? ['products'] : ['products', 'refunds'],
  settings: Object.fromEntries(
    Object.entries(gateway.settings).map(([id, { label, value, default: initial }]) => [
      id,
      { id, label, description: '', type: 'text', value, default: initial, tip: '', placeholder: '' },
    ]),
  ),
  needs_setup: false,
  post_install_scripts: [],
  settings_url: `${store.settings.homeUrl}/wp-admin/admin.php?page=wc-settings&tab=checkout&section=${gateway.id}`,
  connection_url: null,
  setup_help_text: null,
  required_settings_keys: [],
  _links: resourceLinks(store, `/wc/v3/payment_gateways/${gateway.id}`, '/wc/v3/payment_gateways', EDIT),
});

const notFound = () => restError('woocommerce_rest_payment_gateway_invalid', 'Resource does not exist.', 404);

export const listGateways = endpoint({
  permission: 'list',
  params: {},
  run: (store) => restOk([...store.gateways.values()].map((gateway) => gatewayJson(store, gateway))),
});

export const getGateway = endpoint({
  permission: 'view',
  params: {},
  run: (store, call) => {
    const gateway = store.gateways.get(call.ids.gateway ?? '');
    return gateway === undefined ? notFound() : restOk(gatewayJson(store, gateway));
  },
});

export const putGateway = endpoint({
  permission: 'edit',
  params: { title: z.string(), enabled: wpBoolean, settings: z.record(z.string(), z.string()) },
  run: (store, call, { title, enabled, settings = {} }) => {
    const gateway = store.gateways.get(call.ids.gateway ?? '');
    if (gateway === undefined) return notFound();
    const written = title === undefined ? settings : { ...settings, title };
    for (const [id, value] of Object.entries(written)) {
      const setting = gateway.settings[id];
      if (setting !== undefined) setting.value = value;
    }
    gateway.title = title ?? gateway.title;
    gateway.enabled = enabled ?? gateway.enabled;
    return restOk(gatewayJson(store, gateway));
  },
});
