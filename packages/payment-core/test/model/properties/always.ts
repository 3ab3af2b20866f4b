import { isPaid, isPaidInTime, paymentsOf, wasClosedByPerson, wasJudged } from './money.ts';
import { type StateProperty, violated } from './property.ts';

const fulfilledOnce: StateProperty = ({ shop }) => {
  const twice = shop.orders.find((order) => order.fulfilments > 1);
  return twice && violated('fulfilled-twice', `order ${twice.key} was fulfilled ${twice.fulfilments} times`);
};

const fulfilledForMoney: StateProperty = (world) => {
  const free = world.shop.orders.find(
    (order) =>
      order.fulfilments > 0 &&
      !paymentsOf(world, order.key).some(isPaid) &&
      // A person may say that money came another way.
      !wasJudged(world, order.key),
  );
  return (
    free && violated('fulfilled-unpaid', `order ${free.key} was fulfilled, and the gateway has no money`)
  );
};

/** Invariant 10: where late money is held, it fulfils nothing by itself. Of money that was seen before, none is late. */
const lateMoneyHeld: StateProperty = (world, { latePolicy }) => {
  if (latePolicy !== 'hold') return undefined;
  const late = world.shop.orders.find((order) => {
    const payments = paymentsOf(world, order.key).filter(isPaid);
    const allLate = payments.every((payment) => !isPaidInTime(payment) && !payment.dropped);
    return order.fulfilments > 0 && payments.length > 0 && allLate && !wasJudged(world, order.key);
  });
  return late && violated('late-fulfilled', `order ${late.key} was paid late and fulfilled without a person`);
};

/** Invariant 9: whoever paid in time and in full never finds the order cancelled by us, unless a person gave the payment up. */
const paidOrderKept: StateProperty = (world) => {
  const ended = world.shop.orders.find(
    (order) =>
      order.status === 'cancelled' &&
      order.decided !== 'cancelled' &&
      paymentsOf(world, order.key).some(
        (payment) => isPaidInTime(payment) && !wasClosedByPerson(world, payment),
      ),
  );
  return ended && violated('paid-order-cancelled', `order ${ended.key} was paid in time and cancelled by us`);
};

/** Invariant 1: what was answered 2xx is in the inbox, and somebody is going to apply it or has. */
const acknowledgedKept: StateProperty = ({ gateway, ledger, processes }) => {
  const jobs = new Set(
    [...ledger.jobs.values()].flatMap(({ job, dead }) =>
      job.kind === 'apply-event' && dead === null ? job.inbox : [],
    ),
  );
  for (const message of gateway.messages) {
    if (message.state !== 'acknowledged') continue;
    // Whoever answered 2xx is still at it.
    if (processes.some(({ task }) => task.kind === 'deliver' && task.message === message.id)) continue;
    const rows = [...ledger.inbox.values()].filter((row) => row.dedupeKey === message.id);
    if (rows.length === 0)
      return violated('acknowledged-not-kept', `${message.id} was answered 2xx and is not in the inbox`);
    if (rows.every((row) => row.state === 'pending' && !jobs.has(row.id)))
      return violated('event-lost', `${message.id} was answered 2xx, and nobody is ever going to apply it`);
  }
  return undefined;
};

/** Invariant 3: what the shop is said to have acknowledged, it has fulfilled. */
const acknowledgedFulfilled: StateProperty = ({ ledger, shop }) => {
  const empty = [...ledger.claims.values()].find(
    (claim) =>
      claim.state === 'acknowledged' &&
      shop.orders.find(({ key }) => key === claim.orderKey)?.claim !== claim.claim,
  );
  return empty && violated('claim-without-fulfilment', `the claim of ${empty.orderKey} was never fulfilled`);
};

/** Invariants 11 and 17: one wish is paid back once, however often it is asked for. */
const refundedOnce: StateProperty = ({ gateway }) => {
  const twice = gateway.invoices
    .flatMap(({ refunded }) => refunded)
    .find((key, at, all) => all.indexOf(key) !== at);
  return twice === undefined
    ? undefined
    : violated('refunded-twice', `${twice} was paid back more than once`);
};

const nothingThrown: StateProperty = ({ thrown }) =>
  thrown[0] === undefined ? undefined : violated('exception', thrown[0]);

export const always: readonly StateProperty[] = [
  fulfilledOnce,
  fulfilledForMoney,
  lateMoneyHeld,
  paidOrderKept,
  acknowledgedKept,
  acknowledgedFulfilled,
  refundedOnce,
  nothingThrown,
];
