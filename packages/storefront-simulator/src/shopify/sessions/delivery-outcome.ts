/** How one session request ended, as Shopify sees it (rules 2 and 4). */
export type DeliveryOutcome =
  | { readonly ok: true; readonly status: number; readonly body: string; readonly redirectUrl?: string }
  | {
      readonly ok: false;
      readonly reason: DeliveryFailure;
      /** Undefined when no answer came. */
      readonly status?: number;
      readonly body?: string;
      /** The network's error code, such as ECONNRESET or ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED. */
      readonly code?: string;
    };

export type DeliveryFailure =
  | 'no-connection'
  | 'timeout'
  | 'lost-request'
  | 'lost-answer'
  | 'not-2xx'
  | 'not-201'
  | 'not-json'
  | 'no-redirect-url'
  | 'redirect-url-too-long'
  | 'redirect-url-not-https';
