/** The environment as this command knows it (architecture.md, Configuration). Empty is the same as not set. */
export interface Environment {
  /** DATABASE_URL */
  readonly databaseUrl: string;
  /** GATEWRIGHT_KEYS=id:base64,…; the first seals. */
  readonly keys: string | undefined;
  /** PUBLIC_URL: where gateways and plugins reach the bridge. */
  readonly publicUrl: string | undefined;
}

export const readEnvironment = (
  variables: Readonly<Record<string, string | undefined>> = process.env,
): Environment => ({
  databaseUrl: variables.DATABASE_URL || 'sqlite:./gatewright.db',
  keys: variables.GATEWRIGHT_KEYS || undefined,
  publicUrl: variables.PUBLIC_URL || undefined,
});
