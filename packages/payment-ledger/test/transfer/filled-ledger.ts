import { randomBytes } from 'node:crypto';
import {
  accountId,
  fullInvoice,
  invoiceId,
  orderKey,
  sampleClaim,
  sampleFact,
  sampleHistory,
  sampleInboxRow,
  sampleInstruction,
  sampleInvoice,
  sampleOrder,
  samplePage,
  sampleRefund,
  sampleResolution,
  sampleReview,
  storeId,
} from '@gatewright/conformance';
import { minutes } from '@gatewright/payment-core';
import type { KeyRing, OpenedSqlLedger, Vault } from '../../src/index.ts';

export const keys: KeyRing = { current: 'k1', keys: new Map([['k1', new Uint8Array(randomBytes(32))]]) };
export const secret = 'sk_live_9d2f7a61c04e';

type Filled = OpenedSqlLedger & { readonly vault: Vault };

const fillVault = async ({ vault }: Filled) => {
  const shop = {
    name: 'Übershop',
    mode: 'test',
    platform: 'woocommerce',
    url: 'https://shop.example',
  } as const;
  const added = await vault.addStore(shop);
  if (!added.ok) throw new Error(added.reason);
  const { id: store } = added.store;
  await vault.addAccount({ store, gateway: 'crypto-pay', mode: 'test', config: { token: secret } });
  await vault.setPluginKey(store, { keyId: 'plugin', secret });
  await vault.setStorefrontCredentials(store, { secret }, { replace: false });
  await vault.issueCode('pairing', store, minutes(10));
  await vault.useNonce('plugin', 'nonce', 9_999_999_999_999);
  await vault.addOperator(store, 'ann');
  return store;
};

/** Of a process that uses the exported ledger. */
export const lease = { name: 'work:one', holder: 'exported' } as const;

/** Something in every table, jobs in every state. @returns the store */
export const fill = async (opened: Filled) => {
  const { ledger, jobs } = opened;
  await ledger.transact(async (tx) => {
    await tx.invoices.insert(fullInvoice('full'));
    for (let i = 0; i < 450; i += 1) await tx.invoices.insert(sampleInvoice(`many-${i}`, { nextReadAt: i }));
    await tx.inbox.insert(
      sampleInboxRow('strange', { facts: [sampleFact], note: `\ud83d\ude00 ' " \\ \u202e` }),
    );
    await tx.facts.remember(accountId('account-a'), 'event', invoiceId('full'), 5);
    await tx.claims.take(sampleClaim('claim'));
    for (const key of ['a', 'B', 'ä', 'Z', '_'])
      await tx.orders.put(sampleOrder({ orderKey: orderKey(key) }));
    await tx.pages.insert(samplePage('page', { customerEmail: 'ann@example.test' }));
    await tx.instructions.insert(sampleInstruction('instruction'));
    await tx.reviews.open(sampleReview('review'));
    await tx.reviews.resolve(storeId('store-a'), 'review', sampleResolution);
    await tx.history.append(sampleHistory('created'));
    await tx.refunds.insert(sampleRefund('refund'));
    await tx.leases.take(lease, 1, 9_999_999_999_999);
    for (const name of ['waiting', 'retried', 'buried', 'leased', 'asked-again'])
      await tx.jobs.enqueue(
        { kind: 'read-invoice', invoice: invoiceId(name) },
        name === 'waiting' ? 9_000 : 10,
      );
  });
  const leased = await jobs.lease(20, 1_000, 10);
  const idOf = (name: string): string =>
    leased.find(({ job }) => job.kind === 'read-invoice' && job.invoice === invoiceId(name))?.id ?? '';
  await jobs.retry(idOf('retried'), 500, 'unreachable');
  await jobs.bury(idOf('buried'), 'for good');
  await ledger.transact((tx) =>
    tx.jobs.enqueue({ kind: 'read-invoice', invoice: invoiceId('asked-again') }, 700),
  );
  return fillVault(opened);
};

export const exportLines = async (opened: OpenedSqlLedger): Promise<string[]> => {
  const lines: string[] = [];
  await opened.transfer.export(async (line) => {
    lines.push(line);
  });
  return lines;
};

export async function* linesOf(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines;
}
