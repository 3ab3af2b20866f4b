import * as z from 'zod';
import type { ShopAnswer } from '../storefront/shop-answer.ts';
import type { ShopClient, ShopFailure } from '../storefront/shop-client.ts';
import type { ShopConnection } from '../storefront/store-call.ts';

const longest = 2_000;

/** WordPress drops what looks like a tag, words and all (woocommerce.md 5.6): what a gateway sent shows as text. */
export const noteText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').slice(0, longest);

const notes = z.array(z.object({ note: z.string(), customer_note: z.boolean() }));
const written = z.object({ customer_note: z.boolean() });

export type NoteResult = { readonly kind: 'written' | 'there' } | ShopFailure;

const endpointOf = (order: string): string => `orders/${encodeURIComponent(order)}/notes`;

const notUnderstood: ShopFailure = { kind: 'fault', fault: 'answer-not-understood' };

const failureOf = (answer: ShopAnswer): ShopFailure => (answer.kind === 'fault' ? answer : notUnderstood);

export interface Note {
  readonly text: string;
  /** WooCommerce e-mails it to the customer. */
  readonly toCustomer: boolean;
  /** A part of the text by which the note is known when it stands there already. */
  readonly mark: string;
}

/** Adds a note unless one with its mark is there, so that a repeated attempt does not e-mail again. */
export const addNoteOnce = async (
  shops: ShopClient,
  connection: ShopConnection,
  order: string,
  { text, toCustomer, mark }: Note,
): Promise<NoteResult> => {
  const listed = await shops.call(connection, {
    version: 'wc/v3',
    method: 'get',
    endpoint: endpointOf(order),
  });
  const known =
    listed.kind === 'answered' && listed.status === 200 ? notes.safeParse(listed.body) : undefined;
  if (!known?.success) return failureOf(listed);
  if (known.data.some(({ note, customer_note }) => customer_note === toCustomer && note.includes(mark)))
    return { kind: 'there' };
  const added = await shops.call(connection, {
    version: 'wc/v3',
    method: 'post',
    endpoint: endpointOf(order),
    body: { note: text, customer_note: toCustomer },
  });
  const answer =
    added.kind === 'answered' && added.status === 201 ? written.safeParse(added.body) : undefined;
  return answer?.success && answer.data.customer_note === toCustomer ? { kind: 'written' } : failureOf(added);
};
