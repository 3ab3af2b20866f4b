import type { Json } from '../store/php-json.ts';
import { VERSIONS } from '../store/settings.ts';
import type { Store } from '../store/store.ts';
import { CURRENCIES, currencyName, currencySymbol } from './currency-list.ts';
import { endpoint } from './endpoint.ts';
import { restUrl } from './links.ts';
import { restError, restOk } from './rest-error.ts';

/** The part of GET system_status that a set-up check reads (woocommerce.md 5.9). */
export const getSystemStatus = endpoint({
  permission: 'list',
  params: {},
  run: (store) =>
    restOk({
      environment: {
        home_url: store.settings.homeUrl,
        site_url: store.settings.homeUrl,
        version: VERSIONS.woocommerce,
        wp_version: VERSIONS.wordpress,
        wp_multisite: false,
        php_version: VERSIONS.php,
        external_object_cache: false,
      },
      database: { wc_database_version: VERSIONS.woocommerce, database_prefix: 'wp_' },
      active_plugins: [
        { plugin: 'woocommerce/woocommerce.php', name: 'WooCommerce', version: VERSIONS.woocommerce },
      ],
      settings: {
        api_enabled: false,
        force_ssl: false,
        currency: store.settings.currency,
        currency_symbol: currencySymbol(store.settings.currency),
        currency_position: 'left',
        thousand_separator: ',',
        decimal_separator: '.',
        number_of_decimals: store.settings.decimals,
        HPOS_enabled: true,
        HPOS_sync_enabled: false,
      },
    }),
});

const currencyJson = (store: Store, code: string): Json => ({
  code,
  name: currencyName(code),
  symbol: currencySymbol(code),
  _links: {
    self: [{ href: restUrl(store, `/wc/v3/data/currencies/${code}`) }],
    collection: [{ href: restUrl(store, '/wc/v3/data/currencies') }],
  },
});

export const listCurrencies = endpoint({
  permission: 'list',
  params: {},
  run: (store) => restOk(CURRENCIES.map((code) => currencyJson(store, code))),
});

export const getCurrency = endpoint({
  permission: 'view',
  params: {},
  run: (store, call) => {
    const asked = call.ids.currency ?? '';
    const code = asked === 'current' ? store.settings.currency : asked.toUpperCase();
    return CURRENCIES.includes(code)
      ? restOk(currencyJson(store, code))
      : restError(
          'woocommerce_rest_data_invalid_currency',
          'There are no currencies matching these parameters.',
          404,
        );
  },
});
