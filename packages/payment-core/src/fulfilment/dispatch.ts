import { hours, minutes, seconds } from '../identity/clock.ts';
import { withExceptions } from '../invoice/exception.ts';
import type { Invoice } from '../invoice/invoice.ts';
import { instruct } from '../ledger/carry-out.ts';
import type { JobResult } from '../ledger/job.ts';
import type { LedgerTransaction } from '../ledger/ledger.ts';
import type { InstructionRow } from '../ledger/rows.ts';
import type { Ports } from '../ports.ts';
import { closeReview, openReview, type ReviewItem } from '../review/review-item.ts';
import { settleRefusal } from './settle-refusal.ts';
import type { StorefrontRefusal } from './storefront.ts';
import { refuseTestMoney } from './test-money.ts';

const reviewRefusal = (
  tx: LedgerTransaction,
  instruction: InstructionRow,
  reason: StorefrontRefusal,
  detail: string,
  ports: Ports,
) =>
  openReview(
    tx,
    {
      store: instruction.store,
      invoice: instruction.invoice,
      orderKey: instruction.orderKey,
      kind: 'storefront_refused',
      key: `storefront_refused:${instruction.kind}:${instruction.invoice ?? instruction.orderKey}`,
      detail: `${detail} (${reason})`,
    },
    ports.random,
    ports.clock.now(),
  );

const overtaken = 'overtaken by the settlement';

/** Of the item that says that the shop could not be told. */
const silenceKey = (instruction: InstructionRow['id']): string => `storefront_unreachable:${instruction}`;

/** Nobody is told of a silence that was shorter, so nothing needs to be closed. */
const mayBeReportedMs = minutes(1);

/** The instruction is over: nobody needs to look why the shop did not hear of it. */
const endSilence = async (
  tx: LedgerTransaction,
  { id, store, createdAt }: InstructionRow,
  now: number,
): Promise<void> => {
  if (now - createdAt < mayBeReportedMs) return;
  const answer = { reason: 'The shop has been told.', decision: 'answered' };
  await closeReview(tx, store, silenceKey(id), answer, now);
};

/** A hold that was overtaken by the settlement of the same order says nothing any more. */
const isOvertaken = async (tx: LedgerTransaction, instruction: InstructionRow): Promise<boolean> => {
  if (instruction.kind !== 'hold' && instruction.kind !== 'cancel' && instruction.kind !== 'fail')
    return false;
  const claim = await tx.claims.byOrder(instruction.store, instruction.orderKey);
  return claim !== undefined && claim.state !== 'released';
};

const recordRefusal = async (
  ports: Ports,
  tx: LedgerTransaction,
  instruction: InstructionRow,
  reason: StorefrontRefusal,
) => {
  // A worker that outlived its lease: another one has told the shop meanwhile, and its answer stands.
  if ((await tx.instructions.byId(instruction.id))?.state !== 'pending') return;
  const now = ports.clock.now();
  // The order moved because it was settled while the shop was being told: that is no person's doing.
  if (instruction.kind !== 'settle' && (await isOvertaken(tx, instruction))) {
    await tx.instructions.setState(instruction.id, 'done', overtaken, now);
    await endSilence(tx, instruction, now);
    return;
  }
  await tx.instructions.setState(instruction.id, 'refused', reason, now);
  await endSilence(tx, instruction, now);
  const invoice = instruction.invoice ? await tx.invoices.byId(instruction.invoice) : undefined;
  if (invoice) {
    await tx.history.append({
      invoice: invoice.id,
      at: now,
      event: `${instruction.kind} refused by the shop`,
      detail: reason,
    });
  }
  if (instruction.kind === 'settle') {
    const refusal = settleRefusal(reason);
    if (refusal.releases && instruction.claim) {
      await tx.claims.setState(instruction.store, instruction.orderKey, instruction.claim, 'released');
    }
    if (invoice)
      await tx.invoices.update({
        ...invoice,
        exceptions: withExceptions(invoice.exceptions, refusal.exceptions),
      });
    await reviewRefusal(tx, instruction, reason, refusal.detail, ports);
    if (refusal.holds) {
      const { store, orderKey } = instruction;
      await instruct(
        tx,
        { store, orderKey, invoice: instruction.invoice, kind: 'hold', note: refusal.detail },
        ports.random,
        now,
      );
    }
    return;
  }
  // A person or another payment moved the order on: the hold has become pointless, but money on it is not.
  if (instruction.kind === 'hold') {
    await reviewRefusal(
      tx,
      instruction,
      reason,
      'Money arrived for an order that was changed in the shop meanwhile; the order is left as it is.',
      ports,
    );
  }
};

