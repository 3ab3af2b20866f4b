import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advance, cursorAt, type Listed, perPage, queryOf, type SweepCursor } from './sweep-cursor.ts';

const start = 1_795_248_830_000;

/** As WooCommerce answers: later than, ascending, in whole seconds; orders of one second come in any order. */
const listed = (orders: readonly Listed[], cursor: SweepCursor): Listed[] => {
  const { modified_after: after = '', exclude = '', page, per_page } = queryOf(cursor);
  const since = Date.parse(`${after}Z`);
  const without = new Set(exclude.split(','));
  const found = orders
    .filter(({ id, modifiedAt }) => modifiedAt > since && !without.has(id))
    .toSorted((a, b) => a.modifiedAt - b.modifiedAt);
  return found.slice((Number(page) - 1) * Number(per_page), Number(page) * Number(per_page));
};

/** Reads to the end. @param between changes the shop after a page */
const readAll = (orders: Listed[], between: (page: number) => void = () => undefined) => {
  const read = new Set<string>();
  let cursor = cursorAt(start);
  for (let page = 1; page <= 200; page += 1) {
    const found = listed(orders, cursor);
    for (const { id } of found) read.add(id);
    const next = advance(cursor, found);
    if (next.kind === 'stuck') throw new Error('stuck');
    if (next.kind === 'end') return { read, pages: page };
    cursor = next.cursor;
    between(page);
  }
  throw new Error('never ends');
};

const many = (count: number, at: (n: number) => number): Listed[] =>
  Array.from({ length: count }, (_, n) => ({ id: String(n + 1), modifiedAt: start + at(n) * 1_000 }));

describe('the cursor over changed orders', () => {
  test.each([
    ['over many seconds', 2_500, (n: number) => Math.floor(n / 7)],
    ['in one second', 2_500, () => 3],
    ['some in one second, the others later', 1_700, (n: number) => (n < 1_200 ? 1 : n)],
    ['exactly one page', perPage, () => 0],
  ])('reads every one of %s once', (_name, count, at) => {
    const { read, pages } = readAll(many(count, at));
    expect(read.size).toBe(count);
    expect(pages).toBeLessThanOrEqual(Math.ceil(count / perPage) + 4);
  });

  test('loses no order when others are changed while it reads', async () => {
    await fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 900 }),
        fc.array(fc.nat(), { maxLength: 8 }),
        (seconds, touched) => {
          const orders = seconds.map((at, n) => ({ id: String(n + 1), modifiedAt: start + at * 1_000 }));
          const ids = orders.map(({ id }) => id);
          const { read } = readAll(orders, (page) => {
            const which = touched[page];
            const order = which === undefined ? undefined : orders[which % orders.length];
            if (order) order.modifiedAt = start + (100 + page) * 1_000;
          });
          expect(ids.filter((id) => !read.has(id))).toEqual([]);
        },
      ),
      { seed: 5, numRuns: 60 },
    );
  });

  test('says that it is stuck with a shop that always answers the same', () => {
    const page = many(perPage, () => 2);
    let cursor = cursorAt(start);
    const kinds: string[] = [];
    for (let i = 0; i < 3; i += 1) {
      const next = advance(cursor, page);
      kinds.push(next.kind);
      if (next.kind === 'more') cursor = next.cursor;
    }
    expect(kinds.at(-1)).toBe('stuck');
  });
});
