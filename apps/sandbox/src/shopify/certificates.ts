import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ShopifyDouble } from '@gatewright/storefront-simulator';

/** The files of the app's mTLS listener: its own certificate, and the authorities behind Shopify's. */
export const writeCertificates = async (
  folder: string,
  shopify: Pick<ShopifyDouble, 'issueServerCertificate' | 'clientCertificates'>,
) => {
  const own = await shopify.issueServerCertificate(['127.0.0.1', 'localhost']);
  const files = {
    SHOPIFY_CA: join(folder, 'shopify-ca.pem'),
    SESSION_TLS_CERT: join(folder, 'sessions.crt'),
    SESSION_TLS_KEY: join(folder, 'sessions.key'),
  };
  await writeFile(files.SHOPIFY_CA, shopify.clientCertificates.trustBundle);
  await writeFile(files.SESSION_TLS_CERT, own.certificate);
  await writeFile(files.SESSION_TLS_KEY, own.key, { mode: 0o600 });
  return files;
};
