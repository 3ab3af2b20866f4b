/** What was measured (woocommerce.md section 1); WordPress and order storage go with the version of WooCommerce. */
const MEASURED = {
  '8.2.2': { wordpress: '6.4.3', hpos: false },
  '9.4.3': { wordpress: '6.7.1', hpos: false },
  '10.0.2': { wordpress: '6.8.3', hpos: true },
  '10.6.2': { wordpress: '6.9.4', hpos: true },
  '11.0.1': { wordpress: '7.1', hpos: true },
} as const;

export type WooCommerceVersion = keyof typeof MEASURED;

/** The version that the recorded traffic comes from. */
export const RECORDED: WooCommerceVersion = '11.0.1';

export interface Versions {
  readonly woocommerce: WooCommerceVersion;
  readonly wordpress: string;
  readonly php: string;
  readonly plugin: string;
}

export const versionsOf = (woocommerce: WooCommerceVersion): Versions => ({
  woocommerce,
  wordpress: MEASURED[woocommerce].wordpress,
  php: '8.2.35',
  plugin: '0.0.0',
});

/** Orders in tables of their own; before, they were posts. */
export const hasOrderTables = ({ woocommerce }: Versions): boolean => MEASURED[woocommerce].hpos;

/** A number that grows with the version: 8.2.2 is 802, 10.6.2 is 1006. */
export const minorOf = ({ woocommerce }: Versions): number => {
  const [major = 0, minor = 0] = woocommerce.split('.').map(Number);
  return major * 100 + minor;
};

/** WordPress options that the double reads; the REST API may change some. */
export interface StoreSettings {
  /** Home URL without a trailing slash; links and OAuth signatures are built from it, not from the Host header. */
  readonly homeUrl: string;
  readonly versions: Versions;
  readonly currency: string;
  /** One number of decimals for every currency (woocommerce.md 5.4). */
  readonly decimals: number;
  /** Minutes; empty switches the automatic cancellation off. */
  holdStockMinutes: string;
  /** `public-only` refuses loopback hosts and unusual ports, as wp_safe_remote_request does (4.2). */
  readonly deliveryTargets: 'any' | 'public-only';
  /** With `plain` ones there is no `/wp-json/` (5.1). */
  readonly permalinks: 'pretty' | 'plain';
  /** False: a shop where plugins cannot be installed. */
  readonly hasPlugin: boolean;
}
