import { createHash } from 'node:crypto';
import type { TableTotal } from '@gatewright/payment-ledger';

const rowsIn = (totals: readonly TableTotal[]): number => totals.reduce((sum, { rows }) => sum + rows, 0);

/** Of the whole ledger: the same for the same rows, whichever engine they stand in. */
const digestOf = (totals: readonly TableTotal[]): string => {
  const lines = totals.map(({ table, rows, sha256 }) => `${table} ${rows} ${sha256}\n`);
  return createHash('sha256').update(lines.toSorted().join('')).digest('hex');
};

/** A row for every table that has any, with the beginning of its digest. */
export const totalsTable = (totals: readonly TableTotal[]): readonly (readonly string[])[] => [
  ['TABLE', 'ROWS', 'SHA-256'],
  ...totals
    .filter(({ rows }) => rows > 0)
    .map(({ table, rows, sha256 }) => [table, String(rows), `${sha256.slice(0, 16)}…`]),
];

export const summary = (totals: readonly TableTotal[]): string =>
  `${rowsIn(totals)} rows, sha256 ${digestOf(totals)}`;
