import * as z from 'zod';
import { addCustomerNote } from '../orders/emails.ts';
import { loadOrder } from '../orders/loaded-order.ts';
import type { Order } from '../orders/order.ts';
import { addNote } from '../orders/order-notes.ts';
import type { OrderStatus } from '../orders/order-status.ts';
import { saveOrder, setStatus } from '../orders/save-order.ts';
import { type RestAnswer, restOk } from '../rest/rest-error.ts';
import type { Store } from '../store/store.ts';
import { isMeant, orderKeyHashField } from './order-key-hash.ts';
import { isOurs, type Plugin } from './plugin.ts';
import { type ProblemCode, problem } from './problem.ts';

/** Body of POST /orders/:id/hold, /cancel, /fail and /note. */
export const commandBody = z.object({
  invoice: z.string().max(200).default(''),
  /** The bridge's id of the call: the same one again changes nothing. */
  instruction: z.string().max(200).default(''),
  note: z.string().max(2_000).default(''),
  /** For /note: also shown to the customer, who gets an e-mail. */
  customer_note: z.boolean().default(false),
  order_key_hash: orderKeyHashField,
});

export type CommandBody = z.output<typeof commandBody>;
export type Command = 'hold' | 'cancel' | 'fail' | 'note';

const TARGETS = { hold: 'on-hold', cancel: 'cancelled', fail: 'failed' } as const;
const OUTCOMES = { hold: 'held', cancel: 'cancelled', fail: 'failed', note: 'noted' } as const;

/** Only an order that still waits for payment is moved; nothing revives a cancelled one. */
const isOpen = (status: OrderStatus): boolean =>
  status === 'pending' || status === 'on-hold' || status === 'failed';

const refusalOf = (plugin: Plugin, order: Order, command: Command): ProblemCode | undefined => {
  if (!isOurs(order)) return 'not_ours';
  if (command !== 'note' && plugin.claims.has(order.id)) return 'settled';
  const own = plugin.payments.get(order.id)?.ownStatus ?? 'pending';
  if (order.status !== own) return 'moved';
  return command !== 'note' && order.status !== TARGETS[command] && !isOpen(order.status)
    ? 'moved'
    : undefined;
};

const move = async (
  store: Store,
  plugin: Plugin,
  order: Order,
  target: OrderStatus,
  body: CommandBody,
): Promise<void> => {
  const loaded = loadOrder(store, order.id);
  if (loaded === undefined) return;
  // Before the save, so that the plugin's own status listener knows the bridge's hand.
  const invoice = body.invoice === '' ? (plugin.payments.get(order.id)?.invoice ?? '') : body.invoice;
  plugin.payments.set(order.id, { invoice, ownStatus: target });
  setStatus(store, loaded, target);
  await saveOrder(store, loaded, body.note);
};

/**
 * Holds, cancels or fails an order, or adds a note: under the same lock as settle, and refused when the order is
 * not in the status that the plugin last saw or set (bridge-api.md).
 */
export const runCommand = (
  store: Store,
  plugin: Plugin,
  orderId: number,
  command: Command,
  body: CommandBody,
): Promise<RestAnswer> =>
  plugin.locked(orderId, async () => {
    await store.awaitPoints.query();
    const order = store.orders.get(orderId);
    if (order === undefined || !isMeant(order, body.order_key_hash)) return problem('order_missing');
    if (plugin.instructions.has(body.instruction))
      return restOk({ outcome: 'already', order_status: order.status });
    const refusal = refusalOf(plugin, order, command);
    if (refusal !== undefined) return problem(refusal, { order_status: order.status });
    if (body.instruction !== '') plugin.instructions.add(body.instruction);
    if (command === 'note') {
      if (body.customer_note) addCustomerNote(store, orderId, body.note);
      else addNote(store, orderId, body.note);
      return restOk({ outcome: OUTCOMES.note, order_status: order.status });
    }
    const target = TARGETS[command];
    if (order.status === target) return restOk({ outcome: 'already', order_status: target });
    await move(store, plugin, order, target, body);
    return restOk({ outcome: OUTCOMES[command], order_status: target });
  });
