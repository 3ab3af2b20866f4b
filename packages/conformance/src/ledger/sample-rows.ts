import {
  accountIdSchema,
  type ClaimRow,
  type Fact,
  factSchema,
  type HistoryRow,
  type InboxRow,
  type InstructionRow,
  type Invoice,
  invoiceIdSchema,
  invoiceSchema,
  type Money,
  moneySchema,
  type OrderRow,
  orderKeySchema,
  type PageRow,
  pageIdSchema,
  type RefundRow,
  type ReviewRow,
  storeIdSchema,
} from '@gatewright/payment-core';

export const storeId = (name: string) => storeIdSchema.parse(name);
export const accountId = (name: string) => accountIdSchema.parse(name);
export const orderKey = (name: string) => orderKeySchema.parse(name);
/** Padded to the length that ids in URLs have. */
export const invoiceId = (name: string) => invoiceIdSchema.parse(name.padEnd(22, '-'));

/** Padded to the length that ids in URLs have. */
export const pageId = (name: string) => pageIdSchema.parse(name.padEnd(22, '-'));

export const eur = (amount: string): Money => moneySchema.parse({ amount, currency: 'EUR' });

/** An open attempt whose identity follows from `name`, so that two names never collide. */
export const sampleInvoice = (name: string, change: Partial<Invoice> = {}): Invoice => ({
  ...invoiceSchema.parse({
    id: invoiceId(name),
    store: 'store-a',
    orderKey: `order-${name}`,
    account: 'account-a',
    gateway: 'crypto-pay',
    mode: 'test',
    method: null,
    n: 1,
    reference: `reference-${name}`,
    status: 'open',
    exceptions: [],
    order: { amount: '49.90', currency: 'EUR' },
    quoted: null,
    payable: null,
    rate: null,
    valuation: null,
    received: null,
    paymentRecords: [],
    transaction: null,
    confirmations: null,
    gatewayPaymentId: `payment-${name}`,
    payUrl: null,
    address: null,
    ambiguous: false,
    superseded: false,
    createdAt: 1_000,
    expiresAt: 2_000,
    monitorUntil: 3_000,
    firstReceiptAt: null,
    settledAt: null,
    lastReadAt: null,
    nextReadAt: null,
    version: 0,
  }),
  ...change,
});

/** Every field that can be set is set, with digits that a float or a 32-bit integer would lose. */
export const fullInvoice = (name: string): Invoice =>
  invoiceSchema.parse({
    ...sampleInvoice(name),
    mode: 'live',
    method: 'USDT:tron',
    n: 12,
    status: 'settled',
    exceptions: ['late', 'overpaid'],
    order: { amount: '49.90', currency: 'EUR' },
    quoted: { amount: '54.89100', currency: 'USD' },
    payable: { amount: '1797654321.123456789012345678', currency: 'ETH', network: 'ethereum' },
    rate: { from: 'EUR', to: 'USD', value: '1.10', source: 'ecb', at: 1_795_255_200_000 },
    valuation: {
      from: 'TON',
      to: 'EUR',
      value: '2.000000000000000001',
      source: 'test',
      at: 1_795_255_200_001,
    },
    received: { amount: '0.000000000000000001', currency: 'ETH', network: 'ethereum' },
    paymentRecords: ['9007199254740993', 'b'],
    transaction: '0xabc',
    confirmations: { received: 2, required: 12 },
    payUrl: 'https://pay.example/i/1?x=1&y=ü',
    address: 'EQ-äöü-地址',
    ambiguous: true,
    superseded: true,
    createdAt: 1_795_255_200_002,
    expiresAt: 1_795_255_200_003,
    monitorUntil: 1_795_255_200_004,
    firstReceiptAt: 1_795_255_200_005,
    settledAt: 1_795_255_200_006,
    lastReadAt: 1_795_255_200_007,
    nextReadAt: 1_795_255_200_008,
    version: 7,
  });

export const sampleInboxRow = (id: string, change: Partial<InboxRow> = {}): InboxRow => ({
  id,
  account: accountId('account-a'),
  gateway: 'gatenoc',
  headers: { 'content-type': 'application/json', 'x-quote': `"';--` },
  body: new Uint8Array([0, 255, 10, 34, 195, 40]),
  receivedAt: 1_795_255_200_000,
  dedupeKey: 'event',
  gatewayPaymentId: null,
  reference: null,
  facts: [],
  state: 'pending',
  note: null,
  ...change,
});

