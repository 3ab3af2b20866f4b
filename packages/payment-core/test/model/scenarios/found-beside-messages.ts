import { seconds } from '../../../src/identity/clock.ts';
import { amountless, on, timeless } from './base.ts';
import type { Found } from './found.ts';

/** Bugs of reads that know less than a message that waits, or is on its way. */
export const foundBesideMessages: readonly Found[] = [
  {
    scenario: on(amountless, {
      name: 'read before its message is applied',
      about:
        'the message that says how much came is stored and waits for its job; a read says only that it was acknowledged, and a person is told that it went astray',
      faultKinds: ['lose'],
    }),
    property: 'false-alarm',
    open: false,
  },
  {
    scenario: on(timeless, {
      name: 'told in time, read late',
      about:
        'a hint is acknowledged before the expiry and the gateway can be read after it; it gives no time, and the order is held as paid late',
      faultKinds: ['down'],
      expiryMs: seconds(65),
    }),
    property: 'paid-not-fulfilled',
    open: false,
  },
  {
    scenario: on(amountless, {
      name: 'late by a read, in time by its message',
      about:
        'the message is on its way; a read after the expiry sees money that it cannot date, and a person is told that it is late; the message says that it came in time',
      faultKinds: ['stall'],
      longestStallMs: seconds(10),
      expiryMs: seconds(65),
    }),
    property: 'false-alarm',
    open: false,
  },
];
