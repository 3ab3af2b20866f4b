import { randomBytes } from 'node:crypto';
import {
  type Account,
  type Invoice,
  type LedgerTransaction,
  minutes,
  moneySchema,
  newInvoiceId,
  orderKeySchema,
} from '@gatewright/payment-core';
import { openLedger, parseKeyRing } from '@gatewright/payment-ledger';

/** No secret: the ledgers of the benchmark are gone with it. */
export const benchKeys = `bench:${Buffer.alloc(32, 5).toString('base64')}`;

export const webhookSecret = 'whsec_of_the_benchmark';

/** An invoice as Teleport Pay would name it in a webhook. */
export interface OpenInvoice {
  readonly paymentId: string;
  readonly reference: string;
}

export interface LedgerFile {
  readonly account: Account;
  /** Spread evenly over all of them. */
  readonly open: readonly OpenInvoice[];
  /** How many are not open. */
  readonly settled: number;
}

const total = moneySchema.parse({ amount: '49.90', currency: 'USD' });

const invoiceOf = (account: Account, index: number, isOpen: boolean, now: number): Invoice => ({
  id: newInvoiceId(randomBytes),
  store: account.store,
  orderKey: orderKeySchema.parse(String(index + 1)),
  account: account.id,
  gateway: account.gateway,
  mode: account.mode,
  method: null,
  n: 1,
  reference: `${index + 1}-1-${randomBytes(9).toString('base64url')}`,
  status: isOpen ? 'open' : 'settled',
  exceptions: [],
  order: total,
  quoted: total,
  payable: null,
  rate: null,
  valuation: null,
  received: null,
  paymentRecords: [],
  transaction: null,
  confirmations: null,
  gatewayPaymentId: `pay_${randomBytes(8).toString('hex')}`,
  payUrl: `https://gate.teleport.ltd/pay/${randomBytes(12).toString('hex')}`,
  address: null,
  ambiguous: false,
  superseded: false,
  createdAt: now,
  expiresAt: now + minutes(30),
  monitorUntil: now + minutes(30 + 7 * 24 * 60),
  firstReceiptAt: null,
  settledAt: isOpen ? null : now,
  lastReadAt: null,
  nextReadAt: null,
  version: 0,
});

const insert = async (tx: LedgerTransaction, invoice: Invoice, now: number): Promise<void> => {
  await tx.invoices.insert(invoice);
  await tx.orders.put({
    store: invoice.store,
    orderKey: invoice.orderKey,
    mode: invoice.mode,
    total,
    deadline: now + minutes(60),
    state: 'open',
  });
};

const perTransaction = 2_000;

/** Makes a ledger with one connected shop, one Teleport Pay account, and `count` invoices of which `open` are unpaid. */
export const makeLedgerFile = async (path: string, count: number, open: number): Promise<LedgerFile> => {
  const keys = parseKeyRing(benchKeys);
  if (!keys.ok) throw new Error(keys.message);
  const clock = { now: Date.now };
  const opened = await openLedger(`sqlite:${path}`, { clock, random: randomBytes, keys: keys.ring });
  if (!opened.ok) throw new Error(opened.message);
  const { vault, ledger } = opened;
  const added = await vault.addStore({
    name: 'Shop',
    mode: 'live',
    platform: 'woocommerce',
    url: 'https://shop.example',
  });
  if (!added.ok) throw new Error(added.reason);
  const store = added.store.id;
  const credentials = { consumerKey: 'ck_bench', consumerSecret: 'cs_bench' };
  await vault.setStorefrontCredentials(store, credentials, { replace: false });
  await vault.setPluginKey(store, { keyId: 'bench', secret: 'secret-of-the-plugin' });
  const config = { apiKey: 'key', webhookSecret };
  const made = await vault.addAccount({ store, gateway: 'teleport-pay', mode: 'live', config });
  if (!made.ok) throw new Error(made.reason);
  const { account } = made;
  const now = clock.now();
  const every = count / open;
  const invoices = Array.from({ length: count }, (_, index) =>
    invoiceOf(account, index, index % every === 0, now),
  );
  for (let from = 0; from < count; from += perTransaction) {
    await ledger.transact(async (tx) => {
      for (const invoice of invoices.slice(from, from + perTransaction)) await insert(tx, invoice, now);
    });
  }
  await opened.close();
  return {
    account,
    settled: count - open,
    open: invoices
      .filter((invoice) => invoice.status === 'open')
      .map(({ gatewayPaymentId, reference }) => ({ paymentId: gatewayPaymentId ?? '', reference })),
  };
};
