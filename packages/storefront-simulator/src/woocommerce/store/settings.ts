/** Versions the recorded traffic comes from (woocommerce.md section 1). */
export const VERSIONS = { woocommerce: '11.0.1', wordpress: '7.1', php: '8.2.35', plugin: '0.0.0' } as const;

/** WordPress options that the double reads; the REST API may change some. */
export interface StoreSettings {
  /** Home URL without a trailing slash; links and OAuth signatures are built from it, not from the Host header. */
  readonly homeUrl: string;
  readonly currency: string;
  /** One number of decimals for every currency (woocommerce.md 5.4). */
  readonly decimals: number;
  /** Minutes; empty switches the automatic cancellation off. */
  holdStockMinutes: string;
  /** `public-only` refuses loopback hosts and unusual ports, as wp_safe_remote_request does (4.2). */
  readonly deliveryTargets: 'any' | 'public-only';
}
