import { gatewayById, gateways, type RegisteredGateway } from '../../src/gateways/registry.ts';
import { check } from './check/check.ts';
import { createInbox } from './check/inbox.ts';
import type { Violation } from './check/violation.ts';
import { createCorpus } from './corpus.ts';
import { draw, keep, type Stock, subjectIn } from './draw.ts';
import { createIssued } from './input/issued.ts';
import { subjects } from './subjects/index.ts';
import type { Subject } from './subjects/subject.ts';
import { createTally, type Explored } from './tally.ts';

export interface FuzzOptions {
  readonly seed: number;
  readonly inputs: number;
  /** Milliseconds that only grow: the thread's own, so that a busy machine makes nothing slow. */
  readonly now: () => number;
  /** In place of a registered gateway, and the only one to start from: for bugs that are planted on purpose. */
  readonly planted?: RegisteredGateway;
  /** Ends early after so many violations. Default 20. */
  readonly maxViolations?: number;
}

export interface FuzzReport {
  readonly explored: Explored;
  readonly violations: readonly Violation[];
}

/** One in so many also goes through the inbox, and every outcome that nobody has seen. */
const inboxEvery = 8;

/** @throws Error when a registered gateway has no subject: the run would prove too little */
const registeredSubjects = (): readonly Subject[] => {
  const registered = gateways().map(({ id }) => id);
  const missing = registered.filter((id) => !subjects.some(({ gateway }) => gateway === id));
  if (missing.length > 0) throw new Error(`fuzz: ${missing.join(', ')} needs a file in test/fuzz/subjects`);
  return subjects.filter(({ gateway }) => registered.includes(gateway));
};

const createStock = (only?: string): Stock => {
  const issued = createIssued();
  const known = registeredSubjects();
  const starts = known.filter(({ gateway }) => only === undefined || gateway === only);
  return { subjects: known, starts, corpus: createCorpus(known, issued), pool: new Map(), issued };
};

/**
 * Mutates genuine requests and holds every answer of `receiveWebhook` against its promises. An input that brings an
 * outcome nobody has seen becomes a start for further ones. The same seed and number of inputs: the same inputs.
 */
export const fuzz = async (options: FuzzOptions): Promise<FuzzReport> => {
  const { seed, inputs, now, planted, maxViolations = 20 } = options;
  const gatewayOf = (id: string): RegisteredGateway | undefined =>
    planted?.id === id ? planted : gatewayById(id);
  const stock = createStock(planted?.id);
  const inbox = createInbox(stock.subjects, gatewayOf);
  const tally = createTally(stock.corpus.length);
  const violations: Violation[] = [];
  for (let number = 0; number < inputs && violations.length < maxViolations; number += 1) {
    const drawn = draw(stock, seed, number);
    const { input, plan, shape, unspoilt } = drawn;
    const gateway = gatewayOf(input.gateway);
    if (gateway === undefined) throw new Error(`fuzz: no gateway ${input.gateway}`);
    const subject = subjectIn(stock, input);
    const judged = check({ subject, gateway, input, issued: stock.issued, unspoilt, now });
    const isNew = tally.add(input, plan, judged);
    const seldom = isNew || number % inboxEvery === 0;
    const stored = judged.verdict && seldom ? await inbox(input, judged.verdict) : [];
    keep(stock, drawn, isNew);
    const mutators = plan.map(({ name }) => name);
    const where = { gateway: input.gateway, input: number, shape, mutators, request: input };
    violations.push(...[...judged.faults, ...stored].map((fault): Violation => ({ ...fault, ...where })));
  }
  return { explored: tally.explored(), violations };
};
