import { payInLedger, type ShopPeople, type ShopView, type StorefrontBench } from '@gatewright/conformance';
import { type Account, type OrderKey, orderKeySchema, type Storefront } from '@gatewright/payment-core';
import type { PaymentSession, ShopifyOrder } from '@gatewright/storefront-simulator';
import { choose, type InstalledShop, installShop, openAccount, startWorld, type World } from './world.ts';

interface Scene {
  readonly world: World;
  readonly installed: InstalledShop;
  readonly account: Account;
}

/** Pays money back by itself, so that a refund needs no person of ours. */
const gateway = 'gatenoc';

const openScene = async (): Promise<Scene> => {
  const world = await startWorld();
  const installed = await installShop(world);
  const account = await openAccount(world, installed, gateway);
  // The battery says when a payment is settled, and not the gateway.
  world.simulators.gateways[gateway].faults.add({ kind: 'drop', lost: true, count: 'always' });
  return { world, installed, account };
};

const sessionsOf = ({ installed: { shop } }: Scene, group: OrderKey): readonly PaymentSession[] =>
  shop.payments().filter((session) => session.group === group);

/** Shopify makes one order of a checkout, from a resolved or pending session on. */
const orderOf = (scene: Scene, group: OrderKey): ShopifyOrder | undefined => {
  const tokens = sessionsOf(scene, group).map(({ checkoutToken }) => checkoutToken);
  return scene.installed.shop.orders().find(({ checkoutToken }) => tokens.includes(checkoutToken));
};

const stateOfSession = ({ state }: PaymentSession): ShopView['state'] => {
  switch (state.code) {
    case 'open':
      return 'pending';
    case 'pending':
      return 'held';
    case 'resolved':
      return 'paid';
    case 'rejected':
      return state.reason === 'CANCELLED_PAYMENT' ? 'canceled' : 'failed';
    case 'expired':
      return 'canceled';
    default: {
      const never: never = state;
      return never;
    }
  }
};

const look = (scene: Scene, group: OrderKey): ShopView => {
  const [session] = sessionsOf(scene, group);
  if (!session) throw new Error(`Shopify has no payment session of ${group}`);
  const order = orderOf(scene, group);
  return {
    state: order?.financialStatus === 'refunded' ? 'refunded' : stateOfSession(session),
    // Two of them are a double payment.
    fulfilments: order?.payments.length ?? 0,
    notes: [],
  };
};

/** A buyer is on the page of a session and has chosen how to pay. */
const placeOrder = async (
  { installed: { shop }, account }: Scene,
  { total, currency }: { readonly total: string; readonly currency: string },
): Promise<OrderKey> => {
  const checkout = shop.checkout({ amount: total, currency });
  const paid = await checkout.pay();
  if (!paid.ok) throw new Error(`${paid.reason}: ${paid.message}`);
  await choose(paid.redirectUrl, account);
  return orderKeySchema.parse(checkout.group);
};

const storefrontOf = (scene: Scene): Storefront => {
  const { ports } = scene.world.app();
  const { shopper, payments } = scene.world.simulators.gateways[gateway];
  const settled = payInLedger({
    ...ports,
    pay: async ({ reference }) => {
      const payment = () => payments().find((known) => known.reference === reference);
      await shopper.pay(payment()?.id ?? '');
      return payment()?.records ?? [];
    },
  });
  return {
    ...ports.storefront,
    tell: async (instruction, invoice) => {
      const paid = (await settled(instruction)) ?? invoice;
      const createdAt = ports.clock.now();
      return ports.storefront.tell({ ...instruction, invoice: paid?.id ?? null, createdAt }, paid);
    },
  };
};

/** In Shopify's admin, which sends the app a refund session. */
const refund =
  (scene: Scene): ShopPeople['refund'] =>
  async (group, amount) => {
    const { world, installed } = scene;
    const asked = await installed.shop.merchant.refund(orderOf(scene, group)?.id ?? 0, amount);
    if (!asked.ok) throw new Error(`Shopify's admin does not refund: ${asked.reason}`);
    await world.app().work();
  };

/** A shop on the simulated Shopify, the real app between it and a simulated gateway; ends with the test. */
export const openShopifyBench = async (): Promise<StorefrontBench> => {
  const scene = await openScene();
  const { faults } = scene.world.shopify;
  return {
    storefront: storefrontOf(scene),
    store: scene.installed.row.test,
    missingOrder: orderKeySchema.parse('bm8gc3VjaCBncm91cA=='),
    placeOrder: (order) => placeOrder(scene, order),
    look: async (group) => look(scene, group),
    person: { refund: refund(scene) },
    trouble: {
      unreachable: () => faults.add({ kind: 'drop', when: 'before-commit' }),
      'answer-lost': () => faults.add({ kind: 'drop', when: 'after-commit' }),
    },
    close: async () => undefined,
  };
};
