import type { GatewaySimulatorsById } from '@gatewright/gateway-simulator';
import type { World } from './world.ts';

type CryptoPay = GatewaySimulatorsById['crypto-pay'];

export const cryptoPayOf = ({ simulators }: World): CryptoPay => simulators.gateways['crypto-pay'];

/** The shopper pays the newest invoice; resolves when its webhook was answered. */
export const payNewest = async (world: World): Promise<void> => {
  const newest = cryptoPayOf(world).payments().at(-1);
  const paid = await cryptoPayOf(world).shopper.pay(newest?.id ?? '');
  if (!paid.ok) throw new Error(paid.reason);
};
