import { expect } from 'vitest';
import { has, hasNo } from './conditions.ts';
import { already, done, refused, stories } from './story.ts';

const settle = (claim = 'claim-1') => ({ kind: 'settle', claim }) as const;
const five = Array.from({ length: 5 });

/** An order is paid once, by one claim, for exactly what it costs (invariants 3 and 8). */
export const settling = stories(
  {
    id: 'settle',
    title: 'settling pays the order and fulfils it once',
    run: async ({ tell, look }) => {
      expect(await look()).toMatchObject({ state: 'pending', fulfilments: 0 });
      expect(await tell(settle())).toEqual(done);
      expect(await look()).toMatchObject({ state: 'paid', fulfilments: 1 });
    },
  },
  {
    id: 'settle-five-at-once',
    title: 'five calls at once with one claim fulfil once',
    run: async ({ tell, look }) => {
      const answers = await Promise.all(five.map(() => tell(settle())));
      expect(answers).toContainEqual(done);
      for (const answer of answers) expect([done, already]).toContainEqual(answer);
      expect(await look()).toMatchObject({ state: 'paid', fulfilments: 1 });
    },
  },
  {
    id: 'five-told-apart',
    title: 'of five calls at once with one claim one is answered done, and the others already',
    needs: [has('tell-repeats')],
    run: async ({ tell }) => {
      const answers = await Promise.all(five.map(() => tell(settle())));
      expect(answers.filter(({ outcome }) => outcome === 'done')).toHaveLength(1);
      expect(answers.filter(({ outcome }) => outcome === 'already')).toHaveLength(4);
    },
  },
  {
    id: 'claims-five-at-once',
    title: 'five claims at once: one pays, the others are refused as paid otherwise',
    run: async ({ tell, look }) => {
      const claims = ['claim-1', 'claim-2', 'claim-3', 'claim-4', 'claim-5'];
      const answers = await Promise.all(claims.map((claim) => tell(settle(claim))));
      expect(answers.filter(({ outcome }) => outcome === 'done')).toHaveLength(1);
      expect(answers.filter(({ outcome }) => outcome !== 'done')).toEqual(
        Array.from({ length: 4 }, () => refused('paid_otherwise')),
      );
      expect(await look()).toMatchObject({ state: 'paid', fulfilments: 1 });
    },
  },
  {
    id: 'same-claim',
    title: 'the same claim again is answered already',
    run: async ({ tell, look }) => {
      await tell(settle());
      expect(await tell(settle())).toEqual(already);
      expect(await look()).toMatchObject({ state: 'paid', fulfilments: 1 });
    },
  },
  {
    id: 'other-claim',
    title: 'another claim for a paid order is refused as paid otherwise',
    run: async ({ tell, look }) => {
      await tell(settle());
      expect(await tell(settle('claim-2'))).toEqual(refused('paid_otherwise'));
      expect(await look()).toMatchObject({ state: 'paid', fulfilments: 1 });
    },
  },
  {
    id: 'paid-by-a-person',
    title: 'an order that was paid by another method is refused as paid otherwise',
    needs: [has('pay-otherwise')],
    run: async ({ person, order, tell, look }) => {
      await person.payOtherwise(order);
      const before = await look();
      expect(await tell(settle())).toEqual(refused('paid_otherwise'));
      expect(await look()).toEqual(before);
    },
  },
  {
    id: 'payment-of-another-total',
    title: 'a payment that was made for another total is refused',
    run: async ({ tell, look }) => {
      for (const total of ['60.00', '49.99', '5.00'])
        expect(await tell({ ...settle(), total })).toEqual(refused('total_changed'));
      expect(await look()).toMatchObject({ state: 'pending', fulfilments: 0 });
    },
  },
  {
    id: 'payment-of-another-currency',
    title: 'a payment that was made in another currency is refused',
    run: async ({ currency, tell, look }) => {
      const other = currency === 'EUR' ? 'USD' : 'EUR';
      expect(await tell({ ...settle(), currency: other })).toEqual(refused('currency_changed'));
      expect(await look()).toMatchObject({ state: 'pending', fulfilments: 0 });
    },
  },
  {
    id: 'total-higher',
    title: 'an order that costs more by now is refused',
    needs: [has('edit-total')],
    run: async ({ person, order, tell, look }) => {
      await person.editTotal(order, '60.00');
      expect(await tell(settle())).toEqual(refused('total_changed'));
      expect(await look()).toMatchObject({ state: 'pending', fulfilments: 0 });
    },
  },
  {
    id: 'total-lower',
    title: 'an order that costs a cent less by now is refused',
    needs: [has('edit-total')],
    run: async ({ person, order, tell, look }) => {
      await person.editTotal(order, '49.99');
      expect(await tell(settle())).toEqual(refused('total_changed'));
      expect(await look()).toMatchObject({ state: 'pending', fulfilments: 0 });
    },
  },
  {
    id: 'total-written-otherwise',
    title: 'the same total in fewer digits is the same total',
    run: async ({ tell, look }) => {
      expect(await tell({ ...settle(), total: '50' })).toEqual(done);
      expect(await look()).toMatchObject({ state: 'paid', fulfilments: 1 });
    },
  },
  {
    id: 'currency-changed',
    title: 'the same number in another currency is refused',
    needs: [has('edit-currency')],
    run: async ({ person, currency, order, tell, look }) => {
      await person.editCurrency(order, currency === 'EUR' ? 'USD' : 'EUR');
      expect(await tell(settle())).toEqual(refused('currency_changed'));
      expect(await look()).toMatchObject({ state: 'pending', fulfilments: 0 });
    },
  },
  {
    id: 'settle-held',
    title: 'an order on hold is paid by settling it',
    run: async ({ tell, look }) => {
      await tell({ kind: 'hold', note: 'Payment seen, not final yet.' });
      expect(await tell(settle())).toEqual(done);
      expect(await look()).toMatchObject({ state: 'paid', fulfilments: 1 });
    },
  },
  {
    id: 'settle-failed',
    title: 'an order that failed is paid by settling it',
    needs: [has('fail'), has('pay-after-fail')],
    run: async ({ tell, look }) => {
      await tell({ kind: 'fail', note: 'The payment failed.' });
      expect(await tell(settle())).toEqual(done);
      expect(await look()).toMatchObject({ state: 'paid', fulfilments: 1 });
    },
  },
  {
    id: 'failed-stands',
    title: 'a payment that failed for good stays so: money after it is refused, so that a person sees it',
    needs: [has('fail'), hasNo('pay-after-fail', 'an order that failed can still be paid')],
    run: async ({ tell, look }) => {
      await tell({ kind: 'fail', note: 'The payment failed.' });
      expect(await tell(settle())).toEqual(refused('moved'));
      expect(await look()).toMatchObject({ state: 'failed', fulfilments: 0 });
    },
  },
  {
    id: 'long-transaction',
    title: 'a transaction id of 300 characters is no reason to fail',
    run: async ({ tell, look }) => {
      expect(await tell({ ...settle(), transaction: 't'.repeat(300) })).toEqual(done);
      expect(await look()).toMatchObject({ state: 'paid', fulfilments: 1 });
    },
  },
  {
    id: 'settle-missing',
    title: 'an order that is not there is refused as missing',
    run: async ({ bench, tell }) => {
      expect(await tell({ ...settle(), order: bench.missingOrder })).toEqual(refused('order_missing'));
    },
  },
);
