import {
  type Clock,
  type InstructionRow,
  type Invoice,
  newRowId,
  type RandomBytes,
  type Storefront,
  type StorefrontAnswer,
  seconds,
} from '@gatewright/payment-core';
import type { SqlLedger } from '@gatewright/payment-ledger';
import type { OpenedShop, ShopClient, ShopFailure } from '../storefront/shop-client.ts';
import { readStoreSettings } from '../storefront/store-settings.ts';
import type { OrderIdentities } from '../woocommerce/order-identities.ts';
import { paidStatus } from '../woocommerce/order-statuses.ts';
import { judgeMove, type Move, moveBody, wasMovedBy } from './move-order.ts';
import { addNoteOnce, noteText } from './order-notes.ts';
import type { OrderTurns } from './order-turns.ts';
import type { RestOrder } from './rest-order.ts';
import { addressOf, type OrderAddress, type OrderResult, type RestOrders } from './rest-orders.ts';
import { expectedOf, judgeSettling, paymentBody, proveSettled } from './settle-order.ts';

export interface RestStorefront {
  readonly shops: ShopClient;
  readonly orders: RestOrders;
  readonly turns: OrderTurns;
  readonly identities: OrderIdentities;
  readonly ledger: SqlLedger;
  readonly clock: Clock;
  readonly random: RandomBytes;
}

type Told = StorefrontAnswer | ShopFailure;

interface Turn {
  readonly parts: RestStorefront;
  readonly shop: OpenedShop;
  readonly methods: readonly string[];
  readonly address: OrderAddress;
  readonly instruction: InstructionRow;
}

const missing: StorefrontAnswer = { outcome: 'refused', reason: 'order_missing' };

/** The owner's copy; the order is right without it, so a note that fails holds nothing up. */
const noteForOwner = async ({ parts, shop, address, instruction }: Turn): Promise<void> => {
  const text = noteText(instruction.note);
  if (text === '') return;
  await addNoteOnce(parts.shops, shop.connection, address.id, {
    text,
    toCustomer: false,
    mark: text,
  });
};

/** Paid, and something about it is not as it was: a person looks. */
const reportOdd = ({ parts, instruction }: Turn, odd: string): Promise<boolean> => {
  const { store, orderKey, invoice } = instruction;
  return parts.ledger.transact((tx) =>
    tx.reviews.open({
      id: newRowId(parts.random),
      store,
      account: null,
      invoice,
      orderKey,
      kind: 'order_changed',
      key: `rest_settle:${instruction.id}`,
      detail: `Order ${orderKey} was paid in the shop, and ${odd}. Compare the order with the payment. Shops without the plugin cannot be locked while we write.`,
      openedAt: parts.clock.now(),
      resolution: null,
    }),
  );
};

/**
 * WooCommerce chose the status of the paid order; one the owner wants instead takes a second write. An answer that never
 * came is asked for again, until the order itself says that this settling has moved it: what a person does later stays.
 */
const asOwnerWants = async (turn: Turn, paid: RestOrder): Promise<ShopFailure | undefined> => {
  const { parts, shop, address, instruction } = turn;
  const status = paidStatus(shop.store.policy.orderStatus);
  const isOwnChoice = paid.status === 'processing' || paid.status === 'completed';
  if (status === undefined || status === paid.status || !isOwnChoice) return undefined;
  if (wasMovedBy(paid, instruction.id)) return undefined;
  const after = await parts.orders.write(shop.connection, address, moveBody(paid, status, instruction.id));
  if (after.kind === 'fault') return after;
  if (after.kind === 'order' && after.order.status !== status)
    await reportOdd(turn, `its status stayed ${after.order.status}, though ${status} was asked for`);
  return undefined;
};

/** The order is paid: what is left to do is the owner's wish and their note. */
const finish = async (turn: Turn, paid: RestOrder, told: StorefrontAnswer): Promise<Told> => {
  const failure = await asOwnerWants(turn, paid);
  if (failure) return failure;
  await noteForOwner(turn);
  return told;
};

