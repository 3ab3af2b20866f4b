import * as z from 'zod';

const count = z.union([z.int().positive(), z.literal('always')]).default(1);
/** Webhook faults hit every attempt of the event named, or of any event. One count is used per attempt. */
const webhook = { count, event: z.string().optional() };
/** API faults hit the route named (an unknown name is refused with the list), or any route. */
const api = { count, route: z.string().optional() };
/** Body fields that replace the genuine ones; strings, because a forger can write anything. */
const fields = z.record(z.string(), z.string()).optional();
const milliseconds = z.int().nonnegative();

/** Every fault a test can add; see the README of this package for what each one does. */
export const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('drop'), lost: z.boolean().default(false), ...webhook }),
  z.strictObject({
    kind: z.literal('duplicate'),
    copies: z.int().positive().default(1),
    concurrent: z.boolean().default(false),
    ...webhook,
  }),
  z.strictObject({ kind: z.literal('reorder'), ...webhook }),
  z.strictObject({
    kind: z.literal('delay'),
    ms: milliseconds,
    signedBefore: z.boolean().default(false),
    ...webhook,
  }),
  z.strictObject({ kind: z.literal('expiry-race'), ...webhook }),
  z.strictObject({ kind: z.literal('wrong-signature'), ...webhook }),
  z.strictObject({ kind: z.literal('forged-body'), fields, ...webhook }),
  z.strictObject({ kind: z.literal('forged-unsigned'), fields, ...webhook }),
  z.strictObject({ kind: z.literal('serialisation'), ...webhook }),
  z.strictObject({ kind: z.literal('status'), status: z.int().min(400).max(599), ...api }),
  z.strictObject({ kind: z.literal('rate-limit'), ...api }),
  z.strictObject({ kind: z.literal('timeout-before-commit'), hang: z.boolean().default(false), ...api }),
  z.strictObject({ kind: z.literal('timeout-after-commit'), hang: z.boolean().default(false), ...api }),
  z.strictObject({ kind: z.literal('latency'), ms: milliseconds, ...api }),
]);

export type Fault = z.output<typeof faultSchema>;
export type FaultInput = z.input<typeof faultSchema>;
export type FaultKind = Fault['kind'];
export type WebhookFault = Extract<Fault, { event?: string | undefined }>;
export type ApiFault = Extract<Fault, { route?: string | undefined }>;

export interface Faults {
  /**
   * @throws ZodError for a fault that is not of the schema, RangeError for one this gateway cannot have: a test
   * that adds a fault which never happens would prove nothing.
   */
  add(fault: FaultInput): void;
  clear(): void;
  /** What is still waiting to happen. */
  pending(): readonly Fault[];
}

export interface FaultBoard extends Faults {
  takeWebhook(event: string): readonly WebhookFault[];
  takeApi(route: string): readonly ApiFault[];
}

const isWebhookFault = (fault: Fault): fault is WebhookFault => {
  switch (fault.kind) {
    case 'status':
    case 'rate-limit':
    case 'timeout-before-commit':
    case 'timeout-after-commit':
    case 'latency':
      return false;
    default:
      return true;
  }
};

export interface FaultBoardOptions {
  /** The kinds that this gateway cannot have, such as `forged-unsigned` where the whole body is signed. */
  readonly impossible: readonly FaultKind[];
  /** The names an API fault may give; asked at each `add`, because routes are made after the board. */
  readonly routes: () => readonly string[];
}

export const createFaultBoard = ({ impossible, routes }: FaultBoardOptions): FaultBoard => {
  let faults: Fault[] = [];
  const use = <F extends Fault>(taken: readonly F[]): readonly F[] => {
    const used = new Set<Fault>(taken);
    faults = faults.flatMap((fault): Fault[] => {
      if (!used.has(fault) || fault.count === 'always') return [fault];
      return fault.count > 1 ? [{ ...fault, count: fault.count - 1 }] : [];
    });
    return taken;
  };
  return {
    add: (input) => {
      const fault = faultSchema.parse(input);
      if (impossible.includes(fault.kind))
        throw new RangeError(`this gateway cannot have the fault ${fault.kind}`);
      const route = 'route' in fault ? fault.route : undefined;
      if (route !== undefined && !routes().includes(route))
        throw new RangeError(`no route ${route}; there are ${routes().join(', ')}`);
      faults.push(fault);
    },
    clear: () => {
      faults = [];
    },
    pending: () => [...faults],
    takeWebhook: (event) =>
      use(
        faults.filter(isWebhookFault).filter((fault) => fault.event === undefined || fault.event === event),
      ),
    takeApi: (route) =>
      use(
        faults
          .filter((fault): fault is ApiFault => !isWebhookFault(fault))
          .filter((fault) => fault.route === undefined || fault.route === route),
      ),
  };
};
