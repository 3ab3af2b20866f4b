import {
  type InstructionRow,
  invoiceSchema,
  moneySchema,
  orderKeySchema,
  storeIdSchema,
} from '@gatewright/payment-core';
import { alone, type FakeState, fakeCart, fakeShop } from './fake-shop.fixture.ts';
import { medusaStorefront } from './tell-shop.ts';
import type { Turns } from './turns.ts';

export const store = storeIdSchema.parse('medusa');
export const orderKey = orderKeySchema.parse(fakeCart);
export const eur = (amount: string) => moneySchema.parse({ amount, currency: 'EUR' });

export const invoice = invoiceSchema.parse({
  id: 'invoice_aaaaaaaaaaaaaaaa',
  store,
  orderKey,
  account: 'pp_gatewright_main',
  gateway: 'crypto-pay',
  mode: 'test',
  method: null,
  n: 1,
  reference: 'cart_1-1',
  status: 'settled',
  exceptions: [],
  order: eur('24.99'),
  quoted: eur('24.99'),
  payable: null,
  rate: null,
  valuation: null,
  received: null,
  paymentRecords: [],
  transaction: null,
  confirmations: null,
  gatewayPaymentId: '7',
  payUrl: null,
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
});

export const instruction = (
  kind: InstructionRow['kind'],
  change: Partial<InstructionRow> = {},
): InstructionRow => ({
  id: 'instruction_1',
  store,
  orderKey,
  invoice: invoice.id,
  kind,
  claim: kind === 'settle' ? 'claim_1' : null,
  transaction: null,
  expected: kind === 'settle' ? eur('24.99') : null,
  note: '',
  state: 'pending',
  answer: null,
  createdAt: 0,
  doneAt: null,
  ...change,
});

/** A storefront in a shop that is as `changes` say; `holder` is the claim that the ledger names. */
export const scene = (changes: Partial<FakeState> = {}, turns: Turns = alone, holder?: string) => {
  const { shop, state, ran, said } = fakeShop(changes);
  const reported: string[] = [];
  const report = async (_row: InstructionRow, what: string) => void reported.push(what);
  const storefront = medusaStorefront({
    shop: () => shop,
    turns,
    reports: { declined: report, odd: report },
    claimOf: async () => holder,
    isOurs: (provider) => provider.startsWith('pp_gatewright_'),
  });
  const tell = (kind: InstructionRow['kind'], change: Partial<InstructionRow> = {}) =>
    storefront.tell(instruction(kind, change), invoice);
  const read = () => storefront.readOrder(store, orderKey);
  return { tell, read, state, ran, reported, said, shop };
};

export const order = { status: 'pending', total: '24.99' };
export const waiting = { order, cart: { total: '24.99', completed: true } };
