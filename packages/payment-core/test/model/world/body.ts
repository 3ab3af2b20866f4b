import { startCheckout } from '../../../src/checkout/start-checkout.ts';
import type { OrderKey } from '../../../src/identity/identity.ts';
import { applyEvent } from '../../../src/inbox/apply-event.ts';
import { receiveWebhook } from '../../../src/inbox/receive-webhook.ts';
import type { Ports } from '../../../src/ports.ts';
import { reconcile } from '../../../src/reconcile/reconcile.ts';
import { requestRefund } from '../../../src/refund/request-refund.ts';
import { resolveReview } from '../../../src/review/resolve-review.ts';
import type { ProcessLedger } from '../planted/design.ts';
import type { Body, Surroundings } from '../process/live-process.ts';
import type { Task } from '../process/process.ts';
import type { ReviewAct } from '../scenarios/scenario.ts';
import { accountOf, partOfPrice, price, storeId } from './cast.ts';
import { requestOf } from './gateway-messages.ts';
import { setMessage } from './gateway-state.ts';
import { workOneJob } from './job-worker.ts';
import { portsFor } from './ports.ts';
import type { Stage } from './stage.ts';
import type { PlannedCheckout, PlannedRefund } from './world.ts';

const deliver = async (
  stage: Stage,
  ports: Ports,
  ledger: ProcessLedger,
  { door, clock }: Surroundings,
  id: string,
): Promise<void> => {
  const message = stage.gateway.messages.find((candidate) => candidate.id === id);
  if (!message) throw new Error(`model: no message ${id}`);
  const { gateway } = message.says;
  const request = requestOf(message, clock.now());
  const answer = await receiveWebhook(ports, gateway, accountOf(gateway), request);
  if (answer.status !== 200) throw new Error(`a good message was answered ${answer.status} ${answer.reason}`);
  door.tell('the gateway hears 2xx', () => {
    stage.gateway = setMessage(stage.gateway, id, 'acknowledged');
  });
  await ledger.afterAnswer?.();
  if (stage.scenario.applyAtOnce) await applyEvent(ports, answer.inbox);
};

const checkout = (ports: Ports, { orderKey, account }: PlannedCheckout): Promise<unknown> =>
  startCheckout(ports, {
    store: storeId,
    orderKey,
    orderNumber: orderKey,
    amount: price,
    account,
    method: null,
    description: orderKey,
    returnUrl: 'https://shop.example/thanks',
    cancelUrl: 'https://shop.example/cart',
    customerEmail: null,
    orderDeadline: null,
  });

const notice = (ports: Ports, orderKey: OrderKey): Promise<void> =>
  ports.ledger.transact((tx) =>
    tx.jobs.enqueue({ kind: 'follow-order', store: storeId, orderKey }, ports.clock.now()),
  );

const refund = async (
  ports: Ports,
  { orderKey, refundId }: Pick<PlannedRefund, 'orderKey' | 'refundId'>,
): Promise<void> => {
  await requestRefund(ports, { store: storeId, orderKey, refundId, amount: partOfPrice, reason: '' });
};

const resolve = async (ports: Ports, review: string, decision: ReviewAct): Promise<void> => {
  await resolveReview(ports, {
    store: storeId,
    review,
    by: 'operator',
    reason: 'looked at it',
    decision: decision === 'accept' ? { kind: 'accept', amount: price } : { kind: 'ignore' },
  });
};

const carryOut = async (stage: Stage, surroundings: Surroundings, task: Task): Promise<void> => {
  const ledger = stage.scenario.design.ledger(stage.memory, surroundings.door);
  const ports = portsFor(stage, surroundings, ledger);
  switch (task.kind) {
    case 'deliver':
      return deliver(stage, ports, ledger, surroundings, task.message);
    case 'work':
      return workOneJob(ports, stage.memory.jobs, surroundings.door);
    case 'poll':
      // One account at a time, because a world is replayed from the order of its answers.
      await reconcile(ports, 1);
      return;
    case 'checkout':
      await checkout(ports, task);
      return;
    case 'notice':
      return notice(ports, task.orderKey);
    case 'refund':
      return refund(ports, task);
    case 'resolve':
      return resolve(ports, task.review, task.decision);
    default: {
      const never: never = task;
      return never;
    }
  }
};

/** What a process of this kind does: one of the core's own use cases over the model's ports. */
export const bodyOf =
  (stage: Stage, task: Task): Body =>
  async (surroundings) => {
    try {
      await carryOut(stage, surroundings, task);
    } catch (error) {
      if (error instanceof Error && error.message.startsWith('model: ')) throw error;
      surroundings.door.tell('an exception', () => {
        stage.thrown = [...stage.thrown, String(error)];
      });
    }
  };
