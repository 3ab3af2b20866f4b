import { compareDecimal, type Decimal } from '@gatewright/payment-core';
import type { GatewayContext } from '../../kernel/gateway.ts';
import {
  type ActionOptions,
  amountOf,
  done,
  notSupported,
  refused,
  type Shopper,
  type ShopperAction,
  type ShopperOutcome,
} from '../../kernel/shopper.ts';
import type { Collectible, Collection, Operator, Payment } from './state.ts';
import { newAddress } from './ton-address.ts';
import { sendCompleted } from './webhook.ts';

export interface FoundPayment {
  readonly operator: Operator;
  readonly payment: Payment;
}

/** `arrive` lets the chain confirm and the gateway forward: the shared clock moves. `forward` ends a stuck transfer. */
export type TonNftShopper = Shopper & { readonly arrive: ShopperAction; readonly forward: ShopperAction };

type Choose = (collections: readonly Collection[]) => Collection | undefined;

const byPrice = (collections: readonly Collection[]): readonly Collection[] =>
  [...collections].sort((a, b) => compareDecimal(a.price, b.price));

/** The time from a transfer to the webhook: one confirmation to see it, one to forward it. */
const completionTime = (sentAt: number, confirmationMs: number): number => sentAt + 2 * confirmationMs;

/**
 * The shopper sends one collectible, at any time: there is no amount to meet and no expiry. Reads `collection` (a
 * name; one that is not whitelisted is rejected), `nft` (its address), `amount` (its price, in place of the pricing
 * list's) and `forwarded: false` or `'no'` (it stays on the deposit address, NFT-9). `underpay` sends the cheapest,
 * `overpay` the dearest. The webhook comes two confirmations later.
 */
export const tonNftShopper = (
  context: GatewayContext,
  find: (paymentId: string) => FoundPayment | undefined,
): TonNftShopper => {
  const { clock, random, knobs } = context;

  const complete = async ({ operator, payment }: FoundPayment, forwarded: boolean): Promise<void> => {
    payment.forwarded = forwarded;
    payment.completedAt = clock.now();
    payment.callbackSent = false;
    await sendCompleted(context, operator, payment);
  };

  const collectibleOf = (
    { requestedNft }: Payment,
    collection: Collection,
    price: Decimal,
    options: ActionOptions,
  ): Collectible => ({
    nftAddress:
      requestedNft ?? (typeof options.nft === 'string' ? options.nft : newAddress(random, 'contract')),
    collection,
    price,
    payer: newAddress(random, 'wallet'),
    sentAt: clock.now(),
    forwards: options.forwarded !== false && options.forwarded !== 'no',
  });

  const transfer = (found: FoundPayment, collectible: Collectible): void => {
    const { payment } = found;
    payment.collectible = collectible;
    clock.at(collectible.sentAt + knobs.confirmationMs, () => {
      payment.status = 'received';
    });
    clock.at(completionTime(collectible.sentAt, knobs.confirmationMs), () =>
      complete(found, collectible.forwards),
    );
  };

  const pay =
    (usual: Choose): ShopperAction =>
    async (id, options = {}): Promise<ShopperOutcome> => {
      const found = find(id);
      if (found === undefined) return refused('unknown-payment');
      if (options.late === true) return refused('never-expires');
      const { operator, payment } = found;
      if (payment.collectible !== undefined) return refused('already-paid');
      const named = operator.collections.find(({ name }) => name === options.collection);
      const collection = options.collection === undefined ? usual(operator.collections) : named;
      const otherNft =
        payment.requestedNft !== undefined && (options.nft ?? payment.requestedNft) !== payment.requestedNft;
      if (collection === undefined || otherNft) return refused('asset-not-accepted');
      const price = amountOf(options, collection.price);
      if (price === undefined) return refused('amount-invalid');
      transfer(found, collectibleOf(payment, collection, price, options));
      return done;
    };

  return {
    pay: pay((collections) => collections[0]),
    underpay: pay((collections) => byPrice(collections)[0]),
    overpay: pay((collections) => byPrice(collections).at(-1)),
    cancel: notSupported,
    expire: async (id) => refused(find(id) === undefined ? 'unknown-payment' : 'never-expires'),
    arrive: async (id) => {
      const found = find(id);
      if (found === undefined) return refused('unknown-payment');
      const { collectible } = found.payment;
      if (collectible === undefined) return refused('not-paid');
      await clock.advance(
        Math.max(0, completionTime(collectible.sentAt, knobs.confirmationMs) - clock.now()),
      );
      return done;
    },
    forward: async (id) => {
      const found = find(id);
      if (found === undefined) return refused('unknown-payment');
      const { completedAt, forwarded } = found.payment;
      if (completedAt === undefined) return refused('not-paid');
      if (forwarded) return refused('already-paid');
      await complete(found, true);
      return done;
    },
  };
};