/** With digits that a float would lose. */
export const sampleFact: Fact = factSchema.parse({
  authority: 'signed',
  gatewayPaymentId: '9007199254740993',
  reference: 'reference-one',
  paymentRecord: 'record-1',
  status: 'paid',
  wireStatus: 'PAID',
  quoted: { amount: '49.90', currency: 'EUR' },
  received: { amount: '1797654321.123456789012345678', currency: 'ETH', network: 'ethereum' },
  final: true,
  forwarded: null,
  confirmations: { received: 1, required: 12 },
  transaction: '0xabc',
  paidAt: 1_795_255_200_000,
  expiresAt: null,
  exceptions: ['late'],
  asOf: 1_795_255_200_001,
});

export const sampleClaim = (claim: string, change: Partial<ClaimRow> = {}): ClaimRow => ({
  store: storeId('store-a'),
  orderKey: orderKey('order-1'),
  claim,
  invoice: invoiceId(claim),
  at: 1_795_255_200_000,
  state: 'held',
  ...change,
});

export const sampleOrder = (change: Partial<OrderRow> = {}): OrderRow => ({
  store: storeId('store-a'),
  orderKey: orderKey('order-1'),
  mode: 'test',
  total: eur('49.90'),
  deadline: 1_795_255_200_000,
  state: 'open',
  ...change,
});

export const samplePage = (name: string, change: Partial<PageRow> = {}): PageRow => ({
  id: pageId(name),
  store: storeId('store-a'),
  orderKey: orderKey('order-1'),
  orderNumber: '№ 1042',
  amount: eur('49.90'),
  description: `Two "mugs" & <b>a pot</b>`,
  returnUrl: 'https://shop.example/thanks?order=1&key=ü',
  cancelUrl: 'https://shop.example/cart',
  customerEmail: null,
  locale: null,
  account: null,
  method: null,
  orderDeadline: null,
  createdAt: 1_795_255_200_000,
  updatedAt: 1_795_255_200_000,
  ...change,
});

export const sampleInstruction = (id: string, change: Partial<InstructionRow> = {}): InstructionRow => ({
  id,
  store: storeId('store-a'),
  orderKey: orderKey('order-1'),
  invoice: invoiceId('one'),
  kind: 'settle',
  claim: 'claim-1',
  transaction: '0xabc',
  expected: eur('49.90'),
  note: 'Paid 49.90 EUR',
  state: 'pending',
  answer: null,
  createdAt: 1_795_255_200_000,
  doneAt: null,
  ...change,
});

export const sampleReview = (id: string, change: Partial<ReviewRow> = {}): ReviewRow => ({
  id,
  store: storeId('store-a'),
  account: accountId('account-a'),
  invoice: invoiceId('one'),
  orderKey: orderKey('order-1'),
  kind: 'underpaid',
  key: 'underpaid:one',
  detail: 'Paid 40 of 49.90 EUR',
  openedAt: 1_795_255_200_000,
  resolution: null,
  ...change,
});

export const sampleResolution: NonNullable<ReviewRow['resolution']> = {
  by: 'operator@example.test',
  reason: 'the shopper paid the rest in cash',
  decision: 'settle',
  at: 1_795_255_200_009,
};

export const sampleHistory = (event: string, change: Partial<HistoryRow> = {}): HistoryRow => ({
  invoice: invoiceId('one'),
  at: 1_795_255_200_000,
  event,
  detail: 'open → processing',
  ...change,
});

export const sampleRefund = (refundId: string, change: Partial<RefundRow> = {}): RefundRow => ({
  store: storeId('store-a'),
  invoice: invoiceId('one'),
  refundId,
  orderAmount: eur('10.00'),
  gatewayAmount: moneySchema.parse({ amount: '10.000000000000000001', currency: 'USDT', network: 'bsc' }),
  reason: 'returned goods',
  state: 'sending',
  gatewayRefundId: null,
  answer: null,
  createdAt: 1_795_255_200_000,
  ...change,
});
