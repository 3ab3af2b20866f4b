import { createHash } from 'node:crypto';
import type { FaultInput } from '@gatewright/gateway-simulator';
import { type Draw, drawFrom } from './draw.ts';
import { type KillPoint, killPoints } from './kill-point.ts';

/** All of them: they differ in what a webhook is worth, in what can be asked, and in who decides the amount. */
export const chaosGateways = [
  'crypto-pay',
  'xrocket-pay',
  'gatenoc',
  'cryptopayment-center',
  'teleport-pay',
  'ton-nft',
] as const;
export type ChaosGateway = (typeof chaosGateways)[number];

export type Story =
  | 'paid'
  | 'unpaid'
  | 'underpaid'
  | 'late'
  | 'refunded'
  | 'paid-again'
  | 'paid-on-two-gateways';

export interface PlannedOrder {
  /** From 1. */
  readonly number: number;
  readonly story: Story;
  readonly gateway: ChaosGateway;
  /** Where the shopper goes after the first one, for `paid-on-two-gateways`. */
  readonly second: ChaosGateway | null;
  readonly total: string;
  /** Minutes after the start, of the simulators' clock. */
  readonly checkoutMinute: number;
  /** After the checkout; for `late` after the invoice's expiry. */
  readonly payAfterMinutes: number;
  /** Between the two payments of an order that is paid twice, or between a payment and its refund. */
  readonly againAfterMinutes: number;
  /** What the owner of a `refunded` order pays back, and what the gateway's API does then. */
  readonly refund: string;
  readonly refundFault: FaultInput | null;
  /** What happens to the webhook of each payment; null: it is delivered once. */
  readonly webhookFaults: readonly [FaultInput | null, FaultInput | null];
  /** What the gateway's API does at the checkout. */
  readonly apiFault: FaultInput | null;
}

export interface PlannedKill {
  /** How many requests and answers pass the harness after the kill before. */
  readonly after: number;
  /** Then the next moment of this kind. */
  readonly point: KillPoint;
  /** The process that is concerned, where the harness knows it, else one by its number. */
  readonly victim: { readonly concerned: boolean; readonly number: number };
  /** How many turns of the harness's event loop later, so that it is not always the same line of code. */
  readonly turns: number;
}

/** What the way to the shop does to one call. */
export type ShopFault = 'error-500' | 'busy-503' | 'page-502' | 'cut-before' | 'answer-lost';

export interface Plan {
  /** How long the checkouts go on. */
  readonly arrivalMinutes: number;
  readonly orders: readonly PlannedOrder[];
  readonly kills: readonly PlannedKill[];
  /** Of the n-th call to the shop, from 0; where the list ends it begins again. */
  readonly shopFaults: readonly (ShopFault | null)[];
  /** Two runs with the same digest had the same plan. */
  readonly digest: string;
}

export interface PlanOptions {
  readonly seed: number;
  readonly orders: number;
  readonly kills: number;
  readonly replicas: number;
}

/**
 * How long the checkouts go on, in minutes of the simulators' clock. More orders, and with them more kills, need more of
 * it: a bridge that dies every minute is never up, and nobody could check out.
 */
const arrivalMinutesOf = (orders: number): number => Math.max(40, Math.ceil(orders * 0.4));

const stories = [
  ['paid', 42],
  ['unpaid', 15],
  ['underpaid', 10],
  ['late', 9],
  ['refunded', 8],
  ['paid-again', 8],
  ['paid-on-two-gateways', 8],
] as const satisfies readonly (readonly [Story, number])[];

/** An underpayment and a late payment need a gateway that takes them; a second one on the same invoice takes Gatenoc (GN-7). */
const gatewayFor = (story: Story, draw: Draw): ChaosGateway => {
  switch (story) {
    case 'paid':
    case 'unpaid':
      return draw.pick(chaosGateways);
    case 'underpaid':
      return draw.pick(['gatenoc', 'cryptopayment-center', 'ton-nft']);
    case 'late':
      return draw.pick(['gatenoc', 'cryptopayment-center', 'teleport-pay']);
    // The only one that can pay back by itself.
    case 'refunded':
    case 'paid-again':
      return 'gatenoc';
    case 'paid-on-two-gateways':
      // None can be told to cancel, so the first invoice stays payable.
      return draw.pick(['gatenoc', 'cryptopayment-center', 'ton-nft']);
    default: {
      const never: never = story;
      return never;
    }
  }
};

