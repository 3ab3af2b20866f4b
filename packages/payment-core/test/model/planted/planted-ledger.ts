import type { Invoice } from '../../../src/invoice/invoice.ts';
import type { InvoiceTable, JobTable, Ledger, LedgerTransaction } from '../../../src/ledger/ledger.ts';
import type { MemoryLedger } from '../../../src/ledger/memory-ledger.ts';
import type { Design } from './design.ts';

type Change = (tx: LedgerTransaction) => Partial<LedgerTransaction>;

const oneStep = { what: 'a transaction', outcomes: ['ok'] } as const;

/** Every transaction is one step as it should be, and some of its tables behave otherwise. */
export const withTables =
  (change: Change): Design['ledger'] =>
  (memory, door) => ({
    transact: (work) => door.ask(oneStep, () => memory.transact((tx) => work({ ...tx, ...change(tx) }))),
  });

/** The unique claim does not decide: whoever takes it has it. */
export const claimAlwaysWins: Change = ({ claims }) => ({
  claims: {
    ...claims,
    async take(row) {
      const holder = await claims.byOrder(row.store, row.orderKey);
      if (holder) await claims.setState(row.store, row.orderKey, holder.claim, 'released');
      return claims.take(row);
    },
  },
});

/** No event key: every redelivery is taken for a new fact. */
export const forgetsFacts: Change = ({ facts }) => ({
  facts: {
    async remember(...fact) {
      await facts.remember(...fact);
      return true;
    },
  },
});

/** Whoever asks for a refund looks at no earlier one, and none keeps another from being sent. */
export const forgetsRefunds: Change = ({ refunds }) => ({
  refunds: {
    ...refunds,
    async insert(row) {
      await refunds.insert(row);
      return true;
    },
    byId: async () => undefined,
  },
});

/** Nobody looks after a refund whose process died. */
export const checksNoRefund: Change = ({ jobs }) => ({
  jobs: {
    async enqueue(job, runAt) {
      if (job.kind !== 'check-refund') await jobs.enqueue(job, runAt);
    },
  },
});

/** Job and inbox row are two transactions, and the second one comes after the 2xx. */
export const jobAfterAnswer: Design['ledger'] = (memory, door) => {
  const owed: Parameters<JobTable['enqueue']>[] = [];
  const transact: Ledger['transact'] = async (work) => {
    const { result, later } = await door.ask(oneStep, async () => {
      const asked: typeof owed = [];
      const result = await memory.transact((tx) => {
        const enqueue: JobTable['enqueue'] = async (...job) => {
          if (job[0].kind === 'apply-event') asked.push(job);
          else await tx.jobs.enqueue(...job);
        };
        return work({ ...tx, jobs: { enqueue } });
      });
      return { result, later: asked };
    });
    owed.push(...later);
    return result;
  };
  return {
    transact,
    async afterAnswer() {
      for (const job of owed.splice(0))
        await door.ask({ what: 'enqueueing the job', outcomes: ['ok'] }, () =>
          memory.transact((tx) => tx.jobs.enqueue(...job)),
        );
    },
  };
};

type Versions = 'checked' | 'ignored';

/** Reads see the rows of the step before; writes go to the rows of now. */
const staleInvoices = (live: InvoiceTable, rows: Map<string, Invoice>, versions: Versions): InvoiceTable => {
  const where = (test: (row: Invoice) => boolean): Invoice[] => [...rows.values()].filter(test);
  return {
    ...live,
    async insert(invoice) {
      rows.set(invoice.id, invoice);
      return live.insert(invoice);
    },
    async update(next) {
      const now = versions === 'ignored' ? await live.byId(next.id) : undefined;
      const written = await live.update({ ...next, version: now?.version ?? next.version });
      if (written) rows.set(next.id, { ...next, version: (now?.version ?? next.version) + 1 });
      return written;
    },
    byId: async (id) => rows.get(id),
    byGatewayPaymentId: async (account, id) =>
      where((row) => row.account === account && row.gatewayPaymentId === id)[0],
    byReference: async (account, reference) =>
      where((row) => row.account === account && row.reference === reference)[0],
    ofOrder: async (store, orderKey) => where((row) => row.store === store && row.orderKey === orderKey),
  };
};

const rowsNow = (memory: MemoryLedger): readonly Invoice[] => [...memory.snapshot().invoices.values()];

/** A transaction reads invoices in one step and writes in the next: others come between. */
export const readsOutside =
  (versions: Versions): Design['ledger'] =>
  (memory, door) => ({
    async transact(work) {
      const seen = await door.ask({ what: 'reading invoices', outcomes: ['ok'] }, async () =>
        rowsNow(memory),
      );
      return door.ask({ what: 'writing', outcomes: ['ok'] }, () => {
        const rows = new Map(seen.map((row) => [row.id, row]));
        return memory.transact((tx) => work({ ...tx, invoices: staleInvoices(tx.invoices, rows, versions) }));
      });
    },
  });
