import { describe, expect, it } from 'vitest';
import type { Account, Store } from '../account/account.ts';
import type { ConnectedAccount } from '../account/connect.ts';
import { cryptoPaymentCenter } from '../gateways/cryptopayment-center/index.ts';
import type { Fact } from '../gateways/fact.ts';
import { type RegisteredGateway, register } from '../gateways/registry.ts';
import { tonNft } from '../gateways/ton-nft/index.ts';
import { minutes, seconds } from '../identity/clock.ts';
import { accountIdSchema, storeIdSchema } from '../identity/identity.ts';
import type { Invoice } from '../invoice/invoice.ts';
import { defaultPolicy } from '../invoice/policy.ts';
import { created, sampleFact, sampleInvoice } from '../invoice/sample-invoice.fixture.ts';
import { judgeFact } from './judge-fact.ts';
import { createMemoryLedger } from './memory-ledger.ts';
import type { InboxRow } from './rows.ts';

const store: Store = { id: storeIdSchema.parse('store'), name: 'Shop', mode: 'test', policy: defaultPolicy };
const accountA = accountIdSchema.parse('account');
const accountB = accountIdSchema.parse('other');

const connectedTo = (gateway: RegisteredGateway): ConnectedAccount => {
  const account: Account = {
    id: accountA,
    store: store.id,
    gateway: gateway.id,
    mode: 'test',
    config: {},
    enabled: true,
  };
  const calls: ConnectedAccount['calls'] = {
    createInvoice: async () => ({ outcome: 'refused', reason: 'not-called' }),
    check: async () => ({ outcome: 'refused', reason: 'not-called' }),
  };
  return { account, store, gateway, calls };
};

const hints = connectedTo(register(cryptoPaymentCenter));
const deciding = connectedTo(register(tonNft));

const said = (change: Partial<Fact> = {}): Fact => sampleFact({ received: null, ...change });
const event = (change: Partial<InboxRow> = {}): InboxRow => ({
  id: 'event',
  account: accountA,
  gateway: 'any',
  headers: {},
  body: new Uint8Array(),
  receivedAt: created + minutes(29),
  dedupeKey: 'event',
  gatewayPaymentId: '7',
  reference: null,
  facts: [said({ authority: 'hint' })],
  state: 'pending',
  note: null,
  ...change,
});

const judge = (
  connected: ConnectedAccount,
  fact: Partial<Fact>,
  events: readonly InboxRow[],
  invoice: Partial<Invoice> = {},
  now = created + minutes(40),
) =>
  createMemoryLedger().transact(async (tx) => {
    for (const row of events) await tx.inbox.insert(row);
    const read = sampleFact({ authority: 'api', asOf: now - seconds(1), ...fact });
    return judgeFact(tx, connected, sampleInvoice(invoice), read, undefined, now);
  });

