/** The package has no types; these are for the parts that the tests use. */
declare module '@foile/crypto-pay-api' {
  import type { Server } from 'node:http';

  interface Invoice {
    readonly invoice_id: number;
    readonly status: string;
    readonly [field: string]: unknown;
  }

  interface Options {
    readonly protocol: string;
    readonly hostname: string;
    readonly port: number;
    readonly webhook?: {
      readonly serverHostname: string;
      readonly serverPort: number;
      readonly path: string;
    };
  }

  export class CryptoPay {
    constructor(token: string, options: Options);
    readonly webhooks: { readonly webhookServer: Server };
    getMe(): Promise<unknown>;
    getBalance(): Promise<readonly unknown[]>;
    getExchangeRates(): Promise<readonly unknown[]>;
    getCurrencies(): Promise<readonly unknown[]>;
    createInvoice(asset: string | undefined, amount: string, options?: object): Promise<Invoice>;
    getInvoices(options?: object): Promise<{ readonly items: readonly Invoice[] }>;
    transfer(userId: number, asset: string, amount: string, spendId: string): Promise<unknown>;
    invoicePaid(handler: (update: unknown) => void): void;
  }
}
