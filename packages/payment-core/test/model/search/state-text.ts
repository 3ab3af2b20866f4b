import type { MemoryState } from '../../../src/ledger/memory-state.ts';
import { jsonText } from '../process/canonical-text.ts';
import type { Process } from '../process/process.ts';
import { maskIds, renameIds } from '../process/random-ids.ts';
import type { World } from '../world/world.ts';

interface Line {
  readonly text: string;
  /** For sorting by what a line says and not by how its ids are called. */
  readonly masked: string;
}

const line = (text: string): Line => ({ text, masked: maskIds(text) });

const lines = (found: readonly Line[]): string =>
  found
    .toSorted((a, b) => (a.masked < b.masked ? -1 : a.masked > b.masked ? 1 : 0))
    .map(({ text }) => text)
    .join('\n');

/** Rows are replaced, never changed, so what one says is worked out once. */
const tableText = <Row extends object>(said: (row: Row) => unknown) => {
  const known = new WeakMap<Row, Line>();
  const lineOf = (row: Row): Line => {
    const before = known.get(row);
    if (before) return before;
    const after = line(jsonText(said(row)));
    known.set(row, after);
    return after;
  };
  return (rows: Iterable<Row>): string => lines([...rows].map(lineOf));
};

type Row<Table extends keyof MemoryState> = MemoryState[Table] extends Map<string, infer R> ? R : never;

const invoices = tableText<Row<'invoices'>>((row) => row);
const claims = tableText<Row<'claims'>>((row) => row);
const orders = tableText<Row<'orders'>>((row) => row);
const inbox = tableText<Row<'inbox'>>(({ id, account, receivedAt, dedupeKey, state }) => [
  id,
  account,
  receivedAt,
  dedupeKey,
  state,
]);
const instructions = tableText<Row<'instructions'>>(
  ({ id, orderKey, invoice, kind, claim, state, createdAt }) => [
    id,
    orderKey,
    invoice,
    kind,
    claim,
    state,
    createdAt,
  ],
);
const reviews = tableText<Row<'reviews'>>(({ id, key, resolution }) => [id, key, resolution?.decision]);
const refunds = tableText<Row<'refunds'>>(({ invoice, refundId, state, gatewayAmount }) => [
  invoice,
  refundId,
  state,
  gatewayAmount,
]);
const processes = tableText<Process>(({ task, startedAt, log }) => [
  task,
  startedAt,
  log.map(({ at, text }) => [at, text]),
]);

const jobs = (rows: Iterable<Row<'jobs'>>): string =>
  [...rows]
    .sort((a, b) => a.n - b.n)
    .map(({ n, lease, key, runAt, leasedUntil, againAt, dead }) =>
      JSON.stringify([`job ${n}.${lease}`, key, runAt, leasedUntil, againAt, dead]),
    )
    .join('\n');

/**
 * The ledger without what the core never reads again: the timeline, texts for people, the times of facts and reviews,
 * the raw bytes of messages, how often a job was tried.
 */
const ledgerText = (ledger: MemoryState): readonly string[] => [
  invoices(ledger.invoices.values()),
  inbox(ledger.inbox.values()),
  lines([...ledger.facts.keys()].map(line)),
  claims(ledger.claims.values()),
  orders(ledger.orders.values()),
  instructions(ledger.instructions.values()),
  reviews(ledger.reviews.values()),
  refunds(ledger.refunds.values()),
  jobs(ledger.jobs.values()),
];

/** Numbers that are only compared with each other become their places among those of the same name, `pattern`'s first group. */
const ranked = (text: string, pattern: RegExp): string => {
  const found = new Map<string, Set<number>>();
  for (const [, name = '', number] of text.matchAll(pattern)) {
    const numbers = found.get(name) ?? new Set<number>();
    found.set(name, numbers.add(Number(number)));
  }
  const order = new Map([...found].map(([name, numbers]) => [name, [...numbers].sort((a, b) => a - b)]));
  return text.replace(pattern, (_, name: string, number: string) =>
    String(order.get(name)?.indexOf(Number(number))),
  );
};

const leases = /(?<=(job \d+\.))(\d+)/g;
const jobNumbers = /(?<=(job ))(\d+)/g;
const versions = /(?<=(version)\\*":)(\d+)/g;

/**
 * A state as text: two worlds with the same text go on in the same ways. Names of ids are made equal, as
 * are the numbers of jobs, leases and versions, of which only order and equality count.
 */
export const stateText = (world: World): string => {
  const { now, ledger, gateway, shop, faults, decisions, checkouts, refunds: planned, thrown } = world;
  const text = [
    jsonText([now, faults, decisions, checkouts, planned, thrown]),
    jsonText(gateway),
    jsonText(shop.orders),
    jsonText(shop.underWay.map(({ id, kind, claim }) => [id, kind, claim])),
    ...ledgerText(ledger),
    processes(world.processes),
  ].join('\n\n');
  return renameIds([leases, jobNumbers, versions].reduce(ranked, text));
};
