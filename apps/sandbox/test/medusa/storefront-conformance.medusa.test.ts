import { describeStorefront } from '@gatewright/conformance';
import { beforeAll, describe } from 'vitest';
import { usePlace, useShop } from './open-shops.ts';
import { openMedusaBench } from './storefront-bench.ts';
import { ownerOf, shopperAndOwnerOf } from './storefront-people.ts';

const place = usePlace();

// The battery says when a payment is settled, and not the gateway.
beforeAll(() =>
  place().simulators.gateways.gatenoc.faults.add({ kind: 'drop', lost: true, count: 'always' }),
);

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