/** `lost` is never drawn for Teleport Pay, which cannot be asked. */
const webhookFault = (draw: Draw, mayBeLost: boolean): FaultInput | null => {
  const kind = draw.weighted([
    ['none', 30],
    ['duplicate', 25],
    ['reorder', 12],
    ['delay', 12],
    ['drop', 9],
    ['lost', 12],
  ] as const);
  switch (kind) {
    case 'none':
      return null;
    case 'duplicate':
      return { kind, copies: draw.between(1, 4), concurrent: draw.chance(60) };
    case 'reorder':
      return { kind };
    case 'delay':
      return { kind, ms: 1_000 * draw.between(5, 900), signedBefore: draw.chance(50) };
    case 'drop':
      return { kind, count: draw.between(1, 2) };
    case 'lost':
      return mayBeLost ? { kind: 'drop', lost: true } : null;
    default: {
      const never: never = kind;
      return never;
    }
  }
};

const apiFault = (draw: Draw): FaultInput | null =>
  draw.weighted<FaultInput | null>([
    [null, 80],
    [{ kind: 'status', status: 500 }, 5],
    [{ kind: 'status', status: 503, count: 2 }, 4],
    [{ kind: 'timeout-before-commit' }, 4],
    [{ kind: 'timeout-after-commit' }, 4],
    [{ kind: 'rate-limit' }, 3],
  ]);

const refundFault = (draw: Draw): FaultInput | null =>
  draw.weighted<FaultInput | null>([
    [null, 50],
    [{ kind: 'timeout-after-commit', route: 'refundPayment' }, 25],
    [{ kind: 'timeout-before-commit', route: 'refundPayment' }, 15],
    [{ kind: 'status', status: 500, route: 'refundPayment' }, 10],
  ]);

const planOrder = (number: number, arrivalMinutes: number, draw: Draw): PlannedOrder => {
  const story = draw.weighted(stories);
  const gateway = gatewayFor(story, draw);
  const mayBeLost = gateway !== 'teleport-pay';
  return {
    number,
    story,
    gateway,
    second: story === 'paid-on-two-gateways' ? draw.pick(['crypto-pay', 'xrocket-pay']) : null,
    total: `${draw.between(5, 400)}.${String(draw.below(100)).padStart(2, '0')}`,
    checkoutMinute: draw.below(arrivalMinutes),
    payAfterMinutes: draw.between(0, 6),
    againAfterMinutes: draw.below(4),
    refund: `${draw.between(1, 2)}.${String(draw.below(100)).padStart(2, '0')}`,
    refundFault: story === 'refunded' ? refundFault(draw) : null,
    webhookFaults: [webhookFault(draw, mayBeLost), webhookFault(draw, mayBeLost)],
    apiFault: apiFault(draw),
  };
};

/** About this many requests and answers pass the harness for one order. */
const progressPerOrder = 8;

const planKill = (draw: Draw, { orders, kills, replicas }: PlanOptions): PlannedKill => ({
  after: draw.below(Math.max(1, Math.floor((1.6 * progressPerOrder * orders) / Math.max(1, kills)))),
  point: draw.pick(killPoints),
  victim: { concerned: draw.chance(60), number: draw.below(replicas) },
  turns: draw.below(12),
});

const shopFault = (draw: Draw): ShopFault | null =>
  draw.weighted<ShopFault | null>([
    [null, 75],
    ['answer-lost', 10],
    ['error-500', 5],
    ['busy-503', 4],
    ['page-502', 3],
    ['cut-before', 3],
  ]);

/** Everything that is chosen: the same options give the same plan. What the processes make of it is their own timing. */
export const planOf = (options: PlanOptions): Plan => {
  const draw = drawFrom(`chaos ${options.seed}`);
  const each = <T>(count: number, name: string, make: (draw: Draw, index: number) => T): readonly T[] =>
    Array.from({ length: count }, (_, index) => make(draw.fork(`${name} ${index}`), index));
  const arrivalMinutes = arrivalMinutesOf(options.orders);
  const orders = each(options.orders, 'order', (own, index) => planOrder(index + 1, arrivalMinutes, own));
  const kills = each(options.kills, 'kill', (own) => planKill(own, options));
  const shopFaults = each(options.orders * 4 + 16, 'shop', shopFault);
  const digest = createHash('sha256')
    .update(JSON.stringify([orders, kills, shopFaults]))
    .digest('hex');
  return { arrivalMinutes, orders, kills, shopFaults, digest: digest.slice(0, 12) };
};
