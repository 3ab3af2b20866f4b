import { createHash } from 'node:crypto';
import * as z from 'zod';

/** What a column holds: text and numbers as they are, bytes in base64. */
const cellSchema = z.union([z.string(), z.number(), z.null(), z.strictObject({ base64: z.base64() })]);
export type Cell = z.infer<typeof cellSchema>;

const rowSchema = z.record(z.string().regex(/^[a-z_]{1,63}$/), cellSchema);
export type Row = z.infer<typeof rowSchema>;

/** One line of an export: the first one, a row, the end of a table, the last one. */
export const lineSchema = z.union([
  z.strictObject({
    gatewright: z.literal('ledger'),
    version: z.literal(1),
    migrations: z.array(z.string()),
  }),
  z.strictObject({ table: z.string(), row: rowSchema }),
  z.strictObject({ table: z.literal('jobs'), job: z.unknown() }),
  z.strictObject({ table: z.string(), rows: z.number(), sha256: z.string() }),
  z.strictObject({ end: z.literal(true), rows: z.number() }),
]);
export type Line = z.infer<typeof lineSchema>;

export const cellOf = (value: unknown): Cell =>
  value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : cellSchema.parse(value);

export const storedValue = (cell: Cell): string | number | null | Uint8Array =>
  typeof cell === 'object' && cell !== null ? new Uint8Array(Buffer.from(cell.base64, 'base64')) : cell;

const canonical = (value: object): string =>
  JSON.stringify(Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))));

const modulus = 2n ** 256n;

/**
 * Counts the rows of a table and sums their SHA-256 digests modulo 2^256: the same rows give the same figures in
 * whatever order an engine lists them.
 */
export const tally = () => {
  let rows = 0;
  let sum = 0n;
  return {
    add(row: object): void {
      rows += 1;
      const digest = createHash('sha256').update(canonical(row)).digest('hex');
      sum = (sum + BigInt(`0x${digest}`)) % modulus;
    },
    total: () => ({ rows, sha256: sum.toString(16).padStart(64, '0') }),
  };
};
export type Total = ReturnType<ReturnType<typeof tally>['total']>;
