import {
  connectAccount,
  type Invoice,
  type OrderKey,
  type Ports,
  readInvoices,
  type StoreId,
  seconds,
} from '@gatewright/payment-core';
import { askTheShop, orderUnknown, type Problem } from '../wire/problem.ts';
import { answer, refuse } from './call.ts';
import { orderParam } from './order-param.ts';
import { orderView } from './order-view.ts';
import type { PluginApi, PluginRoute } from './plugin-route.ts';

const everyMs = seconds(10);
const remembered = 10_000;

const tooSoon = (waitMs: number): Problem => ({
  status: 429,
  code: 'recheck-too-soon',
  ownerMessage: 'This order was looked up at the gateway a moment ago. Try again in some seconds.',
  shopperMessage: askTheShop,
  retryAfterSeconds: Math.ceil(waitMs / 1_000),
});

/** One look-up per order in ten seconds, in this process; the account's own limit holds over all of them. */
const createTurns = () => {
  const last = new Map<string, number>();
  return (order: string, now: number): number => {
    const waitMs = (last.get(order) ?? Number.NEGATIVE_INFINITY) + everyMs - now;
    if (waitMs > 0) return waitMs;
    last.delete(order);
    last.set(order, now);
    const [oldest] = last.keys();
    if (last.size > remembered && oldest !== undefined) last.delete(oldest);
    return 0;
  };
};

/** A settled attempt has nothing more to say; everything else may have got money meanwhile. */
const attemptsToRead = (ports: Ports, store: StoreId, order: OrderKey): Promise<readonly Invoice[]> =>
  ports.ledger.transact(async (tx) =>
    (await tx.invoices.ofOrder(store, order)).filter((attempt) => attempt.status !== 'settled'),
  );

/** `POST /v1/orders/:order/recheck`: reads what can be read, then answers like `GET`. */
export const recheck = (api: PluginApi): PluginRoute => {
  const { ports, pages, kick } = api;
  const waitFor = createTurns();
  return async (call) => {
    const order = await orderParam(api, call);
    if (!order.ok) return order;
    const { id } = call.store;
    if (!(await orderView(ports, id, order.value, pages))) return refuse(orderUnknown);
    const waitMs = waitFor(`${id} ${order.value}`, ports.clock.now());
    if (waitMs > 0) return refuse(tooSoon(waitMs));
    for (const attempt of await attemptsToRead(ports, id, order.value)) {
      const connection = await connectAccount(ports, attempt.account);
      if (connection.ok) await readInvoices(ports, connection.connected, [attempt]);
    }
    kick();
    const view = await orderView(ports, id, order.value, pages);
    return view ? answer(view) : refuse(orderUnknown);
  };
};
