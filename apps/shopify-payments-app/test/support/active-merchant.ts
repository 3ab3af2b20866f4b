import type { GatewayId } from '@gatewright/gateway-simulator';
import { signIn } from './merchant-pages.ts';
import { openAccount, startWorld } from './world.ts';

/** A merchant on the pages, with an account of one gateway, whose shop sells in test mode. */
export const activeMerchant = async (gateway: GatewayId) => {
  const world = await startWorld({ merchantPages: true });
  const merchant = await signIn(world);
  const account = await openAccount(world, merchant.installed, gateway);
  await merchant.post('/app/activation', { intent: 'activate', handle: 'Anna' });
  merchant.shop.merchant.activate({ testMode: true });
  return { world, merchant, account };
};
