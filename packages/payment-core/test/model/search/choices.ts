import type { PortCall } from '../process/port-call.ts';
import type { FaultKind, Scenario, ShopAct } from '../scenarios/scenario.ts';
import { otherTotal } from '../world/cast.ts';
import type { GatewayInvoice } from '../world/gateway-state.ts';
import { type ShopOrder, shopOrder } from '../world/shop-state.ts';
import { beginning } from '../world/stage.ts';
import type { World } from '../world/world.ts';
import type { Choice } from './choice.ts';
import { hasWork, instants, isJobDue, isReadDue } from './due.ts';

const receiversAtOnce = 2;

const outcomes = ({ outcomes: possible }: PortCall, mayFail: (kind: FaultKind) => boolean) =>
  possible.filter((outcome) => outcome === 'ok' || mayFail(outcome));

const runningSteps = (world: World, mayFail: (kind: FaultKind) => boolean): Choice[] =>
  world.processes.flatMap((process, index): Choice[] => [
    ...outcomes(process.parked, mayFail).map((outcome): Choice => {
      return { do: 'step', process: index, outcome, cost: outcome === 'ok' ? 0 : 1 };
    }),
    ...(mayFail('crash') ? [{ do: 'crash', process: index, cost: 1 } as const] : []),
  ]);

const starts = (world: World, { workers, design }: Scenario): Choice[] => {
  const running = (kind: string): number => world.processes.filter(({ task }) => task.kind === kind).length;
  const found: Choice[] = [];
  if (running('work') < workers && isJobDue(world)) found.push({ do: 'work', cost: 0 });
  if (design.poller && running('poll') === 0 && isReadDue(world)) found.push({ do: 'poll', cost: 0 });
  return found;
};

const messages = (world: World, mayFail: (kind: FaultKind) => boolean): Choice[] => {
  const receiving = world.processes.flatMap(({ task }) => (task.kind === 'deliver' ? task.message : []));
  const room = receiving.length < receiversAtOnce;
  return world.gateway.messages.flatMap(({ id, state }): Choice[] => {
    if (state === 'lost' || receiving.includes(id)) return [];
    const waits = state === 'waiting';
    return [
      ...(room && (waits || mayFail('repeat'))
        ? [{ do: 'deliver', message: id, cost: waits ? 0 : 1 } as const]
        : []),
      ...(waits && mayFail('lose') ? [{ do: 'lose', message: id, cost: 1 } as const] : []),
    ];
  });
};

const takesLate = (world: World, invoice: GatewayInvoice, { latePayments, monitorMs }: Scenario): boolean =>
  world.now > invoice.expiresAt &&
  (latePayments === 'ever' ||
    (latePayments === 'while-watched' && world.now < invoice.expiresAt + monitorMs));

const payments = (world: World, invoice: GatewayInvoice, scenario: Scenario): Choice[] => {
  const choice = (act: 'pay' | 'show' | 'confirm' | 'drop'): Choice => ({
    do: act,
    invoice: invoice.id,
    cost: 0,
  });
  switch (invoice.state) {
    case 'unpaid':
      return [
        ...(scenario.money === 'seen-first' ? [] : [choice('pay')]),
        ...(scenario.money === 'final' || invoice.dropped ? [] : [choice('show')]),
      ];
    case 'seen':
      return [choice('confirm'), choice('drop')];
    case 'expired':
      return takesLate(world, invoice, scenario) ? [choice('pay')] : [];
    case 'paid':
    case 'canceled':
      return [];
    default: {
      const never: never = invoice.state;
      return never;
    }
  }
};

const decisions = (order: ShopOrder, { person }: Scenario): Choice[] => {
  const found: Choice[] = [];
  const decide = (decision: ShopAct): void => {
    if (person.includes(decision)) found.push({ do: 'decide', order: order.key, decision, cost: 0 });
  };
  if (order.status === 'cancelled') return [];
  decide('cancel');
  if (order.status === 'processing') return found;
  decide('mark-paid');
  decide(order.total === otherTotal ? 'restore-total' : 'change-total');
  return found;
};

/** The shop sends shoppers to pay for orders that wait for payment. */
const checkouts = (world: World, { shoppersUntilMs }: Scenario): Choice[] => {
  if (world.now > beginning + shoppersUntilMs) return [];
  return world.checkouts.flatMap(({ orderKey }, planned): Choice[] =>
    shopOrder(world.shop, orderKey).status === 'pending' ? [{ do: 'checkout', planned, cost: 0 }] : [],
  );
};

/** WooCommerce offers a refund for an order that was paid; the same planned id is asked for in one way only. */
const refunds = (world: World): Choice[] =>
  world.refunds.flatMap(({ orderKey, refundId }, planned): Choice[] => {
    const isFirst = world.refunds.findIndex((other) => other.refundId === refundId) === planned;
    return isFirst && shopOrder(world.shop, orderKey).fulfilments > 0
      ? [{ do: 'refund', planned, cost: 0 }]
      : [];
  });

const resolutions = (world: World, { person }: Scenario): Choice[] =>
  [...world.ledger.reviews.values()]
    .filter((review) => review.resolution === null && review.invoice !== null)
    .flatMap((review) =>
      (['accept', 'ignore'] as const)
        .filter((decision) => person.includes(decision))
        .map((decision): Choice => ({ do: 'resolve', review: review.id, decision, cost: 0 })),
    );

const waits = (world: World, scenario: Scenario, mayFail: (kind: FaultKind) => boolean): Choice[] => {
  const later = instants(world, scenario);
  if (hasWork(world, scenario))
    return mayFail('stall')
      ? later
          .filter((at) => at <= world.now + scenario.longestStallMs)
          .map((until): Choice => ({ do: 'wait', until, cost: 1 }))
      : [];
  return later.slice(0, 1).map((until): Choice => ({ do: 'wait', until, cost: 0 }));
};

/** Everything that can happen next in this state, always in the same order. */
export const choicesIn = (world: World, scenario: Scenario): readonly Choice[] => {
  const mayFail = (kind: FaultKind): boolean =>
    world.faults < scenario.faults && scenario.faultKinds.includes(kind);
  return [
    ...runningSteps(world, mayFail),
    ...starts(world, scenario),
    ...messages(world, mayFail),
    ...world.shop.underWay.map((_, call): Choice => ({ do: 'arrive', call, cost: 0 })),
    ...world.gateway.invoices.flatMap((invoice) => payments(world, invoice, scenario)),
    ...checkouts(world, scenario),
    ...refunds(world),
    ...(world.decisions < scenario.decisions
      ? [...world.shop.orders.flatMap((order) => decisions(order, scenario)), ...resolutions(world, scenario)]
      : []),
    ...(mayFail('power-cut') && world.processes.length > 1 ? [{ do: 'power-cut', cost: 1 } as const] : []),
    ...waits(world, scenario, mayFail),
  ];
};
