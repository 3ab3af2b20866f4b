import { roundDecimal, type StorefrontAnswer, type StorefrontOrderAnswer } from '@gatewright/payment-core';
import { expect } from 'vitest';
import { has, readsOrders } from './conditions.ts';
import { already, done, stories } from './story.ts';

const settle = { kind: 'settle', claim: 'claim-1' } as const;

const expectUnavailable = (answer: StorefrontAnswer | StorefrontOrderAnswer | undefined): void =>
  expect(answer).toEqual({
    outcome: 'unavailable',
    reason: expect.stringMatching(/^[a-z0-9]+(-[a-z0-9]+)*$/),
    // Where the shop, or whoever calls it, knows when to come again.
    ...(answer && 'retryAfterMs' in answer ? { retryAfterMs: expect.any(Number) } : {}),
  });

/** The line to the shop, and what the shop is asked. */
export const connection = stories(
  {
    id: 'unreachable',
    title: 'a shop that cannot be reached is answered as such, never thrown, and nothing has happened',
    needs: [has('unreachable')],
    run: async ({ shows, trouble, tell, look }) => {
      for (const kind of (['settle', 'hold', 'cancel', 'fail', 'note'] as const).filter(shows)) {
        await trouble('unreachable');
        expectUnavailable(await tell({ kind, note: 'x' }));
      }
      expect(await look()).toMatchObject({ state: 'pending', fulfilments: 0 });
      expect(await tell(settle)).toEqual(done);
    },
  },
  {
    id: 'settle-answer-lost',
    title: 'a settlement whose answer is lost is told again and has been done once',
    needs: [has('answer-lost')],
    run: async ({ trouble, tell, look }) => {
      await trouble('answer-lost');
      expectUnavailable(await tell({ ...settle, id: 'settle-1' }));
      expect([done, already]).toContainEqual(await tell({ ...settle, id: 'settle-1' }));
      expect(await look()).toMatchObject({ state: 'paid', fulfilments: 1 });
    },
  },
  {
    id: 'lost-answer-told-apart',
    title: 'a settlement whose answer was lost is answered already when it is told again',
    needs: [has('answer-lost'), has('tell-repeats')],
    run: async ({ trouble, tell }) => {
      await trouble('answer-lost');
      expectUnavailable(await tell({ ...settle, id: 'settle-1' }));
      expect(await tell({ ...settle, id: 'settle-1' })).toEqual(already);
    },
  },
  {
    id: 'hold-answer-lost',
    title: 'a hold whose answer is lost is told again and stands',
    needs: [has('hold'), has('answer-lost')],
    run: async ({ shows, trouble, tell, look }) => {
      const hold = { kind: 'hold', note: 'Underpaid.', id: 'hold-1' } as const;
      await trouble('answer-lost');
      expectUnavailable(await tell(hold));
      expect(['done', 'already']).toContain((await tell(hold)).outcome);
      const { state, notes } = await look();
      expect(state).toBe('held');
      if (shows('note')) expect(notes.filter((note) => note.includes('Underpaid.'))).toHaveLength(1);
    },
  },
  {
    id: 'read-states',
    title: 'an order is read as open, paid, ended or missing',
    needs: [readsOrders, has('cancel-paid')],
    run: async ({ bench, subject, person, currency, order, tell }) => {
      const read = async (key = order) => {
        const answer = await bench.storefront.readOrder?.(bench.store, key);
        return answer?.outcome === 'read' ? answer.order.state : answer?.outcome;
      };
      expect(await read()).toBe('open');
      await tell({ kind: 'hold', note: 'Underpaid.' });
      expect(await read()).toBe('open');
      await tell(settle);
      expect(await read()).toBe('paid');
      const other = await bench.placeOrder({ total: '50.00', currency });
      if (has('cancel-unpaid')(subject) !== true)
        await tell({ kind: 'settle', claim: 'claim-2', order: other });
      await person.cancel(other);
      expect(await read(other)).toBe('ended');
      expect(await read(bench.missingOrder)).toBe('missing');
    },
  },
  {
    id: 'read-refunds',
    title: 'refunds that a person made are read with their exact amounts',
    needs: [readsOrders, has('refund')],
    run: async ({ bench, person, currency, order, tell }) => {
      await tell(settle);
      await person.refund(order, '12.50');
      await person.refund(order, '0.10');
      const answer = await bench.storefront.readOrder?.(bench.store, order);
      const refunds = answer?.outcome === 'read' ? answer.order.refunds : [];
      const inShort = refunds.map(
        ({ amount }) => `${roundDecimal(amount.amount, 8, 'down')} ${amount.currency}`,
      );
      expect(new Set(inShort)).toEqual(new Set([`0.1 ${currency}`, `12.5 ${currency}`]));
      expect(new Set(refunds.map(({ id }) => id)).size).toBe(2);
    },
  },
  {
    id: 'read-unreachable',
    title: 'reading from a shop that cannot be reached is answered as such, never thrown',
    needs: [readsOrders, has('unreachable')],
    run: async ({ bench, trouble, order }) => {
      await trouble('unreachable');
      expectUnavailable(await bench.storefront.readOrder?.(bench.store, order));
    },
  },
);
