import * as z from 'zod';
import type { ShopWorkflows } from './shop.ts';

/** What a workflow of Medusa's core came to. */
export type WorkflowRun =
  | { readonly kind: 'done' }
  /** Medusa decided against it, and would again: no stock, no shipping method, a fulfilled order. `why` is its sentence. */
  | { readonly kind: 'declined'; readonly why: string }
  /** A lock, a database or a gateway was not there: again later. */
  | { readonly kind: 'failed'; readonly why: string };

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

const judgeError = (error: unknown): WorkflowRun => {
  const read = errorSchema.safeParse(error);
  if (!read.success) return { kind: 'failed', why: 'unknown error' };
  const { type = '', message } = read.data;
  const why = sentence(message);
  return decided.has(type) && !notAuthorized.test(message)
    ? { kind: 'declined', why }
    : { kind: 'failed', why };
};

/** Runs one of core's workflows to its end. Never throws for what a shop can do. */
export const runWorkflow = async (
  workflows: ShopWorkflows,
  id: string,
  input: unknown,
): Promise<WorkflowRun> => {
  try {
    const { errors } = await workflows.run(id, { input, throwOnError: false });
    const [first] = stepErrors.safeParse(errors ?? []).data ?? [];
    return first ? judgeError(first.error) : { kind: 'done' };
  } catch (error) {
    return judgeError(error);
  }
};
