import { describe, expect, it } from 'vitest';
import { type OpenLedger, onLedger } from './open-ledger.ts';
import { accountId, invoiceId, sampleFact, sampleInboxRow } from './sample-rows.ts';

const accountA = accountId('account-a');
const accountB = accountId('account-b');

export const describeInbox = (open: OpenLedger): void => {
  describe('inbox', () => {
    it(
      'keeps the bytes, headers and facts as they came',
      onLedger(open, async ({ ledger }) => {
        const rows = [
          sampleInboxRow('one', {
            gatewayPaymentId: '9007199254740993',
            reference: 'r',
            facts: [sampleFact, { ...sampleFact, received: 'attested' }],
          }),
          sampleInboxRow('two', {
            body: new Uint8Array(0),
            headers: {},
            state: 'unmatched',
            note: 'unknown',
          }),
        ];
        await ledger.transact(async (tx) => {
          for (const row of rows) await tx.inbox.insert(row);
        });
        const read = await ledger.transact(async (tx) => [
          await tx.inbox.byId('one'),
          await tx.inbox.byId('two'),
        ]);
        expect(read).toEqual(rows);
        expect(await ledger.transact((tx) => tx.inbox.byId('three'))).toBeUndefined();
      }),
    );

    it(
      'takes two deliveries of one event, for its dedupe key is not unique',
      onLedger(open, async ({ ledger }) => {
        await ledger.transact(async (tx) => {
          await tx.inbox.insert(sampleInboxRow('one', { dedupeKey: 'same' }));
          await tx.inbox.insert(sampleInboxRow('two', { dedupeKey: 'same' }));
        });
        expect((await ledger.transact((tx) => tx.inbox.byId('two')))?.dedupeKey).toBe('same');
        const repeated = ledger.transact((tx) => tx.inbox.insert(sampleInboxRow('one')));
        await expect(repeated).rejects.toThrow();
      }),
    );

    it(
      'changes the state of one row, and throws for a row that is not there',
      onLedger(open, async ({ ledger }) => {
        await ledger.transact(async (tx) => {
          await tx.inbox.insert(sampleInboxRow('one'));
          await tx.inbox.insert(sampleInboxRow('two'));
          await tx.inbox.setState('one', 'failed', 'a bug');
        });
        const read = await ledger.transact(async (tx) => [
          await tx.inbox.byId('one'),
          await tx.inbox.byId('two'),
        ]);
        expect(read).toEqual([
          sampleInboxRow('one', { state: 'failed', note: 'a bug' }),
          sampleInboxRow('two'),
        ]);
        await expect(ledger.transact((tx) => tx.inbox.setState('no', 'applied', null))).rejects.toThrow();
      }),
    );

    it.each(['unmatched', 'pending'] as const)(
      'finds %s rows of the account by payment or reference, oldest first (NFT-3, invariant 6)',
      (state) =>
        onLedger(open, async ({ ledger }) => {
          const others = (['unmatched', 'pending', 'applied', 'ignored', 'failed'] as const).filter(
            (other) => other !== state,
          );
          const named = { state, gatewayPaymentId: 'p', reference: 'r' } as const;
          await ledger.transact(async (tx) => {
            await tx.inbox.insert(sampleInboxRow('younger', { ...named, reference: null, receivedAt: 9 }));
            await tx.inbox.insert(
              sampleInboxRow('older', { ...named, gatewayPaymentId: null, receivedAt: 3 }),
            );
            await tx.inbox.insert(sampleInboxRow('both', { ...named, receivedAt: 3 }));
            for (const other of others)
              await tx.inbox.insert(sampleInboxRow(other, { ...named, state: other }));
            await tx.inbox.insert(sampleInboxRow('nameless', { state }));
            await tx.inbox.insert(sampleInboxRow('stranger', { ...named, account: accountB }));
            await tx.inbox.insert(sampleInboxRow('left', named));
            await tx.inbox.setState('left', state === 'pending' ? 'failed' : 'applied', null);
            await tx.inbox.insert(sampleInboxRow('came', { ...named, state: 'ignored', receivedAt: 11 }));
            await tx.inbox.setState('came', state, null);
          });
          const find = async (account: typeof accountA, payment: string | null, reference: string | null) => {
            const rows = await ledger.transact((tx) => tx.inbox[state](account, payment, reference));
            return rows.map((row) => row.id);
          };
          expect(await find(accountA, 'p', 'r')).toEqual(['older', 'both', 'younger', 'came']);
          expect(await find(accountA, 'p', null)).toEqual(['both', 'younger', 'came']);
          expect(await find(accountA, null, 'r')).toEqual(['older', 'both', 'came']);
          expect(await find(accountA, null, null)).toEqual([]);
          expect(await find(accountA, 'r', 'p')).toEqual([]);
          expect(await find(accountB, 'p', 'r')).toEqual(['stranger']);
        })(),
    );
  });

  describe('facts', () => {
    it(
      'are remembered once per account, event and invoice',
      onLedger(open, async ({ ledger }) => {
        const one = invoiceId('one');
        const remember = (account = accountA, event = 'e', invoice = one) =>
          ledger.transact((tx) => tx.facts.remember(account, event, invoice, 5));
        const parallel = await Promise.all(Array.from({ length: 20 }, () => remember()));
        expect(parallel.filter(Boolean)).toHaveLength(1);
        expect(await remember(accountB)).toBe(true);
        expect(await remember(accountA, 'f')).toBe(true);
        expect(await remember(accountA, 'e', invoiceId('two'))).toBe(true);
        expect(await remember(accountB)).toBe(false);
      }),
    );
  });
};
