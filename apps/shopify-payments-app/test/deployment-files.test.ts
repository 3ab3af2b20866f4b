import { readFile } from 'node:fs/promises';
import { languages } from '@gatewright/pay-page';
import { parse } from 'smol-toml';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { apiVersion } from '../src/payments-api/client.ts';
import { sessionPaths } from '../src/sessions/session-routes.ts';
import { shopWebhookPath } from '../src/shop-webhooks/shop-webhook.ts';

const read = async (path: string): Promise<unknown> =>
  parse(await readFile(new URL(`../${path}`, import.meta.url), 'utf8'));

const label = z.string().min(1).max(50);
const httpsUrl = z.url({ protocol: /^https$/ });

/** What Shopify's CLI takes; a key it does not know would be ignored there, so none is taken here. */
const appSchema = z.strictObject({
  client_id: z.string().regex(/^[0-9a-f]{32}$/),
  name: z.string().max(30),
  handle: z.string().regex(/^[a-z0-9-]+$/),
  application_url: httpsUrl,
  embedded: z.boolean(),
  access_scopes: z.strictObject({ scopes: z.string() }),
  auth: z.strictObject({ redirect_urls: z.array(httpsUrl) }),
  webhooks: z.strictObject({
    api_version: z.string(),
    // One subscription has topics or compliance topics, never both.
    subscriptions: z.array(
      z.union([
        z.strictObject({ topics: z.array(z.string()), uri: httpsUrl }),
        z.strictObject({ compliance_topics: z.array(z.string()), uri: httpsUrl }),
      ]),
    ),
  }),
});

/** Names of activemerchant/payment_icons (August 2026) for what gateways of ours take; Shopify knows no others. */
const icons = ['bitcoin', 'ethereum', 'litecoin', 'usdt', 'usdc', 'bnbchain', 'dogecoin'] as const;

const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
const isCountry = (code: string): boolean =>
  /^[A-Z]{2}$/.test(code) && new Intl.Locale(`und-${code}`).region === code && regions.of(code) !== undefined;
const country = z.string().refine(isCountry);

const isOnce = (values: readonly unknown[]): boolean => new Set(values).size === values.length;

/** What Shopify's CLI takes for `payments.offsite.render`; it cuts no label, it refuses a longer one. */
const extensionSchema = z.strictObject({
  api_version: z.string(),
  extensions: z.tuple([
    z.strictObject({
      name: label,
      handle: z.string().regex(/^[a-z0-9-]+$/),
      type: z.literal('payments_extension'),
      merchant_label: label,
      buyer_label: label,
      buyer_label_translations: z
        .array(z.strictObject({ locale: z.enum(languages.map(({ tag }) => tag)), label }))
        .refine((each) => isOnce(each.map(({ locale }) => locale))),
      payment_session_url: httpsUrl,
      refund_session_url: httpsUrl,
      capture_session_url: httpsUrl,
      void_session_url: httpsUrl,
      supported_countries: z.array(country).min(1).refine(isOnce),
      supported_payment_methods: z.array(z.enum(icons)).min(1).refine(isOnce),
      // Card payments only.
      supports_3ds: z.literal(false),
      supports_installments: z.boolean(),
      supports_deferred_payments: z.boolean(),
      supports_oversell_protection: z.literal(false),
      multiple_capture: z.boolean(),
      test_mode_available: z.boolean(),
      targeting: z.tuple([z.strictObject({ target: z.literal('payments.offsite.render') })]),
    }),
  ]),
});

const pathOf = (url: string): string => new URL(url).pathname;

test("shopify.app.toml names the app's own routes and asks for no scopes of payments", async () => {
  const app = appSchema.parse(await read('shopify.app.toml'));
  expect(app.embedded).toBe(false);
  expect(app.access_scopes.scopes).not.toContain('payment');
  expect(app.auth.redirect_urls.map(pathOf)).toEqual(['/auth/callback']);
  expect(new Set(app.webhooks.subscriptions.map(({ uri }) => pathOf(uri)))).toEqual(
    new Set([shopWebhookPath]),
  );
  const topics = app.webhooks.subscriptions.flatMap((each) =>
    'topics' in each ? each.topics : each.compliance_topics,
  );
  expect(topics.toSorted()).toEqual([
    'app/uninstalled',
    'customers/data_request',
    'customers/redact',
    'shop/redact',
  ]);
  const origins = [app.application_url, ...app.auth.redirect_urls].map((url) => new URL(url).origin);
  expect(new Set(origins).size).toBe(1);
});

test('the extension names the session endpoints on a host of their own, in the version that we send', async () => {
  const { api_version, extensions } = extensionSchema.parse(
    await read('extensions/offsite-payments/shopify.extension.toml'),
  );
  const [extension] = extensions;
  const app = appSchema.parse(await read('shopify.app.toml'));
  expect([api_version, app.webhooks.api_version]).toEqual([apiVersion, apiVersion]);
  const urls = {
    payment: extension.payment_session_url,
    refund: extension.refund_session_url,
    capture: extension.capture_session_url,
    void: extension.void_session_url,
  };
  for (const [kind, path] of Object.entries(sessionPaths))
    expect(urls).toHaveProperty(kind, expect.stringMatching(new RegExp(`${path}$`)));
  const hosts = new Set(Object.values(urls).map((url) => new URL(url).host));
  expect(hosts.size).toBe(1);
  expect(hosts.has(new URL(app.application_url).host)).toBe(false);
  expect(extension.test_mode_available).toBe(true);
  // Shopify's CLI wants both or neither.
  expect(extension.supports_installments).toBe(extension.supports_deferred_payments);
  // The label itself is English; each other language of the pay page has its own.
  expect(extension.buyer_label_translations.map(({ locale }) => locale).toSorted()).toEqual(
    languages.flatMap(({ tag }) => (tag === 'en' ? [] : [tag])).toSorted(),
  );
});

test.each([
  ['a misspelt key', (toml: string) => toml.replace('buyer_label =', 'buyer_labels =')],
  ['an icon that is not there', (toml: string) => toml.replace('"usdt"', '"ton"')],
  ['a country that is not there', (toml: string) => toml.replace('"GB"', '"UK"')],
  ['a label that is too long', (toml: string) => toml.replace('"Kryptozahlung"', `"${'K'.repeat(51)}"`)],
  ['an address without TLS', (toml: string) => toml.replace('https://sessions', 'http://sessions')],
])('the extension would be refused here with %s', async (_what, change) => {
  const path = new URL('../extensions/offsite-payments/shopify.extension.toml', import.meta.url);
  const toml = await readFile(path, 'utf8');
  expect(extensionSchema.safeParse(parse(toml)).success).toBe(true);
  expect(change(toml)).not.toBe(toml);
  expect(extensionSchema.safeParse(parse(change(toml))).success).toBe(false);
});
