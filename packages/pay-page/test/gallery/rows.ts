import {
  accountIdSchema,
  type ClaimRow,
  defaultPolicy,
  type Invoice,
  invoiceSchema,
  type Money,
  minutes,
  moneySchema,
  type Network,
  type OrderRow,
  orderKeySchema,
  type PageRow,
  type PageSnapshot,
  pageIdSchema,
  type RefundRow,
  type Store,
  storeIdSchema,
} from '@gatewright/payment-core';

/** 21 November 2026, 14:00 UTC: every page of the gallery is shown at this moment. */
export const now = Date.UTC(2026, 10, 21, 14, 0);

export const money = (amount: string, currency: string, network?: Network): Money =>
  moneySchema.parse({ amount, currency, ...(network === undefined ? {} : { network }) });

export const eur = (amount: string): Money => money(amount, 'EUR');
export const usdtOnTron = (amount: string): Money => money(amount, 'USDT', 'tron');

export const account = accountIdSchema.parse('account_aaaaaaaaaaaaaaa');
const storeId = storeIdSchema.parse('store');
const orderKey = orderKeySchema.parse('1042');

/** Ids as the page has them: 22 characters that can stand in an address. */
export const pageId = (name: string) => pageIdSchema.parse(name.padEnd(22, '_').slice(0, 22));

export const store: Store = { id: storeId, name: 'Tea House', mode: 'live', policy: defaultPolicy };

export const page = (change: Partial<PageRow> = {}): PageRow => ({
  id: pageId('page'),
  store: storeId,
  orderKey,
  orderNumber: '1042',
  amount: eur('49.90'),
  description: 'First flush Darjeeling, 2 × 250 g, and a cast-iron pot',
  returnUrl: 'https://tea.example/order-received/1042',
  cancelUrl: 'https://tea.example/checkout',
  customerEmail: null,
  locale: null,
  account: null,
  method: null,
  orderDeadline: now + minutes(50),
  createdAt: now - minutes(10),
  updatedAt: now - minutes(10),
  ...change,
});

export const order = (change: Partial<OrderRow> = {}): OrderRow => ({
  store: storeId,
  orderKey,
  mode: 'live',
  total: eur('49.90'),
  deadline: now + minutes(50),
  state: 'open',
  ...change,
});

/** An open attempt on Teleport Pay, seven minutes old and with 23 to go. */
export const attempt = (change: Partial<Invoice> = {}): Invoice =>
  invoiceSchema.parse({
    id: 'invoice_aaaaaaaaaaaaaaaa',
    store: storeId,
    orderKey,
    account,
    gateway: 'teleport-pay',
    mode: 'live',
    method: null,
    n: 1,
    reference: '1042-1-aaaa',
    status: 'open',
    exceptions: [],
    order: eur('49.90'),
    quoted: eur('49.90'),
    payable: null,
    rate: null,
    valuation: null,
    received: null,
    paymentRecords: [],
    transaction: null,
    confirmations: null,
    gatewayPaymentId: 'pay_8c8e62e273b54997',
    payUrl: 'https://pay.teleport.ltd/bill/8c8e62e2',
    address: null,
    ambiguous: false,
    superseded: false,
    createdAt: now - minutes(7),
    expiresAt: now + minutes(23),
    monitorUntil: now + minutes(60 * 24 * 7),
    firstReceiptAt: null,
    settledAt: null,
    lastReadAt: null,
    nextReadAt: null,
    version: 1,
    ...change,
  });

/** 54.12 USDT to an address on Tron. */
export const onTron = (change: Partial<Invoice> = {}): Invoice =>
  attempt({
    gateway: 'cryptopayment-center',
    method: 'trc20',
    quoted: money('54.12', 'USD'),
    payable: usdtOnTron('54.12'),
    address: 'TXJgMdjVX5dKiQaUi9QobwNxtSQaFqccvd',
    payUrl: 'https://cryptopayment.center/pay/550e8400-e29b-41d4-a716-446655440000',
    ...change,
  });

export const claim = (change: Partial<ClaimRow> = {}): ClaimRow => ({
  store: storeId,
  orderKey,
  claim: 'claim_aaaaaaaaaaaaaaaa',
  invoice: attempt().id,
  at: now,
  state: 'acknowledged',
  ...change,
});

export const refund = (change: Partial<RefundRow> = {}): RefundRow => ({
  store: storeId,
  invoice: attempt().id,
  refundId: 'refund-1',
  orderAmount: eur('49.90'),
  gatewayAmount: eur('49.90'),
  reason: '',
  state: 'done',
  gatewayRefundId: null,
  answer: null,
  createdAt: now,
  ...change,
});

export const snapshot = (change: Partial<PageSnapshot> = {}): PageSnapshot => ({
  page: page(),
  store,
  order: order(),
  claim: undefined,
  attempts: [],
  refunds: [],
  ...change,
});

/** An order whose attempt has been settled. */
export const settled = (change: Partial<Invoice> = {}, rest: Partial<PageSnapshot> = {}): PageSnapshot =>
  snapshot({
    claim: claim(),
    attempts: [attempt({ status: 'settled', settledAt: now, ...change })],
    ...rest,
  });
