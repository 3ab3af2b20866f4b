import { isLive, minutes, orderKeySchema, seconds } from '@gatewright/payment-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startWorld, type World } from '../engine/world.fixture.ts';
import type { SessionRow } from '../sessions/session-book.ts';
import { leaveSession } from './leave-payment.ts';
import { standingOf } from './standing.ts';

type Step =
  | { readonly kind: 'start'; readonly amount: string }
  | { readonly kind: 'leave' | 'pay' | 'pay-unheard'; readonly which: number }
  | { readonly kind: 'pass'; readonly minutes: number }
  | { readonly kind: 'work' };

const which = fc.nat({ max: 5 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('start' as const), amount: fc.constantFrom('24.99', '19.99') }),
  fc.record({ kind: fc.constantFrom('leave' as const, 'pay' as const, 'pay-unheard' as const), which }),
  fc.record({ kind: fc.constant('pass' as const), minutes: fc.integer({ min: 1, max: 20 }) }),
  fc.constant({ kind: 'work' as const }),
);

/** Histories that once broke a changed copy of this code. */
const known: [Step[]][] = [
  [[{ kind: 'start', amount: '24.99' }, { kind: 'leave', which: 0 }, { kind: 'work' }]],
  [
    [
      { kind: 'start', amount: '24.99' },
      { kind: 'start', amount: '19.99' },
      { kind: 'pay-unheard', which: 0 },
      { kind: 'work' },
    ],
  ],
];

const orderKey = orderKeySchema.parse('cart_01ABCDEFGH');

const play = async (world: World, steps: readonly Step[]): Promise<readonly SessionRow[]> => {
  const { engine, simulators } = world;
  const gateway = simulators.gateways['crypto-pay'];
  const rows: SessionRow[] = [];
  const pay = async (at: number): Promise<void> => {
    const payments = gateway.payments();
    const payment = payments[at % Math.max(1, payments.length)];
    if (payment) await gateway.shopper.pay(payment.id);
  };
  for (const one of steps) {
    switch (one.kind) {
      case 'start': {
        const started = await world.start({ amount: one.amount });
        if (started.ok) rows.push(started.row);
        break;
      }
      case 'leave': {
        const row = rows[one.which % Math.max(1, rows.length)];
        if (row) await leaveSession(engine, row);
        break;
      }
      case 'pay':
        await pay(one.which);
        break;
      case 'pay-unheard':
        gateway.faults.add({ kind: 'drop', lost: true });
        await pay(one.which);
        gateway.faults.clear();
        break;
      case 'pass':
        await simulators.clock.advance(minutes(one.minutes));
        break;
      case 'work':
        await engine.reconcile();
        break;
      default: {
        const never: never = one;
        return never;
      }
    }
  }
  return rows;
};

/** Everything that is due has been done, and done again. */
const settleDown = async ({ engine, simulators }: World): Promise<void> => {
  for (let round = 0; round < 6; round += 1) {
    await simulators.clock.advance(minutes(2) + seconds(1));
    await engine.reconcile();
  }
};

const rowsOf = ({ engine }: World) => {
  const store = engine.settings.store.id;
  return engine.ledger.transact(async (tx) => ({
    attempts: await tx.invoices.ofOrder(store, orderKey),
    claim: await tx.claims.byOrder(store, orderKey),
    reviews: await tx.reviews.page(store, { state: 'open', limit: 100 }),
    order: await tx.orders.byKey(store, orderKey),
  }));
};

describe('any history of one cart’s sessions', () => {
  it('loses no money, books it once, and leaves nothing payable behind (contract 4.4)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
        const world = await startWorld();
        await play(world, steps);
        await settleDown(world);
        const { attempts, claim, reviews } = await rowsOf(world);
        const paid = world.simulators.gateways['crypto-pay']
          .payments()
          .filter(({ status }) => status === 'paid');
        // Every payment is settled in the ledger, and is the one that holds the order or stands in front of a person.
        for (const payment of paid) {
          const invoice = attempts.find(({ gatewayPaymentId }) => gatewayPaymentId === payment.id);
          expect(invoice?.status).toBe('settled');
          const holds = claim?.invoice === invoice?.id;
          expect(holds || reviews.some((review) => review.invoice === invoice?.id)).toBe(true);
        }
        expect(world.told.filter(({ kind }) => kind === 'settle')).toHaveLength(paid.length > 0 ? 1 : 0);
        const sessions = await world.engine.sessions.ofOrder(orderKey);
        const holder = attempts.find(({ id }) => id === claim?.invoice);
        for (const session of sessions) {
          const { status } = await standingOf(world.engine, session);
          expect(status === 'captured').toBe(holder?.order.amount === session.amount.amount);
        }
        const living = sessions.filter(({ state }) => state === 'living');
        const payable = attempts.filter(({ status, superseded }) => isLive(status) && !superseded);
        for (const invoice of payable)
          expect(living.map(({ amount }) => amount.amount)).toContain(invoice.order.amount);
      }),
      { numRuns: 30, seed: 20261121, examples: known },
    );
  }, 120_000);
});
