import { creatingLeaseMs, type Invoice, type PageSnapshot } from '@gatewright/payment-core';

const turnsOf = ({ status, createdAt, expiresAt }: Invoice): readonly number[] => {
  if (status === 'creating') return [createdAt + creatingLeaseMs];
  return status === 'open' ? [expiresAt] : [];
};

/** The next instant (ms) at which a page says something else although nothing was written; null: none. */
export const changesAt = ({ page, order, attempts }: PageSnapshot, now: number): number | null => {
  const instants = [order?.deadline ?? page.orderDeadline ?? now, ...attempts.flatMap(turnsOf)];
  const ahead = instants.filter((instant) => instant > now);
  return ahead.length === 0 ? null : Math.min(...ahead);
};
