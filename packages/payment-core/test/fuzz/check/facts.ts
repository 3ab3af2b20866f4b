import { blankFact, type Fact, factSchema } from '../../../src/gateways/fact.ts';
import type { WebhookAcceptance } from '../../../src/gateways/webhook.ts';
import type { Input } from '../input/input.ts';
import { isExact, readTree } from '../input/json-tree.ts';
import type { Says, Subject } from '../subjects/subject.ts';
import { sameNumber } from './same-number.ts';
import type { Fault } from './violation.ts';

const differs = (detail: string): Fault => ({ kind: 'fact-differs', detail });
const unstorable = (detail: string): Fault => ({ kind: 'fact-unstorable', detail });

const textsIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
};

/** NUL and half a surrogate pair are what PostgreSQL refuses. */
const isStorable = (text: string): boolean => !/[\ud800-\udfff]/u.test(text) && !text.includes('\u0000');

const sameAmount = (said: string | null, money: Fact['quoted']): boolean =>
  money === null || sameNumber(said, money.amount);

const againstBody = (fact: Fact, says: NonNullable<Says>): readonly Fault[] => {
  const pairs: readonly (readonly [name: string, got: string | null, said: string | null])[] = [
    ['gatewayPaymentId', fact.gatewayPaymentId, says.gatewayPaymentId],
    ['reference', fact.reference, says.reference],
    ['wireStatus', fact.wireStatus, says.wireStatus],
    ['paymentRecord', fact.paymentRecord, says.paymentRecord ?? fact.paymentRecord],
  ];
  const faults = pairs.flatMap(([name, got, said]) =>
    got === said ? [] : [differs(`${name} is ${JSON.stringify(got)}, the body says ${JSON.stringify(said)}`)],
  );
  if (fact.status === 'paid' && !says.paid) faults.push(differs('paid, which the body does not say'));
  if (!sameAmount(says.quoted, fact.quoted))
    faults.push(differs('quoted is another number than in the body'));
  const received = fact.received === 'attested' ? null : fact.received;
  if (!sameAmount(says.received, received))
    faults.push(differs('received is another number than in the body'));
  return faults;
};

/** CPC-1: beside id and event nothing is signed, so nothing else may stand in the fact. */
const onlyHint = (fact: Fact): readonly Fault[] => {
  const { authority, gatewayPaymentId, wireStatus, status, asOf } = fact;
  const bare = { ...blankFact, authority, gatewayPaymentId, wireStatus, status, asOf };
  const sorted = (from: Fact): string => JSON.stringify(Object.entries(from).sort());
  const faults = sorted(fact) === sorted(bare) ? [] : [differs('carries what is not signed')];
  return authority === 'hint' ? faults : [...faults, differs(`authority ${authority} for a hint`)];
};

const oneFact = (subject: Subject, input: Input, fact: Fact, says: Says): readonly Fault[] => {
  if (!factSchema.safeParse(fact).success) return [unstorable('not of the fact schema')];
  const faults: Fault[] = textsIn(fact).every(isStorable) ? [] : [unstorable('text with NUL or half a pair')];
  if (fact.asOf !== input.receivedAt) faults.push(differs('asOf is not when it was received'));
  if (subject.hintOnly) faults.push(...onlyHint(fact));
  else if (fact.authority !== 'signed') faults.push(differs(`authority ${fact.authority}`));
  return says === null
    ? [...faults, differs('a fact of a body that says nothing about a payment')]
    : [...faults, ...againstBody(fact, says)];
};

/** Judges what was accepted by reading the body once more, with a reader of our own. */
export const checkFacts = (subject: Subject, input: Input, verdict: WebhookAcceptance): readonly Fault[] => {
  const tree = readTree(input.body);
  if (tree === undefined || !isExact(tree)) return [differs('accepted a body that is no exact JSON')];
  const says = subject.says(tree);
  const faults: Fault[] = [];
  if (verdict.dedupeKey === '' || verdict.dedupeKey.length > 200 || !isStorable(verdict.dedupeKey))
    faults.push(unstorable('the dedupe key'));
  if (verdict.facts.length === 0 && (verdict.ignored === undefined || says?.paid))
    faults.push(differs('ignored without a reason, or although it says paid'));
  return [...faults, ...verdict.facts.flatMap((fact) => oneFact(subject, input, fact, says))];
};
