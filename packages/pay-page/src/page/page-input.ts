import type { Offer, PageSnapshot, RegisteredGateway } from '@gatewright/payment-core';
import type { Language } from '../language/language.ts';
import type { Look } from '../look/look.ts';

/** What went wrong when the shopper chose: shown above the choice, never a stack. */
export type PageProblem = 'gateway-down' | 'method-unavailable' | 'busy';

/** Everything a page is made from. Same input, same bytes. */
export interface PageInput {
  readonly snapshot: PageSnapshot;
  /** Looked at where `needsOffers(state)` says so; unavailable ones are not shown. */
  readonly offers: readonly Offer[];
  readonly gatewayOf: (id: string) => RegisteredGateway | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly language: Language;
  readonly look: Look;
  /** Where the pages are served, '/pay'; without a slash at its end. */
  readonly basePath: string;
  readonly problem: PageProblem | null;
}

export interface RenderedPage {
  readonly status: number;
  /** The whole document. */
  readonly html: string;
  /** What is inside <main>: an event replaces it. */
  readonly live: string;
  /** Digest of what `live` says, the time left aside: an equal one need not be shown again. */
  readonly version: string;
  /** Plain text for `document.title`. */
  readonly title: string;
  /** For the Refresh header where there is no script; null once nothing changes any more. */
  readonly refreshSeconds: number | null;
  /** This page, for the Refresh header of an answer to a form; null where there is nothing to come back to. */
  readonly self: string | null;
  /** Back to the shop without being asked, only once paid. */
  readonly leaveTo: string | null;
  /** Nothing changes any more: the stream of events can end. */
  readonly final: boolean;
}

/** The JSON of the event `status`. */
export interface StatusEvent {
  readonly live: string;
  readonly version: string;
  readonly title: string;
  readonly leaveTo: string | null;
  readonly final: boolean;
}

export const statusEvent = ({ live, version, title, leaveTo, final }: RenderedPage): StatusEvent => ({
  live,
  version,
  title,
  leaveTo,
  final,
});
