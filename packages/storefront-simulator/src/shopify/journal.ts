import type { WebhookTopic } from './options.ts';
import type { DeliveryOutcome } from './sessions/delivery-outcome.ts';
import type { Endpoint } from './sessions/endpoint.ts';
import type { Presentation } from './tls/client-certificates.ts';

interface Entry {
  /** Ms since the epoch, by Shopify's clock. */
  readonly at: number;
  readonly shop: string;
}

/** One session request to the app. */
export interface DeliveryEntry extends Entry {
  readonly kind: 'delivery';
  readonly endpoint: Endpoint;
  readonly sessionId: string;
  /** `Shopify-Request-Id`: new for each attempt. */
  readonly requestId: string;
  /** Counts from 1; 0 for a copy that Shopify does not listen to. */
  readonly attempt: number;
  readonly presentation: Presentation;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly outcome: DeliveryOutcome;
}

/** One GraphQL call of the app. Tokens are not kept. */
export interface GraphqlEntry extends Entry {
  readonly kind: 'graphql';
  readonly version: string;
  /** The mutation and query fields of the document; empty when it could not be read. */
  readonly operations: readonly string[];
  readonly variables: unknown;
  /** The status sent; undefined when the connection was cut or left open. */
  readonly status: number | undefined;
  /** Whether the document was executed, whatever the app got to see. */
  readonly executed: boolean;
  /** Messages of all `userErrors`. */
  readonly userErrors: readonly string[];
  /** Codes, or else messages, of the top-level errors. */
  readonly errors: readonly string[];
}

export interface TokenEntry extends Entry {
  readonly kind: 'token';
  readonly grant: 'authorization-code' | 'refresh' | 'unknown';
  readonly status: number | undefined;
  /** Whether Shopify handed out a token, whatever the app got to see. */
  readonly granted: boolean;
}

export interface WebhookEntry extends Entry {
  readonly kind: 'webhook';
  readonly topic: WebhookTopic;
  readonly webhookId: string;
  readonly attempt: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Undefined when no answer came. */
  readonly status: number | undefined;
}

/** A page of the shop that a browser opened. */
export interface PageEntry extends Entry {
  readonly kind: 'page';
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

export type JournalEntry = DeliveryEntry | GraphqlEntry | TokenEntry | WebhookEntry | PageEntry;
