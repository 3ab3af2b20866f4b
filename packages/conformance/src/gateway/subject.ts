import type { RegisteredGateway } from '@gatewright/payment-core';
import type { WebhookOnWire } from '../journey/receiver.ts';
import type { OpenLedger } from '../ledger/open-ledger.ts';
import type { BenchShopper, GatewayBench } from './bench.ts';

/** What can happen at a gateway and stands in no capability. */
export const happenings = [
  /** Money is reported before it is final. */
  'seen-before-final',
  /** Money that was seen can be gone again before it is final. */
  'dropped-before-final',
  /** Money that was final can be gone again. */
  'withdrawn-after-final',
  /** A complete payment can be paid once more. */
  'paid-again',
  /** The shopper can cancel at the gateway. */
  'canceled-by-shopper',
  /** A payment can fail. */
  'failed',
  /** The gateway's people can accept an underpayment. */
  'shortfall-accepted',
] as const;
export type Happening = (typeof happenings)[number];

/** True, or in a few words why it cannot happen (or cannot be made to happen on this bench). */
export type Happenings = Readonly<Record<Happening, true | string>>;

/** Keys from the outermost object of a JSON body inwards. */
export type FieldPath = readonly [string, ...string[]];

/** How the gateway's webhooks look. Written from the gateway's document, not from the adapter. */
export interface WebhookFormat {
  /** Where the hexadecimal signature stands: a header line, or a field of the outermost object. */
  readonly signature: { readonly in: 'header' | 'body'; readonly name: string };
  /** The field of an account's configuration that the webhook's key is made from. */
  readonly secret: string;
  /**
   * The request the gateway would send with this body, under the secret of `config` (which may be the empty text).
   * A body that cannot carry a signature is sent without one.
   * @param at ms; for gateways that sign a time
   */
  sign(config: Readonly<Record<string, unknown>>, body: Uint8Array, at: number): WebhookOnWire;
  readonly fields: {
    readonly payment?: FieldPath;
    readonly reference?: FieldPath;
    readonly event?: FieldPath;
    readonly status?: FieldPath;
    readonly amount?: FieldPath;
  };
  /** The gateway's words in `fields.status`, where a webhook can say them. */
  readonly words: { readonly expired?: string; readonly failed?: string };
}

/** A gateway as its battery needs it. */
export interface GatewaySubject {
  /** `register(yourGateway)` of the core. */
  readonly gateway: RegisteredGateway;
  readonly happens: Happenings;
  readonly webhook: WebhookFormat;
  /** A bench of its own for every story; it is closed at the end. */
  readonly open: () => Promise<GatewayBench>;
  /** What the stories' orders cost. Default: 50.00 USD, else of the first currency the gateway takes. */
  readonly order?: { readonly total: string; readonly currency: string };
  /** Default: the memory ledger. */
  readonly openLedger?: OpenLedger;
}

/** What the bench's shopper must be able to do for what happens at the gateway. */
export const movesOf: Readonly<Record<Happening, readonly (keyof BenchShopper)[]>> = {
  'seen-before-final': ['see', 'finish'],
  'dropped-before-final': ['see', 'drop'],
  'withdrawn-after-final': ['withdraw'],
  'paid-again': ['payAgain'],
  'canceled-by-shopper': ['cancel'],
  failed: ['fail'],
  'shortfall-accepted': ['acceptShortfall'],
};
