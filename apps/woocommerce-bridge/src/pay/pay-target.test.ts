import { type Invoice, invoiceSchema, invoiceStatusSchema } from '@gatewright/payment-core';
import { describe, expect, test } from 'vitest';
import { payTarget } from './pay-target.ts';

const invoice = (change: Partial<Record<keyof Invoice, unknown>>): Invoice =>
  invoiceSchema.parse({
    id: 'invoice-0123456789',
    store: 'store',
    orderKey: '14',
    account: 'account',
    gateway: 'crypto-pay',
    mode: 'test',
    method: null,
    n: 1,
    reference: '14-1-x',
    status: 'open',
    exceptions: [],
    order: { amount: '49.90', currency: 'USD' },
    quoted: null,
    payable: null,
    rate: null,
    valuation: null,
    received: null,
    paymentRecords: [],
    transaction: null,
    confirmations: null,
    gatewayPaymentId: null,
    payUrl: 'https://pay.example/1',
    address: null,
    ambiguous: false,
    superseded: false,
    createdAt: 0,
    expiresAt: 1,
    monitorUntil: 2,
    firstReceiptAt: null,
    settledAt: null,
    lastReadAt: null,
    nextReadAt: null,
    version: 1,
    ...change,
  });

describe("an invoice's link", () => {
  test('leads to the gateway while it can be paid, and to no gateway afterwards', () => {
    const leading = invoiceStatusSchema.options.filter((status) => 'to' in payTarget(invoice({ status })));
    expect(leading).toEqual(['open', 'processing']);
    expect(payTarget(invoice({ superseded: true }))).toMatchObject({ status: 410 });
    expect(payTarget(undefined)).toMatchObject({ status: 404 });
  });

  test('shows address and amount where the gateway has no page', () => {
    const change = {
      payUrl: null,
      address: 'EQB…',
      payable: { amount: '50', currency: 'USDT', network: 'tron' },
    };
    expect(payTarget(invoice(change))).toEqual({
      status: 200,
      title: 'Pay',
      text: 'Send exactly 50 USDT (tron) to the address EQB…',
    });
    expect(payTarget(invoice({ payUrl: null, address: 'EQB…' }))).toMatchObject({ status: 410 });
  });
});
