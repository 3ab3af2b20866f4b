import type { Invoice } from '../invoice/invoice.ts';
import type { HistoryRow, InstructionRow, RefundRow, ReviewRow } from '../ledger/rows.ts';
import type { ReviewExplanation } from './explain-review.ts';

const instant = (ms: number): string => new Date(ms).toISOString();
const instantOrNull = (ms: number | null): string | null => (ms === null ? null : instant(ms));

/** One item as a line of a list. Instants are ISO 8601 in UTC. */
export const reviewSummary = ({ resolution, ...row }: ReviewRow) => ({
  id: row.id,
  store: row.store,
  kind: row.kind,
  order: row.orderKey,
  invoice: row.invoice,
  account: row.account,
  detail: row.detail,
  openedAt: instant(row.openedAt),
  resolution: resolution && { ...resolution, at: instant(resolution.at) },
});
export type ReviewSummary = ReturnType<typeof reviewSummary>;

const attemptReport = (invoice: Invoice, timeline: readonly HistoryRow[]) => ({
  invoice: invoice.id,
  n: invoice.n,
  gateway: invoice.gateway,
  account: invoice.account,
  mode: invoice.mode,
  method: invoice.method,
  reference: invoice.reference,
  gatewayPaymentId: invoice.gatewayPaymentId,
  status: invoice.status,
  exceptions: invoice.exceptions,
  superseded: invoice.superseded,
  ambiguous: invoice.ambiguous,
  order: invoice.order,
  asked: invoice.payable ?? invoice.quoted,
  received: invoice.received,
  payments: invoice.paymentRecords,
  confirmations: invoice.confirmations,
  createdAt: instant(invoice.createdAt),
  expiresAt: instant(invoice.expiresAt),
  firstReceiptAt: instantOrNull(invoice.firstReceiptAt),
  settledAt: instantOrNull(invoice.settledAt),
  lastReadAt: instantOrNull(invoice.lastReadAt),
  timeline: timeline.map(({ at, event, detail }) => ({ at: instant(at), event, detail })),
});

const instructionReport = (row: InstructionRow) => ({
  kind: row.kind,
  state: row.state,
  invoice: row.invoice,
  note: row.note,
  expected: row.expected,
  answer: row.answer,
  createdAt: instant(row.createdAt),
  doneAt: instantOrNull(row.doneAt),
});

const refundReport = (row: RefundRow) => ({
  refund: row.refundId,
  state: row.state,
  invoice: row.invoice,
  orderAmount: row.orderAmount,
  gatewayAmount: row.gatewayAmount,
  createdAt: instant(row.createdAt),
});

/**
 * An explanation that is safe to paste: plain JSON, instants in ISO 8601. Left out are the claim's token, links to pay,
 * deposit addresses, and the shop's own words of a refund, in which shoppers are named.
 */
export const reviewReport = ({ review, attempts, claim, instructions, refunds }: ReviewExplanation) => ({
  review: reviewSummary(review),
  attempts: attempts.map(({ invoice, timeline }) => attemptReport(invoice, timeline)),
  claim: claim ? { invoice: claim.invoice, state: claim.state, at: instant(claim.at) } : null,
  instructions: instructions.map(instructionReport),
  refunds: refunds.map(refundReport),
});
export type ReviewReport = ReturnType<typeof reviewReport>;
