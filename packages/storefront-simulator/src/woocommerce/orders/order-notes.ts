import type { Store } from '../store/store.ts';

export interface OrderNote {
  readonly id: number;
  readonly orderId: number;
  readonly text: string;
  readonly customerNote: boolean;
  readonly date: number;
}

const ALLOWED_TAG = /^<\/?(?:a|b|strong|em|i|br|p|ul|ol|li|code)(?:\s[^>]*)?\/?>$/i;

/** `<script>` is stripped with its content, links and bold text stay (woocommerce.md 5.6). */
const sanitised = (text: string): string =>
  text
    .replace(/<(script|style)\b[^>]*>[\s\S]*?(?:<\/\1\s*>|$)/gi, '')
    .replace(/<[^>]*>/g, (tag) => (ALLOWED_TAG.test(tag) ? tag : ''));

/** Adds a note; `customerNote` only marks it, the e-mail is `addCustomerNote`'s. */
export const addNote = (store: Store, orderId: number, text: string, customerNote = false): OrderNote => {
  const note = {
    id: store.nextId('note'),
    orderId,
    text: sanitised(text),
    customerNote,
    date: store.now(),
  };
  store.notes.push(note);
  return note;
};

export const notesOf = (store: Store, orderId: number): OrderNote[] =>
  store.notes.filter((note) => note.orderId === orderId);
