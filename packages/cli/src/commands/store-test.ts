import { createNodeHttpClient } from '@gatewright/outbound-http';
import { type Finding, type HttpOutcome, storeIdSchema } from '@gatewright/payment-core';
import type { StoreRecord } from '@gatewright/payment-ledger';
import * as z from 'zod';
import { fail, type Outcome } from '../failure.ts';
import { outcomeOf, printFindings } from '../findings.ts';
import type { Host } from '../host.ts';
import { type Session, withVault } from '../ledger-session.ts';
import { accountFindings, accountName, type CheckOptions } from './account-test.ts';

const noAccount: Finding = {
  code: 'no-account',
  severity: 'error',
  cause: 'The store has no enabled account.',
  effect: 'No shopper can pay through Gatewright.',
  remedy: 'Add one with `gatewright account add`.',
};

const notPaired = (store: StoreRecord): Finding => ({
  code: 'not-paired',
  severity: 'error',
  cause: "The shop's plugin has not been paired.",
  effect: 'It cannot ask for payments.',
  remedy: `Run \`gatewright pair --store ${store.id}\` and paste the code into the plugin's settings.`,
});

const noCredentials: Finding = {
  code: 'no-storefront-credentials',
  severity: 'error',
  cause: 'The bridge has no WooCommerce REST key for this shop.',
  effect: 'Payments are recorded, and orders stay unpaid.',
  remedy: 'Use "Connect" in the plugin\'s settings, which makes the key.',
};

const unreachable = (store: StoreRecord, reason: string): Finding => ({
  code: 'store-unreachable',
  severity: 'error',
  cause: `${store.url} did not answer as a WordPress site (${reason}).`,
  effect: 'Orders cannot be marked as paid.',
  remedy:
    'Open the address in a browser; it must be public and https. For a shop on this machine use --sandbox.',
});

const missing = (what: string, effect: string, remedy: string, code: string): Finding => ({
  code,
  severity: 'error',
  cause: `The shop does not offer ${what}.`,
  effect,
  remedy,
});

const indexSchema = z.object({ namespaces: z.array(z.string()) });

const namespacesOf = (answer: HttpOutcome): readonly string[] | string => {
  if (answer.outcome === 'ambiguous' || answer.outcome === 'unavailable') return answer.reason;
  if (answer.outcome === 'refused') return `HTTP ${answer.status}`;
  try {
    return indexSchema.parse(JSON.parse(Buffer.from(answer.body).toString('utf8'))).namespaces;
  } catch {
    return 'no REST index';
  }
};

/** The public index of WordPress' REST API names what is installed. */
const shopFindings = async (
  host: Host,
  store: StoreRecord,
  sandbox: boolean,
): Promise<readonly Finding[]> => {
  const http = createNodeHttpClient({ sandbox, clock: host.clock });
  const namespaces = namespacesOf(
    await http({ method: 'GET', url: `${store.url}/wp-json/`, headers: {}, retry: 'safe' }),
  );
  if (typeof namespaces === 'string') return [unreachable(store, namespaces)];
  return [
    ...(namespaces.includes('wc/v3')
      ? []
      : [
          missing(
            "WooCommerce's REST API",
            'Orders cannot be read or marked as paid.',
            'Activate WooCommerce, and permalinks other than "Plain".',
            'no-woocommerce',
          ),
        ]),
    ...(namespaces.includes('wc-gatewright/v1')
      ? []
      : [
          missing(
            "Gatewright's plugin",
            'Shoppers are not offered its payments.',
            'Install and activate the Gatewright plugin.',
            'no-plugin',
          ),
        ]),
  ];
};

const wooCommerceFindings = async (
  host: Host,
  { vault }: Session,
  store: StoreRecord,
  { sandbox = false }: CheckOptions,
): Promise<readonly Finding[]> => [
  ...(await shopFindings(host, store, sandbox)),
  ...((await vault.pluginKeysOf(store.id)).length === 0 ? [notPaired(store)] : []),
  ...((await vault.storefrontCredentials(store.id)) === undefined ? [noCredentials] : []),
];

/** Checks a shop and every enabled account of it. */
export const testStore = (host: Host, id: string, options: CheckOptions): Promise<Outcome> =>
  withVault(host, options, async (session) => {
    const known = storeIdSchema.safeParse(id);
    const store = known.success ? await session.vault.store(known.data) : undefined;
    if (store === undefined) {
      return fail(`There is no store ${id}.`, 'Nothing was tested.', 'See `gatewright store list`.');
    }
    const accounts = (await session.vault.accountsOf(store.id)).filter(({ enabled }) => enabled);
    const ofStore = [
      ...(store.platform === 'woocommerce' ? await wooCommerceFindings(host, session, store, options) : []),
      ...(accounts.length === 0 ? [noAccount] : []),
    ];
    printFindings(host, `${store.name} ${store.id}`, ofStore);
    const all = [...ofStore];
    for (const account of accounts) {
      const findings = await accountFindings(host, session, account, options);
      printFindings(host, accountName(account), findings);
      all.push(...findings);
    }
    return outcomeOf(all);
  });
