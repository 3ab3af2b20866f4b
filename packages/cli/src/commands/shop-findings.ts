import { createNodeHttpClient } from '@gatewright/outbound-http';
import type { Finding, HttpClient, HttpOutcome } from '@gatewright/payment-core';
import type { StoreRecord } from '@gatewright/payment-ledger';
import * as z from 'zod';
import type { Host } from '../host.ts';
import type { Session } from '../ledger-session.ts';

type Words = readonly [code: string, cause: string, effect: string, remedy: string];

const error = ([code, cause, effect, remedy]: Words): Finding => ({
  code,
  severity: 'error',
  cause,
  effect,
  remedy,
});

const unreachable = (url: string, reason: string): Finding =>
  error([
    'store-unreachable',
    `${url} did not answer as a WordPress site (${reason}).`,
    'Orders cannot be marked as paid.',
    'Open the address in a browser; it must be public and https. For a shop on this machine use --sandbox.',
  ]);

const plainPermalinks = error([
  'plain-permalinks',
  'The shop has "Plain" permalinks, and with them no /wp-json/.',
  'Neither the bridge nor the plugin can be reached.',
  'In WordPress choose another structure under Settings, Permalinks, and save.',
]);

const noWooCommerce = error([
  'no-woocommerce',
  "The shop does not offer WooCommerce's REST API.",
  'Orders cannot be read or marked as paid.',
  'Activate WooCommerce, and let /wp-json/ pass the firewall.',
]);

const pluginMissing = error([
  'plugin-missing',
  "The shop does not offer Gatewright's plugin.",
  'Shoppers are not offered its payments.',
  'Install and activate the Gatewright plugin. Where plugins cannot be installed, there is REST-only mode.',
]);

const notPaired = ({ id }: StoreRecord): Finding =>
  error([
    'plugin-not-paired',
    "The shop's plugin has not been paired.",
    'It cannot ask for payments.',
    `Run \`gatewright pair --store ${id}\` and paste the code into the plugin's settings.`,
  ]);

const noCredentials = error([
  'credentials-missing',
  'The bridge has no WooCommerce REST key for this shop.',
  'Payments are recorded, and orders stay unpaid.',
  'Use "Connect" in the plugin\'s settings, which makes the key, or `gatewright store connect`.',
]);

const pluginBeside: Finding = {
  code: 'plugin-beside-rest-only',
  severity: 'warning',
  cause: 'The plugin is active in a shop that is in REST-only mode.',
  effect: 'Orders are written without the lock that the plugin has.',
  remedy: "Switch REST-only mode off on the bridge's page; the plugin then settles orders exactly once.",
};

const indexSchema = z.object({ namespaces: z.array(z.string()) });

type Index =
  | { readonly ok: true; readonly namespaces: readonly string[] }
  | { readonly ok: false; readonly reason: string };

const indexIn = (answer: HttpOutcome): Index => {
  if (answer.outcome === 'ambiguous' || answer.outcome === 'unavailable')
    return { ok: false, reason: answer.reason };
  if (answer.outcome === 'refused') return { ok: false, reason: `HTTP ${answer.status}` };
  try {
    const { namespaces } = indexSchema.parse(JSON.parse(Buffer.from(answer.body).toString('utf8')));
    return { ok: true, namespaces };
  } catch {
    return { ok: false, reason: 'no REST index' };
  }
};

const readIndex = async (http: HttpClient, url: string): Promise<Index> =>
  indexIn(await http({ method: 'GET', url, headers: {}, retry: 'safe' }));

/** With plain permalinks the same index answers behind a query (woocommerce.md 5.1). */
const hasPlainPermalinks = async (http: HttpClient, url: string): Promise<boolean> =>
  (await readIndex(http, `${url}/?rest_route=/`)).ok;

/** The bridge's setting, as far as it matters here: REST-only shops have no plugin. */
const isRestOnly = ({ settings }: StoreRecord): boolean =>
  z.object({ restOnly: z.record(z.string(), z.unknown()) }).safeParse(settings).success;

const offeredFindings = (namespaces: readonly string[], restOnly: boolean): readonly Finding[] => {
  const hasPlugin = namespaces.includes('wc-gatewright/v1');
  return [
    ...(namespaces.includes('wc/v3') ? [] : [noWooCommerce]),
    ...(!restOnly && !hasPlugin ? [pluginMissing] : []),
    ...(restOnly && hasPlugin ? [pluginBeside] : []),
  ];
};

/** What the public index of a WooCommerce shop, and what the ledger has for it, leave to be desired. */
export const shopFindings = async (
  host: Host,
  { vault }: Session,
  store: StoreRecord,
  sandbox: boolean,
): Promise<readonly Finding[]> => {
  const http = createNodeHttpClient({ sandbox, clock: host.clock });
  const restOnly = isRestOnly(store);
  const index = await readIndex(http, `${store.url}/wp-json/`);
  const ofShop = index.ok
    ? offeredFindings(index.namespaces, restOnly)
    : [(await hasPlainPermalinks(http, store.url)) ? plainPermalinks : unreachable(store.url, index.reason)];
  return [
    ...ofShop,
    ...(restOnly || (await vault.pluginKeysOf(store.id)).length > 0 ? [] : [notPaired(store)]),
    ...((await vault.storefrontCredentials(store.id)) === undefined ? [noCredentials] : []),
  ];
};
