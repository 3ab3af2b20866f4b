import { randomBytes } from 'node:crypto';
import { accountIdSchema, type InboxRow, newTimedRowId, pooledRandom } from '@gatewright/payment-core';

const account = accountIdSchema.parse('0123456789abcdefghijkl');
const random = pooledRandom(randomBytes);
const body = Buffer.alloc(1_024, 'x');

/** A webhook of 1 KB as the bridge stores it: one fact, the usual headers. */
export const newEvent = (now: number): InboxRow => ({
  id: newTimedRowId(random, now),
  account,
  gateway: 'teleport-pay',
  headers: {
    host: 'bridge.example',
    connection: 'keep-alive',
    'content-type': 'application/json',
    'user-agent': 'Teleport/1.0',
    'x-webhook-signature': 'a'.repeat(64),
  },
  body,
  receivedAt: now,
  dedupeKey: `pay_0123456789abcdef:${'b'.repeat(32)}`,
  gatewayPaymentId: 'pay_0123456789abcdef',
  reference: '1001-1-abcdefghijkl',
  facts: [
    {
      authority: 'signed',
      gatewayPaymentId: 'pay_0123456789abcdef',
      reference: '1001-1-abcdefghijkl',
      paymentRecord: null,
      status: 'paid',
      wireStatus: 'paid',
      quoted: null,
      received: 'attested',
      final: true,
      forwarded: null,
      confirmations: null,
      transaction: null,
      paidAt: now,
      expiresAt: null,
      exceptions: [],
      asOf: now,
    },
  ],
  state: 'pending',
  note: null,
});
