import type { Clock } from '../../identity/clock.ts';
import type { InvoiceId } from '../../identity/identity.ts';
import { blankFact, type Fact } from '../fact.ts';
import type { GatewayAccount, InvoiceHandle } from '../gateway.ts';

const expired = (handle: InvoiceHandle, asOf: number): Fact => ({
  ...blankFact,
  authority: 'api',
  gatewayPaymentId: handle.gatewayPaymentId,
  reference: handle.reference,
  status: 'expired',
  wireStatus: 'expired',
  quoted: handle.quoted,
  asOf,
});

/**
 * Nobody is called: an invoice here exists because we say so. A read only knows the clock; whatever was paid or
 * cancelled came as news, so everything else is quiet.
 */
export const createTestGatewayClient = (clock: Clock): GatewayAccount => ({
  createInvoice: async ({ amount, reference }) =>
    amount === null
      ? { outcome: 'refused', reason: 'amount-missing' }
      : {
          outcome: 'created',
          gatewayPaymentId: reference,
          payUrl: null,
          address: null,
          payable: null,
          expiresAt: null,
        },
  readInvoices: async (handles) => {
    const now = clock.now();
    const isOver = (handle: InvoiceHandle): boolean => handle.expiresAt <= now && handle.received == null;
    const over = handles.filter(isOver);
    return {
      outcome: 'read',
      facts: new Map(over.map((handle): [InvoiceId, readonly Fact[]] => [handle.id, [expired(handle, now)]])),
      quiet: new Set(handles.filter((handle) => !isOver(handle)).map(({ id }) => id)),
    };
  },
  cancelInvoice: async () => ({ outcome: 'canceled' }),
  check: async () => ({ outcome: 'ok', mode: 'test', identity: null, webhookUrl: null }),
});
