import type { Json } from '../store/php-json.ts';
import type { Store } from '../store/store.ts';
import type { RestCall } from './call.ts';
import { type ParamShape, type ParsedParams, parseParams } from './params.ts';
import { type RestAnswer, restError } from './rest-error.ts';

/** What the caller wants to do; decides the misleading text of the 401 (woocommerce.md 5.2). */
export type Permission = 'list' | 'view' | 'create' | 'edit' | 'delete' | 'batch';

/** A method of a route with its types closed over, as the dispatcher calls it. */
export interface Endpoint {
  handle(store: Store, call: RestCall, sent: Readonly<Record<string, Json>>): Promise<RestAnswer>;
}

interface EndpointDefinition<Shape extends ParamShape> {
  readonly permission: Permission;
  readonly params: Shape;
  readonly required?: readonly (keyof Shape & string)[];
  /** For a resource of its own: a stranger asking for a missing one gets its 404, not a 401 [src]. */
  readonly exists?: (store: Store, call: RestCall) => boolean;
  run(store: Store, call: RestCall, params: ParsedParams<Shape>): Promise<RestAnswer> | RestAnswer;
}

const REFUSALS: Readonly<Record<Permission, readonly [code: string, text: string]>> = {
  list: ['view', 'Sorry, you cannot list resources.'],
  view: ['view', 'Sorry, you cannot view this resource.'],
  create: ['create', 'Sorry, you are not allowed to create resources.'],
  edit: ['edit', 'Sorry, you are not allowed to edit this resource.'],
  delete: ['delete', 'Sorry, you are not allowed to delete this resource.'],
  batch: ['batch', 'Sorry, you are not allowed to batch manipulate this resource.'],
};

const refusal = (permission: Permission): RestAnswer => {
  const [code, text] = REFUSALS[permission];
  return restError(`woocommerce_rest_cannot_${code}`, text, 401);
};

const missing = (
  required: readonly string[],
  sent: Readonly<Record<string, Json>>,
): RestAnswer | undefined => {
  const absent = required.filter((name) => sent[name] === undefined || sent[name] === null);
  if (absent.length === 0) return undefined;
  const message = `Missing parameter(s): ${absent.join(', ')}`;
  return restError('rest_missing_callback_param', message, 400, { params: absent });
};

/** WordPress' order: parameters first, then the permission, then the work. */
export const endpoint = <Shape extends ParamShape>(definition: EndpointDefinition<Shape>): Endpoint => ({
  handle: async (store, call, sent) => {
    const incomplete = missing(definition.required ?? [], sent);
    if (incomplete !== undefined) return incomplete;
    const parsed = parseParams(definition.params, sent);
    if (!parsed.ok) return parsed.answer;
    const guarded = definition.exists?.(store, call) ?? true;
    if (call.key === undefined && guarded) return refusal(definition.permission);
    return definition.run(store, call, parsed.params);
  },
});

/** Open to everybody, without parameters. */
export const endpointForAll = (run: (store: Store) => RestAnswer): Endpoint => ({
  handle: async (store) => run(store),
});

/** A number out of the path; the route's pattern only lets digits through. */
export const pathId = (call: RestCall, name = 'id'): number => Number(call.ids[name]);
