import { expect } from 'vitest';
import { has } from './conditions.ts';
import { already, done, refused, stories } from './story.ts';

const settle = { kind: 'settle', claim: 'claim-1' } as const;

/** What a person decided in the shop stands, and nothing is revived (invariant 4). */
export const people = stories(
  {
    id: 'cancelled-order',
    title: 'an order that a person cancelled is not revived by a payment',
    needs: [has('cancel-unpaid')],
    run: async ({ person, order, tell, look }) => {
      await person.cancel(order);
      expect(await tell(settle)).toEqual(refused('moved'));
      expect(await look()).toMatchObject({ state: 'canceled', fulfilments: 0 });
    },
  },
  {
    id: 'cancelled-after-paid',
    title: 'a paid order that a person cancelled stays so, whoever settles it again',
    needs: [has('cancel-paid')],
    run: async ({ person, order, tell, look }) => {
      await tell(settle);
      await person.cancel(order);
      expect(await tell(settle)).toEqual(already);
      expect(await tell({ kind: 'settle', claim: 'claim-2' })).toMatchObject({ outcome: 'refused' });
      expect(await look()).toMatchObject({ state: 'canceled', fulfilments: 1 });
    },
  },
  {
    id: 'refunded-after-paid',
    title: 'a paid order that a person refunded stays refunded',
    needs: [has('refund')],
    run: async ({ person, order, tell, look }) => {
      await tell(settle);
      await person.refund(order, '50.00');
      expect(await tell(settle)).toEqual(already);
      expect(await look()).toMatchObject({ state: 'refunded', fulfilments: 1 });
    },
  },
  {
    id: 'refunded-otherwise',
    title: 'an order that was paid otherwise and refunded is refused as refunded',
    needs: [has('pay-otherwise'), has('refund')],
    run: async ({ person, order, tell, look }) => {
      await person.payOtherwise(order);
      await person.refund(order, '50.00');
      const before = await look();
      expect(await tell(settle)).toEqual(refused('refunded'));
      expect(await look()).toEqual(before);
    },
  },
  {
    id: 'hold-cancelled',
    title: 'an order that a person cancelled is not put on hold',
    needs: [has('cancel-unpaid')],
    run: async ({ person, order, tell, look }) => {
      await person.cancel(order);
      expect(await tell({ kind: 'hold', note: 'Underpaid.' })).toEqual(refused('moved'));
      expect((await look()).state).toBe('canceled');
    },
  },
  {
    id: 'cancel-paid',
    title: 'a paid order is neither cancelled nor failed nor held by us',
    run: async ({ shows, tell, look }) => {
      await tell(settle);
      for (const kind of ['cancel', 'fail', 'hold'] as const) {
        const { outcome } = await tell({ kind, note: kind });
        if (shows(kind)) expect(['already', 'refused']).toContain(outcome);
        expect(await look()).toMatchObject({ state: 'paid', fulfilments: 1 });
      }
    },
  },
  {
    id: 'cancel-paid-otherwise',
    title: 'an order that was paid by another method is neither cancelled nor failed nor held by us',
    needs: [has('pay-otherwise')],
    run: async ({ person, order, shows, tell, look }) => {
      await person.payOtherwise(order);
      const before = await look();
      for (const kind of ['cancel', 'fail', 'hold'] as const) {
        const answer = await tell({ kind, note: kind });
        if (shows(kind)) expect(answer).toMatchObject({ outcome: 'refused' });
        expect(await look()).toEqual(before);
      }
    },
  },
  {
    id: 'hold-released-by-a-person',
    title: 'a hold that a person has lifted does not come back when it is told again',
    needs: [has('hold'), has('reopen')],
    run: async ({ person, order, tell, look }) => {
      const hold = { kind: 'hold', note: 'Underpaid.', id: 'hold-1' } as const;
      expect(await tell(hold)).toEqual(done);
      await person.reopen(order);
      await tell(hold);
      expect((await look()).state).toBe('pending');
    },
  },
);
