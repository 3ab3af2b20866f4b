import { seconds } from '@gatewright/payment-core';
import * as z from 'zod';

/**
 * How far a shop's changed orders have been read: every one that was last changed before `at`, and of those of that
 * second the ones in `seen`, or on the pages before `page`. Pages alone would lose orders: one that is changed while
 * they are read moves to the end, and all behind it move up.
 */
const cursorSchema = z.object({
  at: z.number(),
  seen: z.array(z.string()),
  page: z.number().int().min(1),
  lastId: z.string().nullable(),
});
export type SweepCursor = z.output<typeof cursorSchema>;

export interface Listed {
  readonly id: string;
  /** ms; WooCommerce knows seconds. */
  readonly modifiedAt: number;
}

export const perPage = 100;
/** More ids in one request would make its address too long for some servers. */
const seenAtMost = 300;

/** WordPress' own way to write a moment: UTC, without the Z. */
const gmt = (ms: number): string => new Date(ms).toISOString().slice(0, 19);

export const cursorAt = (at: number): SweepCursor => ({
  at: Math.floor(at / 1_000) * 1_000,
  seen: [],
  page: 1,
  lastId: null,
});

/** Undefined where none is kept. */
export const readCursor = (text: unknown): SweepCursor | undefined => {
  if (typeof text !== 'string') return undefined;
  const read = cursorSchema.safeParse(JSON.parse(text));
  return read.success ? read.data : undefined;
};

/** `modified_after` means later than, in whole seconds; the second itself has to be seen again. */
export const queryOf = ({ at, seen, page }: SweepCursor): Readonly<Record<string, string>> => ({
  modified_after: gmt(at - seconds(1)),
  dates_are_gmt: 'true',
  orderby: 'modified',
  order: 'asc',
  per_page: String(perPage),
  page: String(page),
  ...(seen.length === 0 ? {} : { exclude: seen.join(',') }),
});

/** `stuck`: the shop answers the same whatever is asked. */
export type Advance =
  | { readonly kind: 'more' | 'end'; readonly cursor: SweepCursor }
  | { readonly kind: 'stuck' };

export const advance = (cursor: SweepCursor, orders: readonly Listed[]): Advance => {
  const last = orders.reduce((latest, { modifiedAt }) => Math.max(latest, modifiedAt), cursor.at);
  const isNewSecond = last > cursor.at;
  const ofLast = orders.filter(({ modifiedAt }) => modifiedAt >= last).map(({ id }) => id);
  const lastId = orders.at(-1)?.id ?? null;
  if (orders.length < perPage) return { kind: 'end', cursor: { at: last, seen: ofLast, page: 1, lastId } };
  if (isNewSecond) return { kind: 'more', cursor: { at: last, seen: ofLast, page: 1, lastId } };
  if (lastId === cursor.lastId) return { kind: 'stuck' };
  const fresh = ofLast.filter((id) => !cursor.seen.includes(id));
  const isLong = cursor.seen.length + fresh.length > seenAtMost;
  return fresh.length === 0 || isLong || cursor.page > 1
    ? { kind: 'more', cursor: { ...cursor, page: cursor.page + 1, lastId } }
    : { kind: 'more', cursor: { ...cursor, seen: [...cursor.seen, ...fresh], lastId } };
};
