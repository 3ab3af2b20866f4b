import { type Clock, minutes } from '../../identity/clock.ts';
import type { InvoiceId } from '../../identity/identity.ts';
import type { Fact } from '../fact.ts';
import type { InvoiceHandle, ReadOutcome } from '../gateway.ts';
import { type Answer, unavailableRead } from '../json-answer.ts';
import { createAgeCheck } from '../newest-first.ts';
import type { XRocketPayClient } from './client.ts';
import { leastPageSize, listPageSize, type XRocketPayInvoice } from './contract.ts';
import { xRocketPayFact } from './status.ts';

/** Our clock and theirs may differ this much. */
const clockSkewMs = minutes(10);
const findPages = 50;
/** Up to this many invoices are read one by one, and as many again of those that the list did not show. */
const fewInvoices = 10;
/** A page of the list must stand for at least this many asked invoices, so that a long history costs little. */
const leastPerPage = 20;

type Page = { readonly invoices: readonly XRocketPayInvoice[]; readonly last: boolean };

/** The list from its beginning, page by page; a page that is more than we read is asked for in smaller ones. */
const createListReader = (client: XRocketPayClient): (() => Promise<Answer<Page>>) => {
  let offset = 0;
  let limit = listPageSize;
  return async () => {
    let answer = await client.listInvoices(limit, offset);
    while (answer.outcome === 'ambiguous' && answer.reason === 'too-large' && limit > leastPageSize) {
      limit = Math.max(leastPageSize, Math.floor(limit / 5));
      answer = await client.listInvoices(limit, offset);
    }
    if (answer.outcome !== 'ok') return answer;
    const { invoices, size } = answer.value;
    offset += size;
    return { outcome: 'ok', value: { invoices, last: size < limit } };
  };
};

const ageCheckOf = (createdAt: number) => {
  const isTooOld = createAgeCheck(createdAt - clockSkewMs);
  return ({ invoices }: Page): boolean =>
    invoices.map((invoice) => isTooOld(invoice.created ?? null)).at(-1) === true;
};

export type Search =
  | { readonly outcome: 'found'; readonly invoice: XRocketPayInvoice }
  | { readonly outcome: 'absent' }
  | ReturnType<typeof unavailableRead>;

/** Looks for our payload: there is no idempotency key and no filter, so the list is walked back to the attempt. */
export const searchInvoice = async (client: XRocketPayClient, handle: InvoiceHandle): Promise<Search> => {
  const nextPage = createListReader(client);
  const endsTooOld = ageCheckOf(handle.createdAt);
  for (let page = 0; page < findPages; page += 1) {
    const answer = await nextPage();
    if (answer.outcome !== 'ok') return unavailableRead(answer);
    const match = answer.value.invoices.find((invoice) => invoice.payload === handle.reference);
    if (match) return { outcome: 'found', invoice: match };
    if (endsTooOld(answer.value) || answer.value.last) return { outcome: 'absent' };
  }
  return { outcome: 'unavailable', reason: 'list-too-long' };
};

type Failure = Exclude<Answer<never>, { outcome: 'ok' }>;

interface Reading {
  readonly client: XRocketPayClient;
  readonly clock: Clock;
  /** Asked for and not found yet. */
  readonly open: Map<string, InvoiceHandle>;
  readonly facts: Map<InvoiceId, readonly Fact[]>;
}

const take = ({ open, facts }: Reading, invoice: XRocketPayInvoice, asOf: number): void => {
  const handle = open.get(invoice.id);
  if (!handle) return;
  facts.set(handle.id, [xRocketPayFact(invoice, 'api', asOf)]);
  open.delete(invoice.id);
};

/** Many at a time: pages of the list, back to the oldest invoice asked for. */
const readFromList = async (reading: Reading): Promise<Failure | undefined> => {
  const { client, clock, open } = reading;
  const nextPage = createListReader(client);
  const oldest = [...open.values()].reduce(
    (least, { createdAt }) => Math.min(least, createdAt),
    Number.POSITIVE_INFINITY,
  );
  const endsTooOld = ageCheckOf(oldest);
  const mostPages = Math.ceil(open.size / leastPerPage);
  for (let page = 0; page < mostPages && open.size > 0; page += 1) {
    const asOf = clock.now();
    const answer = await nextPage();
    if (answer.outcome !== 'ok') return answer;
    for (const invoice of answer.value.invoices) take(reading, invoice, asOf);
    if (endsTooOld(answer.value) || answer.value.last) break;
  }
  return undefined;
};

/** A call each. 404 is absence, which is no fact; an answer that cannot be read does not hide the next one. */
const readOneByOne = async (
  reading: Reading,
): Promise<{ readonly absent: readonly string[]; readonly failure?: Failure }> => {
  const { client, clock, open } = reading;
  const absent: string[] = [];
  let failure: Failure | undefined;
  for (const id of [...open.keys()].slice(0, fewInvoices)) {
    const asOf = clock.now();
    const answer = await client.getInvoice(id);
    if (answer.outcome === 'ok' && answer.value.id === id) take(reading, answer.value, asOf);
    else if (answer.outcome === 'ok') failure = { outcome: 'ambiguous', reason: 'answer-not-as-asked' };
    else if (answer.outcome === 'refused' && answer.reason === 'not-found') absent.push(id);
    else {
      failure = answer;
      if (answer.outcome !== 'ambiguous' || !answer.reason.startsWith('answer-')) break;
    }
  }
  return failure ? { absent, failure } : { absent };
};

/** Few invoices one by one, many through the list; what stands in neither is read by itself before it is absent. */
export const readXRocketPayInvoices = async (
  client: XRocketPayClient,
  clock: Clock,
  handles: readonly InvoiceHandle[],
): Promise<ReadOutcome> => {
  const open = new Map<string, InvoiceHandle>();
  for (const handle of handles) if (handle.gatewayPaymentId) open.set(handle.gatewayPaymentId, handle);
  const reading: Reading = { client, clock, open, facts: new Map() };
  let failure = open.size > fewInvoices ? await readFromList(reading) : undefined;
  if (!failure) {
    const single = await readOneByOne(reading);
    for (const id of single.absent) open.delete(id);
    failure = single.failure;
  }
  if (failure && reading.facts.size === 0) return unavailableRead(failure);
  const unread = new Set([...open.values()].map(({ id }) => id));
  const read = { outcome: 'read', facts: reading.facts, quiet: new Set<InvoiceId>() } as const;
  return unread.size === 0 ? read : { ...read, unread };
};
