/** The app's addresses that Shopify calls with a client certificate. */
export type Endpoint = 'payment' | 'refund' | 'capture' | 'void';
