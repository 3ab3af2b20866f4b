import type { MerchantDesk } from './desk.ts';

/** What the loaders and actions of all pages get. */
export interface PageContext {
  /** Of this answer's scripts, for the Content-Security-Policy. */
  readonly nonce: string;
  /** A bug in a page, for the app's log. */
  readonly report: (error: unknown) => void;
  /** What can be shown and done for the shop that is signed in; absent where nobody is. */
  readonly desk?: MerchantDesk;
}
