import { minutes } from '../../../src/identity/clock.ts';
import type { Draw } from '../search/seeded.ts';
import {
  amountless,
  base,
  confirmed,
  hinting,
  nameless,
  noting,
  refunding,
  signing,
  timeless,
  unreadable,
} from './base.ts';
import { everyFault, type Scenario } from './scenario.ts';

const gateways = [
  signing,
  confirmed,
  hinting,
  timeless,
  unreadable,
  nameless,
  amountless,
  noting,
  refunding,
] as const;

/** Everything at once, beyond what can be explored to the end: two orders' worth of attempts, people, many faults. */
export const drawnScenario = (draw: Draw): Scenario => {
  const first = gateways[draw(gateways.length)] ?? signing;
  const second = { ...(gateways[draw(gateways.length)] ?? signing), id: 'second' };
  const sure = draw(2) === 0;
  return {
    ...base,
    name: `${first.id} and ${second.confirmByRead}/${second.poll}`,
    about: 'drawn by chance',
    gateways: [first, second],
    orders: ['A', 'B'],
    opened: sure ? [['A', first.id]] : [],
    checkouts: [
      ['A', first.id],
      ['A', 'second'],
      ['B', 'second'],
    ],
    refunds: [
      ['A', 'r1'],
      ['A', 'r1'],
      ['A', 'r2'],
      ['B', 'r3'],
    ],
    workers: 1 + draw(3),
    applyAtOnce: draw(2) === 0,
    money: first.poll === 'id' && second.poll === 'id' && draw(2) === 0 ? 'either' : 'final',
    latePayments: draw(3) === 0 ? 'while-watched' : 'never',
    latePolicy: draw(2) === 0 ? 'accept' : 'hold',
    person: ['cancel', 'mark-paid', 'change-total', 'restore-total'],
    decisions: draw(3),
    faults: draw(7),
    faultKinds: everyFault,
    expiryMs: minutes(2 + draw(3)),
  };
};
