import { defineConfig, Modules } from '@medusajs/framework/utils';
import { readShopEnv } from './src/env.ts';

const env = readShopEnv();

const plugin = '@gatewright/medusa-payment-provider';

/** A PostgreSQL on this machine speaks no TLS. */
const isLocal = ['127.0.0.1', 'localhost'].includes(new URL(env.databaseUrl).hostname);

const localDriver = { databaseDriverOptions: { ssl: false, connection: { ssl: false } } };

/** A browser keeps no secure cookie of a server without TLS, so nobody could sign in. */
const plainCookies = { cookieOptions: { secure: false } };

const sharedLocking = {
  resolve: '@medusajs/medusa/locking',
  options: {
    providers: [{ id: 'locking-postgres', resolve: '@medusajs/medusa/locking-postgres', is_default: true }],
  },
};

export default defineConfig({
  projectConfig: {
    databaseUrl: env.databaseUrl,
    ...(isLocal ? localDriver : {}),
    ...(env.sandbox ? plainCookies : {}),
    workerMode: env.workerMode,
    http: {
      storeCors: env.storefrontUrls.join(','),
      adminCors: env.publicUrl,
      authCors: [env.publicUrl, ...env.storefrontUrls].join(','),
      jwtSecret: env.jwtSecret,
      cookieSecret: env.cookieSecret,
    },
  },
  admin: { disable: !env.admin },
  plugins: [
    // Listed because npm may nest it below @medusajs/medusa, where the commands do not find it.
    { resolve: '@medusajs/draft-order', options: {} },
    {
      resolve: plugin,
      options: {
        publicUrl: env.publicUrl,
        storefrontUrls: [...env.storefrontUrls],
        orderTiming: env.orderTiming,
        ...(env.sandbox ? { sandbox: true, rates: { fixed: [...env.rates] } } : {}),
      },
    },
  ],
  modules: [
    {
      resolve: '@medusajs/medusa/payment',
      key: Modules.PAYMENT,
      dependencies: ['gatewright', 'logger'],
      options: {
        providers: env.providers.map(({ id, options }) => ({
          resolve: `${plugin}/providers/gatewright`,
          id,
          options: { ...options },
        })),
      },
    },
    ...(env.sharedLocking ? [sharedLocking] : []),
  ],
});
