/**
 * What a database or the machine under it says about itself (disk full, connection lost), in its own words; undefined
 * for a mistake of ours. Values of rows stand in other fields of such errors.
 */
export const databaseTrouble = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.message : undefined;
