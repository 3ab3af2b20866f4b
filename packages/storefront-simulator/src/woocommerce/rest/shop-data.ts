import type { Json } from '../store/php-json.ts';
import { hasOrderTables } from '../store/settings.ts';
import type { Store } from '../store/store.ts';
import { CURRENCIES, currencyName, currencySymbol } from './currency-list.ts';
import { endpoint } from './endpoint.ts';
import { restUrl } from './links.ts';
import { restError, restOk } from './rest-error.ts';

/** Folder and file of the plugin. */
const PLUGIN = 'gatewright-for-woocommerce/gatewright-for-woocommerce.php';

/** The part of GET system_status that a set-up check reads (woocommerce.md 5.9). */
export const getSystemStatus = endpoint({
  permission: 'list',
  params: {},
  run: ({ settings }) => {
    const { versions, homeUrl, currency } = settings;
    return restOk({
      environment: {
        home_url: homeUrl,
        site_url: homeUrl,
        version: versions.woocommerce,
        wp_version: versions.wordpress,
        wp_multisite: false,
        wp_cron: true,
        php_version: versions.php,
        external_object_cache: false,
      },
      database: { wc_database_version: versions.woocommerce, database_prefix: 'wp_' },
      active_plugins: [
        { plugin: 'woocommerce/woocommerce.php', name: 'WooCommerce', version: versions.woocommerce },
        ...(settings.hasPlugin ? [{ plugin: PLUGIN, name: 'Gatewright', version: versions.plugin }] : []),
      ],
      settings: {
        api_enabled: false,
        force_ssl: false,
        currency,
        currency_symbol: currencySymbol(currency),
        currency_position: 'left',
        thousand_separator: ',',
        decimal_separator: '.',
        number_of_decimals: settings.decimals,
        HPOS_enabled: hasOrderTables(versions),
        HPOS_sync_enabled: false,
      },
      security: { secure_connection: homeUrl.startsWith('https://'), hide_errors: true },
    });
  },
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
