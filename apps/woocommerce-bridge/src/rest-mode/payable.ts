import {
  hours,
  type JobResult,
  minutes,
  newRowId,
  type OfferRefusal,
  type OrderKey,
  offerAccounts,
  type Ports,
  type StoreId,
} from '@gatewright/payment-core';
import type { RestOnly } from '../storefront/store-settings.ts';
import type { RestOrder } from './rest-order.ts';

/** The job waits for the owner, which costs it no attempt. */
export const noAccountTakesIt = 'no-account-takes-it';

/** These pass by themselves, most of the time; a person hears of them when they do not. */
const passing: ReadonlySet<OfferRefusal> = new Set([
  'gateway-unreachable',
  'account-refused',
  'no-fresh-rate',
]);
/** An order of the shop, and what the ledger knows it by. */
export interface WaitingOrder {
  readonly store: StoreId;
  readonly orderKey: OrderKey;
  readonly order: RestOrder;
}

const patienceMs = minutes(30);

const review = (ports: Ports, { store, orderKey, order }: WaitingOrder, why: string): Promise<void> =>
  ports.ledger.transact(async (tx) => {
    const key = `rest_no_account:${orderKey}`;
    if (await tx.reviews.isKnown(store, key)) return;
    await tx.reviews.open({
      id: newRowId(ports.random),
      store,
      account: null,
      invoice: null,
      orderKey,
      kind: 'review',
      key,
      detail: `None of the store's accounts can take order ${order.number}: ${why} Its customer has been sent no link to pay. Add an account or an exchange rate that can take it, and the link is sent by itself; or agree on another way to pay with the customer.`,
      openedAt: ports.clock.now(),
      resolution: null,
    });
  });

/**
 * No link is written to a page on which nothing could be chosen.
 * @returns undefined when an account can take the order; else what becomes of the job
 */
export const waitForAccount = async (
  ports: Ports,
  waiting: WaitingOrder,
  { deadlineHours }: RestOnly,
): Promise<JobResult | undefined> => {
  const { store, order } = waiting;
  const offers = await offerAccounts(ports, store, order.total);
  if (offers.some(({ available }) => available)) return undefined;
  const now = ports.clock.now();
  const age = order.createdAt === null ? patienceMs : now - order.createdAt;
  const refusals = offers.flatMap((offer) => (offer.available ? [] : [offer]));
  const mayPass = refusals.some(({ reason }) => passing.has(reason)) && age < patienceMs;
  const why = refusals.map(({ title, text }) => `${title}: ${text.owner}`).join(' ');
  if (!mayPass) await review(ports, waiting, why || 'it has none.');
  if (age >= hours(deadlineHours)) return { done: true };
  return { done: false, again: mayPass ? minutes(1) : minutes(15), reason: noAccountTakesIt };
};
