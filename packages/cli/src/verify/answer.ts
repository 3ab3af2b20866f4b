import { type ExactJson, type Fact, stringifyExactJson, type WebhookLayer } from '@gatewright/payment-core';
import type { Match } from './match.ts';

/** A fact with its instants as ISO 8601 in UTC. */
export interface PrintedFact extends Omit<Fact, 'paidAt' | 'expiresAt' | 'asOf'> {
  readonly paidAt: string | null;
  readonly expiresAt: string | null;
  readonly asOf: string | null;
  readonly match?: Match;
}

/**
 * The answer to one line. `layer` is the first layer that stopped the webhook, null where none did. `reason` is
 * `accepted`, or why an accepted event says nothing about a payment, or why it was rejected (kebab-case, stable).
 */
export type Answer = {
  readonly id: ExactJson;
  readonly redactedHeaders: Readonly<Record<string, string>>;
} & (
  | {
      readonly verdict: 'accept';
      readonly reason: string;
      readonly layer: null;
      readonly facts: readonly PrintedFact[];
      readonly dedupeKey: string;
    }
  | { readonly verdict: 'reject'; readonly reason: string; readonly layer: WebhookLayer }
);

/** Beyond what a Date can hold there is nothing to print; no gateway means such a time. */
const iso = (ms: number | null): string | null => {
  const date = new Date(ms ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
};

export const printedFact = (fact: Fact, match: Match | undefined): PrintedFact => ({
  ...fact,
  paidAt: iso(fact.paidAt),
  expiresAt: iso(fact.expiresAt),
  asOf: iso(fact.asOf),
  ...(match === undefined ? {} : { match }),
});

/** One line of JSON. The id keeps its digits, whatever it is. */
export const printAnswer = ({ id, redactedHeaders, ...answer }: Answer): string => {
  const rest = JSON.stringify({ ...answer, redactedHeaders });
  return `{"id":${stringifyExactJson(id)},${rest.slice(1)}`;
};
