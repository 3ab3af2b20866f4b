import type { MemoryState } from '../../../src/ledger/memory-state.ts';
import type { World } from '../world/world.ts';

/** What is said of one row, and under which name: a change of the words is a change worth telling. */
type Words<R> = (row: R) => readonly [name: string, says: string];
type Row<Table extends keyof MemoryState> = MemoryState[Table] extends Map<string, infer R> ? R : never;

const changed = <R>(before: Iterable<R>, after: Iterable<R>, words: Words<R>): readonly string[] => {
  const known = new Map([...before].map(words));
  const found: string[] = [];
  for (const [name, says] of [...after].map(words)) {
    const earlier = known.get(name);
    known.delete(name);
    if (earlier === undefined) found.push(`${name}: ${says}`);
    else if (earlier !== says) found.push(`${name}: ${earlier} → ${says}`);
  }
  for (const name of known.keys()) found.push(`${name}: done and gone`);
  return found;
};

const invoice: Words<Row<'invoices'>> = ({ reference, status, exceptions, superseded, ambiguous }) => [
  `invoice ${reference}`,
  [status, ...exceptions, ...(superseded ? ['superseded'] : []), ...(ambiguous ? ['ambiguous'] : [])].join(
    ' ',
  ),
];
const event: Words<Row<'inbox'>> = ({ id, dedupeKey, state }) => [
  `event ${dedupeKey} ${id.slice(4, 12)}`,
  state,
];
const claim: Words<Row<'claims'>> = ({ orderKey, state, claim: token }) => [
  `claim on ${orderKey}`,
  `${state} (${token.slice(4, 12)})`,
];
const order: Words<Row<'orders'>> = ({ orderKey, state }) => [`our order ${orderKey}`, state];
const instruction: Words<Row<'instructions'>> = ({ id, kind, state, answer }) => [
  `instruction ${kind} ${id.slice(4, 12)}`,
  answer === null ? state : `${state} (${answer})`,
];
const review: Words<Row<'reviews'>> = ({ kind, resolution }) => [
  `review item ${kind}`,
  resolution === null ? 'open' : 'resolved',
];
const refund: Words<Row<'refunds'>> = ({ refundId, state }) => [`refund ${refundId}`, state];
const job: Words<Row<'jobs'>> = ({ job: { kind }, n, leasedUntil, dead }) => [
  `job ${n} ${kind}`,
  dead !== null ? 'buried' : leasedUntil === null ? 'waiting' : 'taken',
];

const inLedger = (before: MemoryState, after: MemoryState): readonly string[] => [
  ...changed(before.inbox.values(), after.inbox.values(), event),
  ...changed(before.invoices.values(), after.invoices.values(), invoice),
  ...changed(before.claims.values(), after.claims.values(), claim),
  ...changed(before.orders.values(), after.orders.values(), order),
  ...changed(before.instructions.values(), after.instructions.values(), instruction),
  ...changed(before.reviews.values(), after.reviews.values(), review),
  ...changed(before.refunds.values(), after.refunds.values(), refund),
  ...changed(before.jobs.values(), after.jobs.values(), job),
];

/** What one step changed, line by line. */
export const changes = (before: World, after: World): readonly string[] => [
  ...changed(before.gateway.invoices, after.gateway.invoices, ({ id, state, refunded }) => [
    `at the gateway ${id}`,
    refunded.length === 0 ? state : `${state}, paid back ${refunded.length} times`,
  ]),
  ...changed(before.gateway.messages, after.gateway.messages, ({ id, says, state }) => [
    `message ${id} ("${says.state}")`,
    state,
  ]),
  ...inLedger(before.ledger, after.ledger),
  ...changed(before.shop.orders, after.shop.orders, ({ key, status, total, fulfilments, decided }) => [
    `in the shop ${key}`,
    `${status}, ${total}, fulfilled ${fulfilments}×${decided ? `, decided by a person` : ''}`,
  ]),
  ...after.thrown.filter((error) => !before.thrown.includes(error)),
];
