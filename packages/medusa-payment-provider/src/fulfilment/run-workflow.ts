import * as z from 'zod';
import type { Shop } from './shop.ts';

/** What a workflow of Medusa's core came to; `steps` are those that it did not skip. */
export type WorkflowRun =
  | { readonly kind: 'done'; readonly steps: ReadonlySet<string> }
  /** Medusa decided against it, and would again: no stock, no shipping method, a fulfilled order. `why` is its sentence. */
  | { readonly kind: 'declined'; readonly why: string }
  /** A lock, a database or a gateway was not there: again later. `why` is for the log and for people. */
  | { readonly kind: 'failed'; readonly reason: WorkflowFailure; readonly why: string };

export type WorkflowFailure = 'cart-locked' | 'payment-not-authorized-yet' | 'medusa-failed';

export const workflowIds = {
  completeCart: 'complete-cart',
  processPayment: 'process-payment-workflow',
  cancelOrder: 'cancel-order',
  createSessions: 'create-payment-sessions',
  refundPayment: 'refund-payment-workflow',
} as const;

const errorSchema = z.object({ type: z.string().optional(), message: z.string().catch('') });
const stepErrors = z.array(z.object({ error: errorSchema }));

/** Types of a MedusaError that asking again does not change (@medusajs/utils, MedusaErrorTypes). */
const decided: ReadonlySet<string> = new Set([
  'invalid_data',
  'invalid_argument',
  'not_allowed',
  'not_found',
  'forbidden',
]);

/** Our own provider had not heard of the payment yet, or could not ask its gateway. */
const notAuthorized = /not authorized with the provider/;

const sentence = (text: string): string =>
  [...text.replace(/\s+/g, ' ').trim()].slice(0, 200).join('') || 'unknown error';

/** The words of Medusa's locking providers (@medusajs/locking and its providers). */
const locked = /Failed to acquire lock|is already locked|Timed-out acquiring lock/;

const failureOf = (message: string): WorkflowFailure => {
  if (notAuthorized.test(message)) return 'payment-not-authorized-yet';
  return locked.test(message) ? 'cart-locked' : 'medusa-failed';
};

const judgeError = (error: unknown): WorkflowRun => {
  const read = errorSchema.safeParse(error);
  if (!read.success) return { kind: 'failed', reason: 'medusa-failed', why: 'unknown error' };
  const { type = '', message } = read.data;
  const why = sentence(message);
  const reason = failureOf(message);
  return decided.has(type) && reason === 'medusa-failed'
    ? { kind: 'declined', why }
    : { kind: 'failed', reason, why };
};

const run = async ({ workflows }: Shop, id: string, input: unknown): Promise<WorkflowRun> => {
  try {
    const { errors, transaction } = await workflows.run(id, { input, throwOnError: false });
    const [first] = stepErrors.safeParse(errors ?? []).data ?? [];
    if (first) return judgeError(first.error);
    return { kind: 'done', steps: new Set(Object.keys(transaction.getContext().invoke)) };
  } catch (error) {
    return judgeError(error);
  }
};

/** Runs one of core's workflows to its end. Never throws for what a shop can do. */
export const runWorkflow = async (shop: Shop, id: string, input: unknown): Promise<WorkflowRun> => {
  const ran = await run(shop, id, input);
  if (ran.kind === 'failed') shop.warn(`Gatewright: Medusa's workflow ${id} failed: ${ran.why}`);
  return ran;
};
