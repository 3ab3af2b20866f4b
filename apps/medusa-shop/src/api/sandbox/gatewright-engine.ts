/** What the sandbox uses of the plugin's module. */
export interface GatewrightEngine {
  engine(): Promise<{ work(): Promise<void>; reconcile(): Promise<unknown> }>;
}
