import { describeStorefront } from '@gatewright/conformance';
import { orderKeySchema } from '@gatewright/payment-core';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { sceneIn, usePlace, useShop } from './open-shops.ts';
import { openMedusaBench } from './storefront-bench.ts';
import { ownerOf, shopperAndOwnerOf } from './storefront-people.ts';

const place = usePlace();

// The battery says when a payment is settled, and not the gateway.
beforeAll(() =>
  place().simulators.gateways.gatenoc.faults.add({ kind: 'drop', lost: true, count: 'always' }),
);

const openReviews = z.object({
  reviews: z.array(z.object({ id: z.string(), order_key: z.string().nullable() })),
});

describe('orders before their payment', () => {
  const shop = useShop(place, { name: 'storefront_before', orderTiming: 'before_payment' });

  describeStorefront({
    name: 'the Medusa plugin, with orders before their payment',
    readsOrders: true,
    lacks: {
      hold: 'Medusa has no state for money that needs a person or time: the order widget shows it',
      fail: 'Medusa has no state for an order whose payment failed',
      note: 'an order of Medusa has no notes: the order widget shows them',
      'edit-currency': 'the currency of an order never changes',
      reopen: 'an order of Medusa is held by nobody',
      'pay-otherwise': 'Medusa marks no order as paid whose payment is awaited from a provider',
      'answer-lost': 'the storefront is a part of the Medusa server, with no line between them',
    },
    open: () => openMedusaBench(place(), shop(), ownerOf(shop())),
  });

  it('an order that was edited upward is paid where the owner accepts the smaller payment for it', async () => {
    const { merchant } = shop();
    const playing = sceneIn(place(), shop(), 'crypto-pay');
    const purchase = await playing.checkout();
    await ownerOf(shop()).editTotal(orderKeySchema.parse(purchase.cart), '60.00');
    expect(await playing.act('pay', purchase)).toEqual({ ok: true });
    await playing.live(5);
    expect(await playing.outcome(purchase)).toBe('awaiting, in review; page: held');
    const { reviews } = await merchant.get('/admin/gatewright/reviews?limit=100', openReviews);
    const review = reviews.find(({ order_key }) => order_key === purchase.cart);
    const accept = { decision: 'accept', amount: '60.00', reason: 'goodwill' };
    await merchant.post(`/admin/gatewright/reviews/${review?.id}/resolve`, accept, z.unknown());
    await playing.live(5);
    expect(await playing.outcome(purchase)).toBe('captured, captured 60.00; page: paid');
  });
});

describe('orders made by their payment', () => {
  const shop = useShop(place, { name: 'storefront_after', orderTiming: 'after_payment' });

  describeStorefront({
    name: 'the Medusa plugin, with orders made by their payment',
    readsOrders: true,
    lacks: {
      hold: 'Medusa has no state for money that needs a person or time: the order widget shows it',
      cancel: 'a cart is no order yet, and whoever does not pay still has it',
      fail: 'Medusa has no state for an order whose payment failed',
      note: 'an order of Medusa has no notes: the order widget shows them',
      'cancel-unpaid': 'before the payment there is no order that could be cancelled',
      reopen: 'an order of Medusa is held by nobody',
      'answer-lost': 'the storefront is a part of the Medusa server, with no line between them',
    },
    open: () => openMedusaBench(place(), shop(), shopperAndOwnerOf(shop())),
  });
});
