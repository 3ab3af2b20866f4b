import { cancelOrder } from '@gatewright/payment-core';
import type { MedusaEngine } from '../engine/engine.ts';
import type { SessionRow } from '../sessions/session-book.ts';
import { standingOf } from './standing.ts';

/** Medusa deleted the session. Nothing is thrown away: what is paid on it later stands in front of a person. */
export const leaveSession = async ({ sessions, ports }: MedusaEngine, row: SessionRow): Promise<void> => {
  await sessions.markGone(row.id, ports.clock.now());
};

/**
 * The order was cancelled, or its completion was rolled back: what is unpaid is cancelled at the gateway where it can
 * be, and watched. Money that has come is kept: only a refund gives it back, and nothing here refunds.
 */
export const cancelPayment = async (engine: MedusaEngine, row: SessionRow): Promise<void> => {
  const { ports, settings, log } = engine;
  const { status } = await standingOf(engine, row);
  if (status === 'captured') {
    log.warn(
      `Gatewright: ${row.orderKey} is paid, so cancelling its payment changes nothing at the gateway.`,
    );
    return;
  }
  await cancelOrder(ports, settings.store.id, row.orderKey);
  engine.kick();
};