const recordDone = async (
  ports: Ports,
  tx: LedgerTransaction,
  instruction: InstructionRow,
  answer: string,
) => {
  const now = ports.clock.now();
  await tx.instructions.setState(instruction.id, 'done', answer, now);
  await endSilence(tx, instruction, now);
  if (instruction.kind === 'settle' && instruction.claim) {
    const { store, orderKey, claim } = instruction;
    await tx.claims.setState(store, orderKey, claim, 'acknowledged');
    // A shop can lose what it has acknowledged, and a person can change it: one more look, which writes nothing there.
    await tx.jobs.enqueue({ kind: 'follow-order', store, orderKey }, now + hours(1));
  }
  if (instruction.invoice) {
    await tx.history.append({
      invoice: instruction.invoice,
      at: now,
      event: `${instruction.kind} told to the shop`,
      detail: answer,
    });
  }
};

/** How long a shop may be silent before a person hears of it; the instruction is repeated all the same. */
const silenceMs = minutes(15);

/** Soon at first, then every ten minutes for as long as it takes: what a shop never acknowledged is told again. */
const repeatAfterMs = (age: number): number => {
  if (age < minutes(1)) return seconds(5);
  return age < silenceMs ? seconds(45) : minutes(10);
};

/** One open item per instruction, also when its job is exhausted later (invariant 14). */
export const silenceItem = (row: InstructionRow, reason: string): ReviewItem => {
  const detail = `The shop could not be told to ${row.kind} order ${row.orderKey} (${reason}). Check the connection; the order is unchanged in the shop.`;
  const { store, invoice, orderKey } = row;
  return { store, invoice, orderKey, kind: 'storefront_unreachable', key: silenceKey(row.id), detail };
};

type Loaded = { readonly instruction: InstructionRow; readonly invoice: Invoice | undefined };

const load = (ports: Ports, id: string): Promise<Loaded | undefined> =>
  ports.ledger.transact(async (tx) => {
    const instruction = await tx.instructions.byId(id);
    if (instruction?.state !== 'pending') return undefined;
    if (await isOvertaken(tx, instruction)) {
      await tx.instructions.setState(id, 'done', overtaken, ports.clock.now());
      await endSilence(tx, instruction, ports.clock.now());
      return undefined;
    }
    return {
      instruction,
      invoice: instruction.invoice ? await tx.invoices.byId(instruction.invoice) : undefined,
    };
  });

/**
 * Tells the storefront one instruction, at least once (invariant 3): the call is outside every transaction, its answer
 * is recorded in one. A refusal is final for the instruction and stands in front of a person.
 */
export const dispatchInstruction = async (ports: Ports, id: string): Promise<JobResult> => {
  const loaded = await load(ports, id);
  if (!loaded) return { done: true };
  if (await refuseTestMoney(ports, loaded.instruction, loaded.invoice)) return { done: true };
  const answer = await ports.storefront.tell(loaded.instruction, loaded.invoice);
  switch (answer.outcome) {
    case 'done':
    case 'already':
      await ports.ledger.transact((tx) => recordDone(ports, tx, loaded.instruction, answer.outcome));
      return { done: true };
    case 'refused':
      await ports.ledger.transact((tx) => recordRefusal(ports, tx, loaded.instruction, answer.reason));
      return { done: true };
    case 'unavailable': {
      const age = ports.clock.now() - loaded.instruction.createdAt;
      if (age >= silenceMs)
        await ports.ledger.transact((tx) =>
          openReview(tx, silenceItem(loaded.instruction, answer.reason), ports.random, ports.clock.now()),
        );
      return { done: false, again: answer.retryAfterMs ?? repeatAfterMs(age), reason: answer.reason };
    }
    default: {
      const never: never = answer;
      return never;
    }
  }
};
