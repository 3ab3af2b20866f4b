import { createMetrics, type Metrics } from '@gatewright/operations';
import type { Ledger } from '@gatewright/payment-core';
import type { Operation } from '../payments-api/mutation.ts';
import type { TellAnswer } from '../payments-api/tell-shopify.ts';

/** What the app counts: what every service of ours does, what Shopify answered, and who was let in at the session listener. */
export interface AppMetrics extends Metrics {
  mutation(operation: Operation, outcome: TellAnswer['outcome']): void;
  /** @param reason OpenSSL's or node's own word for what is wrong with a client's handshake */
  sessionClientRefused(reason: string): void;
}

/** A word of a library becomes a label, a sentence does not. */
const labelOf = (reason: string): string => (/^[A-Z][A-Z0-9_]{1,60}$/.test(reason) ? reason : 'other');

export const createAppMetrics = (ledger: Ledger): AppMetrics => {
  const metrics = createMetrics(ledger);
  const mutations = metrics.counter(
    'gatewright_shopify_mutations_total',
    'Mutations of the Payments Apps API by what Shopify answered.',
    ['operation', 'outcome'],
  );
  const refused = metrics.counter(
    'gatewright_session_clients_refused_total',
    'Connections to the session listener that ended before a request: no certificate of a known authority.',
    ['reason'],
  );
  return {
    ...metrics,
    mutation: (operation, outcome) => mutations({ operation, outcome }),
    sessionClientRefused: (reason) => refused({ reason: labelOf(reason) }),
  };
};
