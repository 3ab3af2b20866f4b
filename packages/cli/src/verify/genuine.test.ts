import { describe, expect, it } from 'vitest';
import {
  cpcBody,
  cpcInvoice,
  cpcSignature,
  edited,
  lineOf,
  ruling,
  sender,
  senders,
} from './signed-line.fixture.ts';
import { verifyLine } from './verify-line.ts';

const factsOf = (line: string) => {
  const answer = verifyLine(line);
  if (answer.verdict !== 'accept') throw new Error(`${answer.layer} ${answer.reason}`);
  return answer.facts;
};

describe('a genuine webhook', () => {
  it.each([
    ['teleport-pay', { status: 'paid', authority: 'signed', gatewayPaymentId: 'pay_8c8e62e273b54997' }],
    ['ton-nft', { status: 'paid', authority: 'signed', gatewayPaymentId: '8f3c5a02-11d4-4c0e-9e21' }],
    ['crypto-pay', { status: 'paid', authority: 'signed', gatewayPaymentId: '528347' }],
    ['cryptopayment-center', { status: 'paid', authority: 'hint', gatewayPaymentId: cpcInvoice }],
    ['gatenoc', { status: 'paid', authority: 'signed', paymentRecord: '42', reference: '1234-1' }],
    ['xrocket-pay', { status: 'paid', authority: 'signed', gatewayPaymentId: '84211', reference: '1234-1' }],
  ])('%s is accepted with its fact', (gateway, fact) => {
    const answer = verifyLine(lineOf(gateway));
    expect(answer).toMatchObject({ id: `${gateway} 1`, verdict: 'accept', reason: 'accepted', layer: null });
    expect(factsOf(lineOf(gateway))).toEqual([expect.objectContaining(fact)]);
    expect(answer.verdict === 'accept' && answer.dedupeKey).toMatch(/\S/);
  });

  it('prints instants as ISO 8601 and amounts with the digits of the wire', () => {
    expect(factsOf(lineOf('crypto-pay'))).toEqual([
      expect.objectContaining({ paidAt: '2026-06-01T11:59:05.000Z', asOf: '2026-06-01T12:00:00.000Z' }),
    ]);
    expect(factsOf(lineOf('teleport-pay'))).toEqual([
      expect.objectContaining({ quoted: { amount: '49.90', currency: 'USD' } }),
    ]);
  });

  it('CPC-1: the unsigned half of a CryptoPayment.center webhook is in no fact', () => {
    const forged = {
      amount_usd: 999,
      paid_amount: 999,
      order_id: 'other',
      txid: 'forged',
      status: 'expired',
    };
    expect(factsOf(lineOf('cryptopayment-center', { body: cpcBody(forged) }))).toEqual(
      factsOf(lineOf('cryptopayment-center')),
    );
  });

  it.each([
    ['teleport-pay', '"paid"', '"frozen"', 'unknown'],
    ['crypto-pay', '"status":"paid"', '"status":"frozen"', 'unknown'],
    ['gatenoc', '"completed"', '"frozen"', 'unknown'],
    ['xrocket-pay', '"paid","expiredIn"', '"frozen","expiredIn"', 'unknown'],
  ])('%s: an unknown status is accepted and never paid', (gateway, from, to, status) => {
    const body = edited(sender(gateway), from, to);
    expect(factsOf(lineOf(gateway, { body }))).toEqual([expect.objectContaining({ status })]);
  });

  it('CP-2: an unknown event type is accepted, without facts', () => {
    const body = edited(sender('crypto-pay'), 'invoice_paid', 'invoice_gifted');
    expect(verifyLine(lineOf('crypto-pay', { body }))).toMatchObject({
      verdict: 'accept',
      reason: 'unknown-update-type',
      facts: [],
    });
  });

  it('CPC-3: an undocumented event behind an invoice id is genuine, and ignored', () => {
    const body = cpcBody({
      event: 'payment.refunded',
      signature: cpcSignature(cpcInvoice, 'payment.refunded'),
    });
    expect(ruling(lineOf('cryptopayment-center', { body }))).toBe('accept unknown-event');
  });

  it('header names have no case, and one value may stand in an array', () => {
    for (const { gateway, body, sign } of senders) {
      const headers = Object.fromEntries(
        Object.entries(sign(body)).map(([name, value]) => [name.toUpperCase(), [value]]),
      );
      expect(ruling(lineOf(gateway, { headers }))).toBe('accept accepted');
    }
  });
});
