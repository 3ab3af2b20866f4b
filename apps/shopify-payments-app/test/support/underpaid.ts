import { type Account, minutes, type ReviewRow } from '@gatewright/payment-core';
import { pass } from './time-passes.ts';
import { choose, type InstalledShop, openAccount, startSession, type World } from './world.ts';

/** What waits for a person in the shop's test payments. */
export const openReviews = (world: World, { row }: InstalledShop): Promise<readonly ReviewRow[]> =>
  world.app().ports.ledger.transact((tx) => tx.reviews.page(row.test, { state: 'open', limit: 100 }));

/**
 * A buyer has sent too little: the payment is pending, and a person has to decide about it.
 * @param connected an account of cryptopayment-center; default: a new one
 */
export const underpay = async (world: World, installed: InstalledShop, connected?: Account) => {
  const account = connected ?? (await openAccount(world, installed, 'cryptopayment-center'));
  const started = await startSession(installed);
  const [network = null] = world.app().ports.gateway('cryptopayment-center')?.methods ?? [];
  await choose(started.redirectUrl, account, network);
  const { shopper, payments } = world.simulators.gateways['cryptopayment-center'];
  const payment = payments().at(-1)?.id ?? '';
  await shopper.underpay(payment);
  await pass(world, minutes(30));
  const [review] = await openReviews(world, installed);
  if (!review) throw new Error('nothing to look at');
  return { ...started, account, payment, review };
};
