import * as z from 'zod';

const count = z.union([z.int().positive(), z.literal('always')]).default(1);
const apiEndpoint = z.enum(['graphql', 'token']);
/** Faults of Shopify's own API; `operation` names a mutation field, such as paymentSessionResolve. */
const api = { count, on: apiEndpoint.default('graphql'), operation: z.string().optional() };
const when = z.enum(['before-commit', 'after-commit']);
/** Faults of a session request; without an endpoint they hit any. One count is used per attempt. */
const delivery = { count, endpoint: z.enum(['payment', 'refund', 'capture', 'void']).optional() };
const webhook = {
  count,
  topic: z.enum(['app/uninstalled', 'customers/data_request', 'customers/redact', 'shop/redact']).optional(),
};

/**
 * - `status`: an answer of 4xx or 5xx in place of the real one (429 with `Retry-After`), before or after the commit;
 * - `throttled`: 200 with the code THROTTLED, nothing is done; - `drop`: the connection is cut; - `hang`: no answer comes;
 * - `lost-request`: a session request does not reach the app; - `lost-answer`: the app's answer does not reach Shopify;
 * - `duplicate`: a session request arrives more than once, at the same time;
 * - `webhook-lost`, `webhook-duplicate` (same webhook id), `webhook-held` (leaves after the next one), `webhook-wrong-hmac`.
 */
export const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('status'),
    status: z.int().min(400).max(599),
    when: when.default('before-commit'),
    ...api,
  }),
  z.strictObject({ kind: z.literal('throttled'), count, operation: z.string().optional() }),
  z.strictObject({ kind: z.literal('drop'), when, ...api }),
  z.strictObject({ kind: z.literal('hang'), when, ...api }),
  z.strictObject({ kind: z.literal('lost-request'), ...delivery }),
  z.strictObject({ kind: z.literal('lost-answer'), ...delivery }),
  z.strictObject({ kind: z.literal('duplicate'), copies: z.int().positive().default(1), ...delivery }),
  z.strictObject({ kind: z.literal('webhook-lost'), ...webhook }),
  z.strictObject({ kind: z.literal('webhook-duplicate'), copies: z.int().positive().default(1), ...webhook }),
  z.strictObject({ kind: z.literal('webhook-held'), ...webhook }),
  z.strictObject({ kind: z.literal('webhook-wrong-hmac'), ...webhook }),
]);

export type Fault = z.output<typeof faultSchema>;
export type FaultInput = z.input<typeof faultSchema>;
export type ApiFault = Extract<Fault, { kind: 'status' | 'throttled' | 'drop' | 'hang' }>;
export type DeliveryFault = Extract<Fault, { kind: 'lost-request' | 'lost-answer' | 'duplicate' }>;
export type WebhookFault = Exclude<Fault, ApiFault | DeliveryFault>;
export type ApiEndpoint = z.output<typeof apiEndpoint>;

export interface Faults {
  /** @throws ZodError for a fault that is not of the schema. */
  add(fault: FaultInput): void;
  clear(): void;
  /** What is still waiting to happen. */
  pending(): readonly Fault[];
}

export interface FaultBoard extends Faults {
  /** The first fault that meets a call, if any. `operations` are the mutation fields of a document. */
  takeApi(on: ApiEndpoint, operations: readonly string[]): ApiFault | undefined;
  takeDelivery(endpoint: string): DeliveryFault | undefined;
  takeWebhook(topic: string): WebhookFault | undefined;
}

const meetsApi = (fault: Fault, on: ApiEndpoint, operations: readonly string[]): fault is ApiFault => {
  switch (fault.kind) {
    case 'throttled':
      if (on !== 'graphql') return false;
      break;
    case 'status':
    case 'drop':
    case 'hang':
      if (fault.on !== on) return false;
      break;
    default:
      return false;
  }
  return fault.operation === undefined || operations.includes(fault.operation);
};

const isDelivery = (fault: Fault): fault is DeliveryFault =>
  fault.kind === 'lost-request' || fault.kind === 'lost-answer' || fault.kind === 'duplicate';

const isWebhook = (fault: Fault): fault is WebhookFault => fault.kind.startsWith('webhook-');

export const createFaultBoard = (): FaultBoard => {
  let faults: Fault[] = [];
  const take = <F extends Fault>(met: (fault: Fault) => fault is F): F | undefined => {
    const taken = faults.find(met);
    faults = faults.flatMap((fault): Fault[] => {
      if (fault !== taken || fault.count === 'always') return [fault];
      return fault.count > 1 ? [{ ...fault, count: fault.count - 1 }] : [];
    });
    return taken;
  };
  return {
    add: (input) => {
      faults.push(faultSchema.parse(input));
    },
    clear: () => {
      faults = [];
    },
    pending: () => [...faults],
    takeApi: (on, operations) => take((fault): fault is ApiFault => meetsApi(fault, on, operations)),
    takeDelivery: (endpoint) =>
      take(
        (fault): fault is DeliveryFault =>
          isDelivery(fault) && (fault.endpoint === undefined || fault.endpoint === endpoint),
      ),
    takeWebhook: (topic) =>
      take(
        (fault): fault is WebhookFault =>
          isWebhook(fault) && (fault.topic === undefined || fault.topic === topic),
      ),
  };
};
