import type { HeaderLines } from '../signature/headers.ts';
import type { Fact } from './fact.ts';

/** A webhook exactly as it arrived: repeated header lines stay repeated, the body is raw bytes, the time is ours (ms). */
export interface WebhookRequest {
  readonly headers: HeaderLines;
  readonly body: Uint8Array;
  readonly receivedAt: number;
}

/** The first layer that stops a webhook; see `gatewright verify`. */
export type WebhookLayer = 'config' | 'transport' | 'signature' | 'schema' | 'semantic';

export type WebhookRefusal = {
  readonly ok: false;
  readonly layer: WebhookLayer;
  /** Kebab-case, stable: owners search for it. */
  readonly reason: string;
  /** Genuine but refused (GN-3: stale): worth a read of this payment, nothing more. */
  readonly hint?: { readonly gatewayPaymentId: string | null; readonly reference: string | null };
};

/** Authentic, fresh and well-formed. `facts` is empty for event types that say nothing about a payment. */
export type WebhookAcceptance = {
  readonly ok: true;
  readonly facts: readonly Fact[];
  readonly dedupeKey: string;
  /** Why `facts` is empty. */
  readonly ignored?: string;
};

export type WebhookVerdict = WebhookAcceptance | WebhookRefusal;

/** Bodies above this are refused with 413 before anything is computed (gateways.md rule 4). */
export const webhookBodyLimit = 1_048_576;

export const refuse = (layer: WebhookLayer, reason: string): WebhookRefusal => ({ ok: false, layer, reason });

/** The HTTP status of a refusal: 401 for the signature, 413 for size, 503 for our own configuration, else 400. */
export const refusalStatus = (refusal: WebhookRefusal): 400 | 401 | 413 | 503 => {
  switch (refusal.layer) {
    case 'config':
      return 503;
    case 'transport':
      return refusal.reason === 'body-too-large' ? 413 : 400;
    case 'signature':
      return 401;
    case 'schema':
    case 'semantic':
      return 400;
    default: {
      const never: never = refusal.layer;
      return never;
    }
  }
};