describe('money that a read finds after the expiry, at a gateway that gives no time (invariant 10)', () => {
  const outcome = async (...given: Parameters<typeof judge>) => (await judge(...given)).invoice;
  const inTime = { status: 'settled', exceptions: [], firstReceiptAt: created + minutes(29) };
  const late = { status: 'processing', exceptions: ['late', 'review'] };

  it('is late without a message that told of it', async () => {
    expect(await outcome(hints, {}, [])).toMatchObject(late);
  });

  it('is in time by a message that was received before the expiry', async () => {
    expect(await outcome(hints, {}, [event()])).toMatchObject(inTime);
    expect(await outcome(hints, {}, [event()], { status: 'expired' })).toMatchObject(inTime);
    const seen = event({ facts: [said({ authority: 'hint', status: 'processing' })] });
    expect(await outcome(hints, {}, [seen])).toMatchObject(inTime);
    expect(await outcome(hints, { status: 'processing', final: false }, [event()])).toMatchObject({
      status: 'processing',
      exceptions: [],
      firstReceiptAt: created + minutes(29),
    });
  });

  it('is in time by the first of several messages', async () => {
    const second = event({ id: 'second', receivedAt: created + minutes(35) });
    expect(await outcome(hints, {}, [second, event()])).toMatchObject(inTime);
  });

  it('is in time by the message that named a payment whose create answer was lost', async () => {
    expect(await outcome(hints, {}, [event()], { gatewayPaymentId: null })).toMatchObject(inTime);
  });

  it.each([
    ['came after the expiry', { receivedAt: created + minutes(31) }],
    ['tells of no money', { facts: [said({ status: 'expired' }), said({ status: 'open' })] }],
    ['says a word that nobody knows', { facts: [said({ status: 'unknown' })] }],
    ['says nothing', { facts: [] }],
    ['is about another payment', { gatewayPaymentId: '8' }],
    ['was sent to another account (invariant 6)', { account: accountB }],
    ['was put aside', { state: 'unmatched' }],
    ['was ignored', { state: 'ignored' }],
  ] as const)('is late by a message that %s', async (_name, change) => {
    expect(await outcome(hints, {}, [event(change)])).toMatchObject(late);
  });

  it('is late by a message that a later read has answered: that read did not see this money', async () => {
    const lastReadAt = created + minutes(29) + 1;
    expect(await outcome(hints, {}, [event()], { lastReadAt })).toMatchObject(late);
  });

  it('is in time by a message that came while the last read was under way', async () => {
    expect(await outcome(hints, {}, [event()], { lastReadAt: created + minutes(29) })).toMatchObject(inTime);
  });

  it('is as late as the gateway says where it says it', async () => {
    expect(await outcome(hints, { paidAt: created + minutes(31) }, [event()])).toMatchObject(late);
  });

  it('of a trifle stops no clock (invariant 10)', async () => {
    const received = { ...sampleInvoice().order, amount: '0.10' as Invoice['order']['amount'] };
    expect(await outcome(hints, { received }, [event()])).toMatchObject({ firstReceiptAt: null });
  });
});

describe('a read that needs a person', () => {
  const astray = { status: 'processing', received: null, final: false, exceptions: ['review'] } as const;
  const young = event({ receivedAt: created + minutes(5), facts: [said()] });
  const at = created + minutes(5) + seconds(2);
  const kinds = async (...given: Parameters<typeof judge>) =>
    (await judge(...given)).decisions.map(({ kind }) => kind);

  it('is judged at once where no message waits', async () => {
    expect(await kinds(deciding, astray, [], {}, at)).toEqual(['hold', 'review']);
    const applied = { ...young, state: 'applied' } as const;
    expect(await kinds(deciding, astray, [applied], {}, at)).toEqual(['hold', 'review']);
  });

  it('changes nothing while a message of the payment waits to be applied, and is read again in a minute', async () => {
    const left = await judge(deciding, astray, [young], {}, at);
    expect(left).toMatchObject({ decisions: [], readAgainAt: at + minutes(1) });
    expect(left.invoice).toEqual(sampleInvoice());
  });

  it('is left to a message that names our reference alone', async () => {
    const noting = { ...young, gatewayPaymentId: null, reference: sampleInvoice().reference };
    expect(await kinds(deciding, astray, [noting], {}, at)).toEqual([]);
  });

  it.each([
    ['of another payment', { gatewayPaymentId: '8' }],
    ['of another account (invariant 6)', { account: accountB }],
    ['whose job was given up', { state: 'failed' }],
  ] as const)('is not left to a message %s', async (_name, change) => {
    expect(await kinds(deciding, astray, [{ ...young, ...change }], {}, at)).toEqual(['hold', 'review']);
  });

  it('is not left to a message that waits for this very read', async () => {
    expect(await kinds(hints, astray, [young], {}, at)).toEqual(['hold', 'review']);
  });

  it('is left to an old message once, and for a quarter of an hour to a new one', async () => {
    const before = { lastReadAt: created + minutes(4) };
    const since = { lastReadAt: created + minutes(6) };
    const hour = created + minutes(65);
    expect(await kinds(deciding, astray, [young], before, hour)).toEqual([]);
    expect(await kinds(deciding, astray, [young], since, hour)).toContain('review');
    expect(await kinds(deciding, astray, [young], since, created + minutes(19))).toEqual([]);
  });

  it('needs no look at the inbox where it needs nobody', async () => {
    const seen = { status: 'processing', received: null, final: false } as const;
    expect(await kinds(deciding, seen, [young], {}, at)).toEqual(['hold']);
  });
});
