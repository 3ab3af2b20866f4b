import * as z from 'zod';

const sslSchema = z.union([z.boolean(), z.looseObject({ rejectUnauthorized: z.boolean().optional() })]);
const driverSchema = z.looseObject({
  ssl: sslSchema.optional(),
  connection: z.looseObject({ ssl: sslSchema.optional() }).optional(),
});

/**
 * The shop's own database for a second connection: Medusa keeps its TLS settings beside the address
 * (`projectConfig.databaseDriverOptions`), a ledger has only the address. One that says it itself is left as it is.
 */
export const withDriverTls = (databaseUrl: string, driverOptions: unknown): string => {
  const url = URL.parse(databaseUrl);
  const driver = driverSchema.safeParse(driverOptions ?? {});
  const ssl = driver.success ? (driver.data.connection?.ssl ?? driver.data.ssl) : undefined;
  if (url === null || ssl === undefined || ssl === false) return databaseUrl;
  if (url.searchParams.has('sslmode') || url.searchParams.has('ssl')) return databaseUrl;
  const unverified = typeof ssl === 'object' && ssl.rejectUnauthorized === false;
  url.searchParams.set('sslmode', unverified ? 'no-verify' : 'verify-full');
  return url.href;
};
