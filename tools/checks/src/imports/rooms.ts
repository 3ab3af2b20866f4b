/** Who may import whom: the table of rooms in the architecture, as data. */
const core = '@gatewright/payment-core';
const ledger = '@gatewright/payment-ledger';
const outbound = '@gatewright/outbound-http';
const operations = '@gatewright/operations';
const payPage = '@gatewright/pay-page';

const simulators: readonly string[] = ['@gatewright/gateway-simulator', '@gatewright/storefront-simulator'];

/** Simulators and batteries: they help tests and the sandbox, and never reach a published runtime. */
const testKits: readonly string[] = [...simulators, '@gatewright/conformance'];

/** Composition roots that no one installs: they may import every room. */
const unrestricted: readonly string[] = ['@gatewright/sandbox', '@gatewright/bench'];

const allowed: Readonly<Record<string, readonly string[]>> = {
  [core]: [],
  '@gatewright/cli': [core, ledger, outbound],
  [operations]: [core, ledger, outbound],
  '@gatewright/woocommerce-bridge': [core, ledger, operations, outbound, payPage],
  '@gatewright/shopify-payments-app': [core, ledger, operations, outbound, payPage],
  '@gatewright/medusa-shop': ['@gatewright/medusa-payment-provider'],
  '@gatewright/medusa-payment-provider': [core, ledger, outbound, payPage],
};

export const isUnrestricted = (workspace: string): boolean => unrestricted.includes(workspace);

export const isTestKit = (workspace: string): boolean => testKits.includes(workspace);

export const isSimulator = (workspace: string): boolean => simulators.includes(workspace);

/** A room that the table does not name stands directly above the core. */
export const mayImport = (from: string, to: string): boolean =>
  isUnrestricted(from) || (allowed[from] ?? [core]).includes(to);
