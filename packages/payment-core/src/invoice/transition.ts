import type { InvoiceStatus } from './status.ts';

/**
 * Which status may follow which (gateways.md 11.2). What is not listed is a no-op that is logged:
 * settled is undone by nothing, and an ended invoice is only reopened by money.
 */
const successors: Readonly<Record<InvoiceStatus, readonly InvoiceStatus[]>> = {
  creating: ['open', 'processing', 'settled', 'expired', 'canceled', 'failed'],
  open: ['processing', 'settled', 'expired', 'canceled', 'failed'],
  processing: ['open', 'settled', 'expired', 'failed'],
  settled: [],
  expired: ['processing', 'settled'],
  canceled: ['processing', 'settled'],
  failed: ['processing', 'settled'],
};

export const canMove = (from: InvoiceStatus, to: InvoiceStatus): boolean => successors[from].includes(to);
