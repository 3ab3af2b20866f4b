/** `repeated`: a value that may stand there once stands there already. `unfitting`: another column, type or rule. */
export type RowFault = 'repeated' | 'unfitting';

/** Of PostgreSQL: a class of errors has its first two characters in common. */
const postgresFault = (code: string): RowFault | undefined => {
  if (code === '23505') return 'repeated';
  // integrity_constraint_violation and data_exception, undefined_column, datatype_mismatch
  const isOfRows = code.startsWith('23') || code.startsWith('22') || code === '42703' || code === '42804';
  return isOfRows ? 'unfitting' : undefined;
};

/** Of SQLite: the lowest eight bits are the kind, the others say more. */
const sqliteFault = (code: number, message: string): RowFault | undefined => {
  // SQLITE_CONSTRAINT_UNIQUE, _PRIMARYKEY, _ROWID
  if (code === 2067 || code === 1555 || code === 2579) return 'repeated';
  const kind = code & 255;
  // SQLITE_CONSTRAINT, SQLITE_MISMATCH
  if (kind === 19 || kind === 20) return 'unfitting';
  return kind === 1 && message.includes('has no column named') ? 'unfitting' : undefined;
};

/** What is wrong with the rows of an insert that failed; undefined where they are not to blame (connection, disk, lock). */
export const rowFaultOf = (error: unknown): RowFault | undefined => {
  if (!(error instanceof Error)) return undefined;
  if ('errcode' in error && typeof error.errcode === 'number')
    return sqliteFault(error.errcode, error.message);
  return 'code' in error && typeof error.code === 'string' ? postgresFault(error.code) : undefined;
};
