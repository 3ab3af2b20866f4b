import { connectAccount, readInvoices, seconds } from '@gatewright/payment-core';
import type { OrderAnswer } from '../api/admin/gatewright/shapes.ts';
import type { MedusaEngine } from '../engine/engine.ts';
import type { ShopQuery } from '../fulfilment/shop.ts';
import { medusaStoreId } from '../settings/medusa-settings.ts';
import { orderKeysOf, orderView } from './order-view.ts';
import { type Outcome, refuse } from './problem.ts';

const everyMs = seconds(10);

/** A settled attempt has nothing more to say; everything else may have got money meanwhile. */
const attemptsToRead = async (engine: MedusaEngine, query: ShopQuery, orderId: string) => {
  const keys = await orderKeysOf(query, orderId);
  return engine.ledger.transact(async (tx) => {
    const found = [];
    for (const key of keys) found.push(...(await tx.invoices.ofOrder(medusaStoreId, key)));
    return found.filter(({ status }) => status !== 'settled');
  });
};

/** Asks the gateways now, at most once in ten seconds for an order, then answers like `GET`. */
export const recheck = async (
  engine: MedusaEngine,
  query: ShopQuery,
  orderId: string,
): Promise<Outcome<OrderAnswer>> => {
  const { ports } = engine;
  const attempts = await attemptsToRead(engine, query, orderId);
  const now = ports.clock.now();
  if (attempts.some(({ lastReadAt }) => lastReadAt !== null && now - lastReadAt < everyMs))
    return refuse({
      status: 429,
      code: 'recheck-too-soon',
      message: 'This order was looked up at the gateway a moment ago. Try again in some seconds.',
    });
  for (const attempt of attempts) {
    const connection = await connectAccount(ports, attempt.account);
    if (connection.ok) await readInvoices(ports, connection.connected, [attempt]);
  }
  engine.kick();
  return { ok: true, value: await orderView(engine, query, orderId) };
};
