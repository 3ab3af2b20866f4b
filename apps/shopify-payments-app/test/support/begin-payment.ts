import type { GatewayId } from '@gatewright/gateway-simulator';
import { choose, type InstalledShop, installShop, openAccount, startSession, startWorld } from './world.ts';

/** A session that the buyer has chosen to pay on. */
export const begin = async (gateway: GatewayId) => {
  const world = await startWorld();
  const installed = await installShop(world);
  const account = await openAccount(world, installed, gateway);
  const started = await startSession(installed);
  // Nineteen confirmations.
  const method = gateway === 'cryptopayment-center' ? 'trc20' : null;
  await choose(started.redirectUrl, account, method);
  const payment = world.simulators.gateways[gateway].payments().at(-1)?.id ?? '';
  return { world, installed, account, method, payment, ...started };
};

/** What Shopify has been told of a payment. */
export const stateOf = ({ shop }: InstalledShop, id: string) => shop.payment(id)?.state;
