import { minutes } from '../../../src/identity/clock.ts';
import { asBuilt } from '../planted/design.ts';
import type { Traits } from '../world/gateway-state.ts';
import { everyFault, type Scenario } from './scenario.ts';

/** Signs the whole body; can be read, asked by reference and told to cancel; sends every change. */
export const signing: Traits = {
  id: 'signing',
  confirmByRead: 'none',
  poll: 'id',
  cancel: true,
  givesId: true,
  echoesReference: true,
  findByReference: true,
  idempotentCreate: false,
  sendsExpired: true,
  refunds: false,
  tellsTime: true,
  listsAmounts: true,
};

/** Its messages are confirmed by a read where one answers in time (Crypto Pay). */
export const confirmed: Traits = {
  ...signing,
  id: 'confirmed',
  confirmByRead: 'preferred',
  sendsExpired: false,
};

/** Its messages are hints: only a read counts (CryptoPayment.center). */
export const hinting: Traits = {
  ...signing,
  id: 'hinting',
  confirmByRead: 'required',
  cancel: false,
  sendsExpired: false,
};

/** The same, and it never says when money came. */
export const timeless: Traits = { ...hinting, id: 'timeless', tellsTime: false };

/** Cannot be asked anything: what it does not send is never known (Teleport Pay). */
export const unreadable: Traits = {
  ...signing,
  id: 'unreadable',
  poll: 'none',
  cancel: false,
  findByReference: false,
};

/** Knows its own ids and not our references (TON NFT). */
export const nameless: Traits = {
  ...signing,
  id: 'nameless',
  poll: 'list',
  cancel: false,
  echoesReference: false,
  findByReference: false,
  sendsExpired: false,
};

/** The same, and what came stands in its message alone. */
export const amountless: Traits = { ...nameless, id: 'amountless', listsAmounts: false };

/** Knows our references and gives no ids; keeps nothing before money comes (Gatenoc). */
export const noting: Traits = {
  ...signing,
  id: 'noting',
  poll: 'after-payment',
  cancel: false,
  givesId: false,
  findByReference: false,
  idempotentCreate: true,
  sendsExpired: false,
};

/** Pays back by an API that does not know its idempotency keys again (Gatenoc). */
export const refunding: Traits = { ...signing, id: 'refunding', sendsExpired: false, refunds: true };

/** One order with one open invoice, one worker, one fault of any kind; scenarios say what is different. */
export const base: Scenario = {
  name: 'base',
  about: '',
  gateways: [signing],
  orders: ['A'],
  opened: [['A', 'signing']],
  checkouts: [],
  paidBefore: false,
  refunds: [],
  workers: 1,
  applyAtOnce: false,
  money: 'final',
  latePayments: 'never',
  person: [],
  decisions: 0,
  notices: true,
  faults: 1,
  faultKinds: everyFault,
  longestStallMs: minutes(1),
  latePolicy: 'hold',
  expiryMs: minutes(2),
  monitorMs: minutes(3),
  deadlineMs: minutes(4),
  shoppersUntilMs: minutes(3),
  horizonMs: minutes(50),
  design: asBuilt,
};

/** One open invoice on this gateway; every fault but stalls, which multiply everything. */
export const on = (gateway: Traits, change: Partial<Scenario>): Scenario => ({
  ...base,
  gateways: [gateway],
  opened: [['A', gateway.id]],
  faultKinds: everyFault.filter((kind) => kind !== 'stall'),
  // Silence of a gateway that cannot be read is reported 36 minutes after the expiry; else the last read is at 17:01.
  horizonMs: gateway.poll === 'none' ? minutes(40) : minutes(30),
  ...change,
});

/** No invoice yet: the checkout is explored too. */
export const onCheckout = (gateway: Traits, change: Partial<Scenario>): Scenario =>
  on(gateway, { opened: [], checkouts: [['A', gateway.id]], ...change });