const pay = async (turn: Turn, order: RestOrder, claim: string): Promise<Told> => {
  const { parts, shop, address, instruction } = turn;
  const transaction = instruction.transaction ?? '';
  const body = paymentBody(order, claim, instruction.invoice ?? '', transaction);
  const after = await parts.orders.write(shop.connection, address, body);
  if (after.kind === 'fault') return after;
  if (after.kind === 'missing') return missing;
  const proof = proveSettled(order, after.order, claim, transaction);
  switch (proof.kind) {
    case 'ignored':
      return { kind: 'fault', fault: 'write-ignored' };
    case 'refused':
      return { outcome: 'refused', reason: proof.reason };
    case 'settled':
      if (proof.odd !== null) await reportOdd(turn, proof.odd);
      return finish(turn, after.order, { outcome: 'done' });
    default: {
      const never: never = proof;
      return never;
    }
  }
};

const settle = async (turn: Turn, order: RestOrder, invoice: Invoice | undefined): Promise<Told> => {
  const claim = turn.instruction.claim;
  const expected = expectedOf(turn.instruction, invoice);
  if (!claim || !expected) throw new Error(`settle ${turn.instruction.id} has no claim or no amount`);
  const verdict = judgeSettling(order, claim, expected, turn.methods);
  switch (verdict.kind) {
    case 'pay':
      return pay(turn, order, claim);
    case 'already':
      return finish(turn, order, { outcome: 'already' });
    case 'refused':
      return { outcome: 'refused', reason: verdict.reason };
    default: {
      const never: never = verdict;
      return never;
    }
  }
};

const move = async (turn: Turn, order: RestOrder, kind: Move): Promise<Told> => {
  const { parts, shop, address, instruction } = turn;
  const verdict = judgeMove(order, kind, instruction.id, turn.methods);
  if (verdict.kind === 'refused') return { outcome: 'refused', reason: verdict.reason };
  if (verdict.kind === 'already') return { outcome: 'already' };
  if (verdict.status !== null) {
    const body = moveBody(order, verdict.status, instruction.id);
    const after = await parts.orders.write(shop.connection, address, body);
    if (after.kind === 'fault') return after;
    if (after.kind === 'missing') return missing;
    if (after.order.status === order.status) return { kind: 'fault', fault: 'write-ignored' };
    if (after.order.status !== verdict.status) return { outcome: 'refused', reason: 'moved' };
  }
  await noteForOwner(turn);
  return { outcome: 'done' };
};

const tellInTurn = async (turn: Turn, invoice: Invoice | undefined): Promise<Told> => {
  const { parts, shop, address, instruction } = turn;
  const read: OrderResult = await parts.orders.read(shop.connection, address);
  if (read.kind === 'fault') return read;
  if (read.kind === 'missing') return missing;
  const { kind } = instruction;
  return kind === 'settle' ? settle(turn, read.order, invoice) : move(turn, read.order, kind);
};

const busy: ShopFailure = { kind: 'fault', fault: 'order-busy', retryAfterMs: seconds(2) };

/**
 * Telling a shop that has no plugin: read, write, read again, one writer per order. Plain `wc/v3` cannot be fenced, so
 * somebody who pays or moves the order between our read and our write is not kept out: at least once, not exactly once.
 */
export const tellRest =
  (parts: RestStorefront): Storefront['tell'] =>
  async (instruction, invoice) => {
    const { store, orderKey } = instruction;
    const shop = await parts.shops.open(store);
    if (shop.kind === 'fault') return parts.shops.unavailable(store, shop);
    const methods = readStoreSettings(shop.store.settings).restOnly?.methods ?? [];
    const address = await addressOf(parts.identities, store, orderKey);
    const turn = { parts, shop, methods, address, instruction };
    const told = (await parts.turns.inTurn(store, orderKey, () => tellInTurn(turn, invoice))) ?? busy;
    if ('kind' in told) return parts.shops.unavailable(store, told);
    await parts.shops.worked(store);
    return told;
  };
