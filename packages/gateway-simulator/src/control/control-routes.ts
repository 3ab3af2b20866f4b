import * as z from 'zod';
import type { VirtualClock } from '../kernel/clock.ts';
import { faultSchema } from '../kernel/faults.ts';
import type { Reply } from '../kernel/http/reply.ts';
import type { SimulatorRequest } from '../kernel/http/request.ts';
import type { Route, Routes } from '../kernel/http/router.ts';
import type { ShopperAction, ShopperOutcome } from '../kernel/shopper.ts';
import type { ControlledGateway } from '../kernel/simulator.ts';
import { answer, problem } from './answer.ts';
import { withBody } from './body.ts';

/** Ten years: enough for any expiry, and far from the end of safe integers. */
const LONGEST_ADVANCE_MS = 315_360_000_000;

const advanceBody = z.strictObject({ ms: z.int().nonnegative().max(LONGEST_ADVANCE_MS) });
const webhookUrlBody = z.strictObject({ url: z.string().nullable() });
const actionBody = z
  .object({ amount: z.string().optional(), late: z.boolean().optional() })
  .catchall(z.union([z.string(), z.boolean()]));

type Gateways = Readonly<Record<string, ControlledGateway>>;
type GatewayHandler = (gateway: ControlledGateway, request: SimulatorRequest) => Reply | Promise<Reply>;

/** The routes of the control API; `:gateway` is a gateway id. */
export const controlRoutes = (clock: VirtualClock, gateways: Gateways): Routes => {
  const on = (method: string, path: string, handle: Route['handle']): Route => ({
    name: `${method} ${path}`,
    methods: [method],
    path,
    handle,
  });
  const onGateway = (method: string, path: string, handle: GatewayHandler): Route =>
    on(method, `/gateways/:gateway${path}`, (request) => {
      const id = request.params.gateway ?? '';
      const gateway = Object.hasOwn(gateways, id) ? gateways[id] : undefined;
      return gateway === undefined
        ? problem(404, 'unknown-gateway', `running: ${Object.keys(gateways).join(', ')}`)
        : handle(gateway, request);
    });
  return {
    routes: [
      on('GET', '/clock', () => answer(200, { now: clock.now() })),
      on('POST', '/clock/advance', (request) =>
        withBody(request, advanceBody, async ({ ms }) => {
          await clock.advance(ms);
          return answer(200, { now: clock.now() });
        }),
      ),
      on('GET', '/gateways', () => answer(200, describeGateways(gateways))),
      onGateway('POST', '/accounts', createAccount),
      onGateway('PUT', '/accounts/:account/webhook-url', setWebhookUrl),
      onGateway('GET', '/payments', (gateway, request) =>
        answer(200, gateway.payments(request.query.get('account') ?? undefined)),
      ),
      onGateway('POST', '/payments/:payment/:action', act),
      onGateway('GET', '/deliveries', (gateway) => answer(200, gateway.deliveries())),
      onGateway('GET', '/faults', (gateway) => answer(200, gateway.faults.pending())),
      onGateway('POST', '/faults', addFault),
      onGateway('DELETE', '/faults', (gateway) => {
        gateway.faults.clear();
        return answer(200, []);
      }),
    ],
    fallback: (_request, allowed) =>
      allowed.length > 0
        ? problem(405, 'method-not-allowed', `use ${allowed.join(', ')}`)
        : problem(404, 'not-found', 'no such route'),
  };
};

/** What the CLI prints: base URL and default configuration of each gateway. */
export const describeGateways = (
  gateways: Gateways,
): Readonly<Record<string, { baseUrl: string; config: unknown }>> =>
  Object.fromEntries(Object.entries(gateways).map(([id, { baseUrl, config }]) => [id, { baseUrl, config }]));

const createAccount: GatewayHandler = (gateway, request) =>
  withBody(request, z.record(z.string(), z.unknown()), (options) => {
    try {
      return answer(201, gateway.createAccount(options));
    } catch (error) {
      if (error instanceof z.ZodError) return problem(400, 'invalid', z.prettifyError(error));
      throw error;
    }
  });

const setWebhookUrl: GatewayHandler = (gateway, request) =>
  withBody(request, webhookUrlBody, ({ url }) => {
    const result = gateway.setWebhookUrl(request.params.account ?? '', url);
    if (result.ok) return answer(200, { ok: true });
    switch (result.reason) {
      case 'unknown-account':
        return problem(404, result.reason, 'no such account on this gateway');
      case 'not-supported':
        return problem(409, result.reason, 'on this gateway the webhook URL comes with each payment');
      case 'not-a-url':
        return problem(400, result.reason, 'the webhook URL is not an absolute URL');
      case 'not-http':
        return problem(400, result.reason, 'the webhook URL must be http or https');
      case 'not-loopback':
        return problem(400, result.reason, 'webhooks go to this machine only: localhost, 127.x.x.x or [::1]');
    }
  });

const shopperAction = (gateway: ControlledGateway, name: string): ShopperAction | undefined => {
  const actions: Readonly<Record<string, ShopperAction>> = gateway.shopper;
  return Object.hasOwn(actions, name) ? actions[name] : undefined;
};

const act: GatewayHandler = (gateway, request) =>
  withBody(request, actionBody, async (options) => {
    const { payment = '', action = '' } = request.params;
    const perform = shopperAction(gateway, action);
    if (perform === undefined) {
      return problem(404, 'unknown-action', `this gateway has: ${Object.keys(gateway.shopper).join(', ')}`);
    }
    const outcome = await perform(payment, options);
    return answer(statusOf(outcome), outcome);
  });

const statusOf = (outcome: ShopperOutcome): number => {
  if (outcome.ok) return 200;
  return outcome.reason === 'unknown-payment' ? 404 : 409;
};

const addFault: GatewayHandler = (gateway, request) =>
  withBody(request, faultSchema, (fault) => {
    try {
      gateway.faults.add(fault);
      return answer(201, gateway.faults.pending());
    } catch (error) {
      if (error instanceof RangeError) return problem(400, 'impossible-fault', error.message);
      throw error;
    }
  });
