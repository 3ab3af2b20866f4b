import { minutes, type ReviewRow } from '@gatewright/payment-core';
import { openAccount } from './accounts.ts';
import { openShop, type Shop, type World } from './world.ts';

export interface HeldOrder extends Shop {
  readonly orderId: number;
  readonly review: ReviewRow;
}

const gateway = 'cryptopayment-center';

/** An order of 50 USD for which the shopper sent less: held in the shop, and waiting for a person. */
export const underpaidOrder = async (world: World, shop?: Shop): Promise<HeldOrder> => {
  const { simulators, bridge } = world;
  const opened = shop ?? (await openShop(world));
  await openAccount(world, opened.store, gateway);
  const { id: orderId } = await opened.woo.shopper.placeOrder({ total: '50.00' });
  await opened.woo.shopper.pay(orderId, { gateway, network: 'trc20' });
  const payment = simulators.gateways[gateway].payments().at(-1)?.id ?? '';
  const sent = await simulators.gateways[gateway].shopper.underpay(payment);
  if (!sent.ok) throw new Error(sent.reason);
  await simulators.clock.advance(minutes(25));
  await bridge.reconcile();
  const open = await bridge.ports.ledger.transact((tx) =>
    tx.reviews.page(opened.store, { state: 'open', limit: 100 }),
  );
  const review = open.find(({ kind, orderKey }) => kind === 'underpaid' && orderKey === String(orderId));
  if (!review) throw new Error(`no review: ${JSON.stringify(open)}`);
  return { ...opened, orderId, review };
};
