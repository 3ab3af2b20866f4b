import type { ReviewKind } from '../ledger/rows.ts';
import type { Money } from '../money/money.ts';
import type { Invoice } from './invoice.ts';

/** What has to happen because of a fact, besides the new invoice row. The ledger carries it out in the same transaction. */
export type Decision =
  /** Try the claim; won: tell the storefront to settle. */
  | {
      readonly kind: 'settle';
      readonly note: string;
      /** What the order must be worth under the storefront's lock; the invoice's own order amount where absent. */
      readonly expected?: Money;
    }
  /** Money was seen or has to be looked at: the storefront holds the order. */
  | { readonly kind: 'hold'; readonly note: string }
  | { readonly kind: 'note'; readonly note: string }
  | { readonly kind: 'review'; readonly review: ReviewKind; readonly key: string; readonly detail: string }
  /** What a person was asked has answered itself: the open item of this key, if there is one, is closed. */
  | { readonly kind: 'close'; readonly key: string; readonly reason: string };

export interface Reduction {
  readonly invoice: Invoice;
  readonly decisions: readonly Decision[];
  /** One line for the timeline: what was learnt and why it changed something or nothing. */
  readonly because: string;
}
