import type * as z from 'zod';
import type { RestCall } from '../rest/call.ts';
import { type Endpoint, pathId } from '../rest/endpoint.ts';
import { type RestAnswer, restOk } from '../rest/rest-error.ts';
import { type Route, route } from '../rest/routes.ts';
import type { Store } from '../store/store.ts';
import { type Command, commandBody, runCommand } from './order-command.ts';
import type { Plugin } from './plugin.ts';
import { pluginStatus } from './plugin-status.ts';
import { problem } from './problem.ts';
import { settle, settleBody } from './settle.ts';
import { verifyWire } from './wire-signature.ts';

const unknownVersion = (): RestAnswer => problem('unknown_version', { understood: ['v1'] });

/**
 * Both must hold: a WooCommerce key with the right permission (checked before) and the bridge's signature. Every
 * refusal has the same body; the log has the reason.
 */
const refusal = (store: Store, plugin: Plugin, call: RestCall): RestAnswer | undefined => {
  if (call.key === undefined) {
    store.log.write('bridge-auth', 'no-rest-key');
    return problem('unauthorized');
  }
  const verdict = verifyWire(call.headers, call, plugin.keys(), plugin.nonces, store.clock.now());
  if (verdict.ok) return undefined;
  store.log.write('bridge-auth', verdict.reason);
  return verdict.reason === 'unknown-version' ? unknownVersion() : problem('unauthorized');
};

type Work<Body> = (orderId: number, body: Body) => Promise<RestAnswer>;

const orderEndpoint = <Body>(
  plugin: Plugin,
  shape: z.ZodType<Body>,
  work: (store: Store) => Work<Body>,
): Endpoint => ({
  handle: async (store, call, sent) => {
    const refused = refusal(store, plugin, call);
    if (refused !== undefined) return refused;
    const body = shape.safeParse(sent);
    if (!body.success) {
      return problem('malformed', { fields: body.error.issues.map(({ path }) => path.join('.')) });
    }
    return work(store)(pathId(call), body.data);
  },
});

const commandEndpoint = (plugin: Plugin, command: Command): Endpoint =>
  orderEndpoint(
    plugin,
    commandBody,
    (store) => (orderId, body) => runCommand(store, plugin, orderId, command, body),
  );

/** `/wp-json/wc-gatewright/v1`: a namespace that starts with `wc-`, so the shop's REST keys open it (3.2). */
export const pluginRoutes = (plugin: Plugin): readonly Route[] => [
  route('/wc-gatewright/v1/orders/<id>/settle', {
    POST: orderEndpoint(
      plugin,
      settleBody,
      (store) => (orderId, body) => settle(store, plugin, orderId, body),
    ),
  }),
  ...(['hold', 'cancel', 'fail', 'note'] as const).map((command) =>
    route(`/wc-gatewright/v1/orders/<id>/${command}`, { POST: commandEndpoint(plugin, command) }),
  ),
  route('/wc-gatewright/v1/status', {
    GET: {
      handle: async (store, call) => refusal(store, plugin, call) ?? restOk(pluginStatus(store)),
    },
  }),
  {
    pattern: /^\/wc-gatewright\/v(?!1\/)\d+\//,
    methods: {
      GET: { handle: async () => unknownVersion() },
      POST: { handle: async () => unknownVersion() },
    },
  },
];
