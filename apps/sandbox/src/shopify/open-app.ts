import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Clock } from '@gatewright/payment-core';
import { type App, readEnv, sessionPaths, startApp } from '@gatewright/shopify-payments-app';
import { type ShopifyDouble, shopifyEgress } from '@gatewright/storefront-simulator';
import { writeCertificates } from './certificates.ts';

/** Client id and secret, as Shopify's dashboard shows them; the demo's own. */
const keys = { apiKey: 'gatewright-demo', apiSecret: randomBytes(16).toString('hex') };

const appEnv = (variables: Readonly<Record<string, string>>) => {
  const read = readEnv({
    GATEWRIGHT_KEYS: `sandbox:${randomBytes(32).toString('base64')}`,
    GATEWRIGHT_SANDBOX: '1',
    GATEWRIGHT_RATES: JSON.stringify([
      { from: 'TON', to: 'USD', value: '2.50' },
      { from: 'USDT', to: 'USD', value: '1' },
    ]),
    PORT: '0',
    SESSION_PORT: '0',
    OPERATOR_PORT: '0',
    LOG_LEVEL: 'silent',
    SHOPIFY_API_KEY: keys.apiKey,
    SHOPIFY_API_SECRET: keys.apiSecret,
    ...variables,
  });
  if (!read.ok) throw new Error(read.findings.map((finding) => finding.cause).join(' '));
  return read.env;
};

/** What `shopify app deploy` tells Shopify. */
const deploy = (shopify: ShopifyDouble, { publicUrl, sessionPort }: App): void => {
  const sessions = `https://127.0.0.1:${sessionPort}`;
  shopify.deployApp({
    ...keys,
    applicationUrl: publicUrl,
    redirectUrls: [`${publicUrl}/auth/callback`],
    webhooks: `${publicUrl}/webhooks/shopify`,
    extension: {
      apiVersion: '2026-10',
      paymentSessionUrl: `${sessions}${sessionPaths.payment}`,
      refundSessionUrl: `${sessions}${sessionPaths.refund}`,
      captureSessionUrl: `${sessions}${sessionPaths.capture}`,
      voidSessionUrl: `${sessions}${sessionPaths.void}`,
      testModeAvailable: true,
    },
  });
};

/** The real app on a SQLite file, with its mTLS listener, known to Shopify. */
export const openApp = async (folder: string, clock: Clock, shopify: ShopifyDouble) => {
  const database = join(folder, 'gatewright.db');
  const certificates = await writeCertificates(folder, shopify);
  const env = appEnv({ DATABASE_URL: `sqlite:${database}`, ...certificates });
  const app = await startApp({ env, clock, random: randomBytes, egress: shopifyEgress(shopify) });
  deploy(shopify, app);
  return { app, apiKey: keys.apiKey, database };
};
