import { clientKey } from '@gatewright/pay-page';
import {
  type OrderKey,
  type Ports,
  type StoreId,
  storeIdSchema,
  webhookBodyLimit,
} from '@gatewright/payment-core';
import type { StoreRecord, Vault } from '@gatewright/payment-ledger';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { type InboundLimits, retryAfterSeconds } from '../http/inbound-limits.ts';
import { type RawCall, rawCall } from '../http/raw-call.ts';
import { wooCommerceCredentialsSchema } from '../storefront/credentials.ts';
import { readStoreSettings } from '../storefront/store-settings.ts';
import { webhookErrors } from '../webhooks/webhook-errors.ts';
import type { OrderIdentities } from './order-identities.ts';
import { verifyDelivery } from './verify-delivery.ts';

export interface StoreWebhooks {
  readonly ports: Ports;
  readonly vault: Pick<Vault, 'store' | 'storefrontCredentials'>;
  readonly kick: () => void;
  readonly identities: OrderIdentities;
  readonly limits: InboundLimits;
}

type Received = {
  readonly status: 200 | 400 | 401 | 404 | 429 | 503;
  readonly reason: string;
  readonly waitMs?: number;
};

const tooMany = (waitMs: number): Received => ({ status: 429, reason: 'too-many-calls', waitMs });

/**
 * Orders that were never paid through us are none of our business: acknowledged, not followed. In REST-only mode an
 * order by a method that stands for ours is where a payment begins.
 */
const follow = (
  ports: Ports,
  store: StoreId,
  orders: readonly OrderKey[],
  isOffered: boolean,
): Promise<Received> =>
  ports.ledger.transact(async (tx): Promise<Received> => {
    const isKnown = async (order: OrderKey): Promise<boolean> =>
      (await tx.orders.byKey(store, order)) !== undefined ||
      (await tx.pages.ofOrder(store, order)).length > 0;
    let reason = 'order-unknown';
    for (const orderKey of orders) {
      if (!isOffered && !(await isKnown(orderKey))) continue;
      await tx.jobs.enqueue({ kind: 'follow-order', store, orderKey }, ports.clock.now());
      reason = 'accepted';
    }
    return { status: 200, reason };
  });

const isOffered = (store: StoreRecord, method: string | null): boolean =>
  method !== null && (readStoreSettings(store.settings).restOnly?.methods.includes(method) ?? false);

const receive = async (
  { ports, vault, identities, limits }: StoreWebhooks,
  storeText: string,
  call: RawCall,
): Promise<Received> => {
  const id = storeIdSchema.safeParse(storeText);
  const store = id.success ? await vault.store(id.data) : undefined;
  if (!store) return { status: 404, reason: 'store-unknown' };
  const credentials = wooCommerceCredentialsSchema.safeParse(await vault.storefrontCredentials(store.id));
  const secret = credentials.success ? credentials.data.webhookSecret : undefined;
  if (secret === undefined) return { status: 503, reason: 'webhook-secret-not-set' };
  const delivery = verifyDelivery(secret, call);
  if (!delivery.ok) return delivery;
  // The ping is unsigned.
  const waitMs = delivery.kind === 'ping' ? 0 : limits.delivery(store.id);
  if (waitMs > 0) return tooMany(waitMs);
  switch (delivery.kind) {
    case 'ping':
      return { status: 200, reason: 'ping' };
    case 'nothing':
      return { status: 200, reason: delivery.reason };
    case 'order-changed':
      return follow(
        ports,
        store.id,
        await identities.named(store.id, delivery.order),
        isOffered(store, delivery.method),
      );
    default: {
      const never: never = delivery;
      return never;
    }
  }
};

const answer = (reply: FastifyReply, { status, reason, waitMs }: Received): FastifyReply => {
  if (waitMs !== undefined) reply.header('retry-after', String(retryAfterSeconds(waitMs)));
  return reply.code(status).send({ ok: status === 200, reason });
};

/**
 * `POST /woocommerce/:store`: the shop's own webhooks. Exactly 200, or WooCommerce counts a failure; it never repeats
 * one, so what has to be done is a job before the answer leaves.
 */
export const registerStoreWebhooks = (app: FastifyInstance, webhooks: StoreWebhooks): void => {
  app.post<{ Params: { store: string } }>(
    '/woocommerce/:store',
    { bodyLimit: webhookBodyLimit, errorHandler: webhookErrors },
    async (request, reply) => {
      const received = await receive(webhooks, request.params.store, rawCall(request)).catch(
        (error: unknown): Received => {
          request.log.error({ err: error }, 'delivery of a shop not stored');
          return { status: 503, reason: 'not-stored' };
        },
      );
      const isStranger = received.reason === 'ping' || (received.status >= 400 && received.status < 429);
      const waitMs = isStranger ? webhooks.limits.refused(clientKey(request.ip)) : 0;
      if (waitMs > 0) return answer(reply, tooMany(waitMs));
      if (received.status !== 200) request.log.warn(received, 'delivery of a shop refused');
      else if (received.reason === 'accepted') webhooks.kick();
      return answer(reply, received);
    },
  );
};
