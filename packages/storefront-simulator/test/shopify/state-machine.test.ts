import { hours } from '@gatewright/payment-core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PaymentSession } from '../../src/index.ts';
import {
  apiOf,
  type OpenStore,
  openStore,
  PENDING,
  pay,
  REJECT,
  RESOLVE,
  soon,
} from '../support/shopify-store.ts';

const step = fc.constantFrom('resolve', 'reject', 'pending', 'wait', 'lost-resolve', 'lost-reject');
type Step = 'resolve' | 'reject' | 'pending' | 'wait' | 'lost-resolve' | 'lost-reject';

const reason = { code: 'PROCESSING_ERROR' };

const act = async (store: OpenStore, id: string, what: Step): Promise<void> => {
  const api = apiOf(store.shopify, store.shop, store.shop.grantToken().access_token);
  switch (what) {
    case 'resolve':
      return void (await api.mutate(RESOLVE, { id }));
    case 'reject':
      return void (await api.mutate(REJECT, { id, reason }));
    case 'pending':
      return void (await api.mutate(PENDING, {
        id,
        until: soon(store, hours(2)),
        reason: 'BUYER_ACTION_REQUIRED',
      }));
    case 'wait':
      store.clock.advance(hours(1));
      return store.shopify.runDue();
    case 'lost-resolve':
      store.shopify.faults.add({ kind: 'drop', when: 'after-commit', operation: 'paymentSessionResolve' });
      return void (await api.raw(RESOLVE, { id }).catch(() => undefined));
    case 'lost-reject':
      store.shopify.faults.add({ kind: 'drop', when: 'after-commit', operation: 'paymentSessionReject' });
      return void (await api.raw(REJECT, { id, reason }).catch(() => undefined));
    default: {
      const never: never = what;
      return never;
    }
  }
};

const FINAL = new Set<PaymentSession['state']['code']>(['resolved', 'rejected', 'expired']);

const ORDER_STATUS = {
  open: undefined,
  pending: 'pending',
  resolved: 'paid',
  rejected: 'voided',
  expired: 'voided',
} as const;

it('rules 6 to 8: whatever comes in whatever order, the first final state stays and the order agrees with it', async () => {
  const store = await openStore();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 6 }), async (steps) => {
      const { gid, sessionId } = await pay(store);
      let last = store.shop.payment(sessionId)!.state;
      for (const what of steps) {
        await act(store, gid, what);
        const { state, orderId } = store.shop.payment(sessionId)!;
        if (FINAL.has(last.code)) expect(state).toEqual(last);
        last = state;
        const order = orderId === undefined ? undefined : store.shop.order(orderId);
        // A reject before any order leaves none.
        expect([ORDER_STATUS[state.code], ...(state.code === 'rejected' ? [undefined] : [])]).toContain(
          order?.financialStatus,
        );
        expect(order?.payments ?? []).toHaveLength(state.code === 'resolved' ? 1 : 0);
      }
    }),
    { numRuns: 25 },
  );
});
