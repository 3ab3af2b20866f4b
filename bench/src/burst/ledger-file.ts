import { randomBytes } from 'node:crypto';
import type { Account } from '@gatewright/payment-core';
import { openLedger, parseKeyRing } from '@gatewright/payment-ledger';
import { insertWithOrder, openInvoice } from '../ledger/invoice.ts';

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
  const settled = { status: 'settled', settledAt: now } as const;
  const invoices = Array.from({ length: count }, (_, index) =>
    openInvoice(account, index, now, index % every === 0 ? {} : settled),
  );
  for (let from = 0; from < count; from += perTransaction) {
    await ledger.transact(async (tx) => {
      for (const invoice of invoices.slice(from, from + perTransaction)) await insertWithOrder(tx, invoice);
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
