/** The core's port to this shop; rows of the ledger pass as they are. */
interface GatewrightStorefront {
  tell(instruction: unknown, invoice: unknown): Promise<object>;
  readOrder(store: unknown, orderKey: unknown): Promise<object>;
}

/** What the sandbox uses of the plugin's module. */
export interface GatewrightEngine {
  engine(): Promise<{
    readonly ports: { readonly storefront: GatewrightStorefront };
    work(): Promise<void>;
    reconcile(): Promise<unknown>;
  }>;
}
