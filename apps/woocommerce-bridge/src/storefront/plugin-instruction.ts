import type { InstructionRow, Invoice, StorefrontAnswer, StorefrontRefusal } from '@gatewright/payment-core';
import * as z from 'zod';
import { shopOrderId } from '../woocommerce/order-identities.ts';
import type { PaidStatus } from '../woocommerce/order-statuses.ts';
import type { StoreRequest } from './store-call.ts';

/** The plugin takes no more; WooCommerce itself keeps 100 characters (woocommerce.md 2.4). */
const longestTransaction = 500;
const longestNote = 2_000;

/** WooCommerce drops what looks like a tag, words and all (woocommerce.md 5.6): what a gateway sent shows as text. */
const asText = (note: string): string =>
  note.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').slice(0, longestNote);

/**
 * The plugin's call for an instruction (contracts/bridge-api.md, bridge → plugin).
 * @param keyHash of the order's key: the plugin refuses when another order has the number now. Null where it is unknown
 * @param paidAs the status the owner wants for a paid order; undefined: WooCommerce's own choice
 */
export const requestFor = (
  instruction: InstructionRow,
  invoice: Invoice | undefined,
  keyHash: string | null,
  paidAs?: PaidStatus,
): StoreRequest => {
  const { kind, orderKey, claim, transaction, expected, note } = instruction;
  const common = {
    invoice: instruction.invoice ?? '',
    note: asText(note),
    instruction: instruction.id,
    ...(keyHash === null ? {} : { order_key_hash: keyHash }),
  };
  const settle = {
    claim: claim ?? '',
    transaction_id: (transaction ?? '').slice(0, longestTransaction),
    expected_total: expected?.amount ?? invoice?.order.amount ?? '',
    expected_currency: expected?.currency ?? invoice?.order.currency ?? '',
    ...(paidAs === undefined ? {} : { order_status: paidAs }),
  };
  return {
    version: 'wc-gatewright/v1',
    method: 'post',
    endpoint: `orders/${encodeURIComponent(shopOrderId(orderKey))}/${kind}`,
    body: kind === 'settle' ? { ...settle, ...common } : common,
  };
};

const done = z.object({ outcome: z.enum(['settled', 'held', 'cancelled', 'failed', 'noted', 'already']) });

/** `settled`: the order was paid through us, so a hold, cancel or fail has nothing left to say. */
const refused = z.object({
  code: z.enum([
    'paid_otherwise',
    'total_changed',
    'currency_changed',
    'refunded',
    'not_ours',
    'moved',
    'order_missing',
    'settled',
  ]),
});

/**
 * The plugin's answer as the core knows it; undefined when it is none of the plugin's. A 200 counts only with a word
 * of the plugin's own in it (woocommerce.md 2.1: never trust the HTTP 200).
 */
export const readInstructionAnswer = (status: number, body: unknown): StorefrontAnswer | undefined => {
  if (status === 200) {
    const answer = done.safeParse(body);
    if (!answer.success) return undefined;
    return { outcome: answer.data.outcome === 'already' ? 'already' : 'done' };
  }
  if (status !== 404 && status !== 409) return undefined;
  const problem = refused.safeParse(body);
  if (!problem.success) return undefined;
  const { code } = problem.data;
  if (code === 'settled') return { outcome: 'already' };
  const reason: StorefrontRefusal = code;
  return { outcome: 'refused', reason };
};
