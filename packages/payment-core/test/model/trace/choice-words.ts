import type { Outcome } from '../process/port-call.ts';
import { taskText } from '../process/process.ts';
import type { ShopAct } from '../scenarios/scenario.ts';
import type { Choice } from '../search/choice.ts';
import { beginning } from '../world/stage.ts';
import type { World } from '../world/world.ts';

/** Time since the beginning, as minutes and seconds. */
export const timeWords = (at: number): string => {
  const seconds = Math.round((at - beginning) / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};

const outcomeWords = (outcome: Outcome): string => {
  switch (outcome) {
    case 'ok':
      return '';
    case 'lost-answer':
      return ' — it is done there, but the answer gets lost';
    case 'down':
      return ' — it does not get through';
    case 'late':
      return ' — given up; the call is still under way';
    default: {
      const never: never = outcome;
      return never;
    }
  }
};

const decisionWords = (decision: ShopAct): string => {
  switch (decision) {
    case 'cancel':
      return 'cancels';
    case 'mark-paid':
      return 'books a bank transfer on';
    case 'change-total':
      return 'changes the total of';
    case 'restore-total':
      return 'puts back the total of';
    default: {
      const never: never = decision;
      return never;
    }
  }
};

/** What the answer to a worker's first call, the lease, names. */
const jobKind = /^job [\d.]+ ([\w-]+):/;

const processWords = (world: World, index: number): string => {
  const process = world.processes[index];
  if (!process) return `process ${index}`;
  const job = process.task.kind === 'work' ? jobKind.exec(process.log[0]?.text ?? '')?.[1] : undefined;
  return `${taskText(process.task)}${job ? ` on ${job}` : ''} (p${process.id})`;
};

/** One choice as a person would tell it. */
export const choiceWords = (world: World, choice: Choice): string => {
  const begins = `(p${world.started + 1})`;
  switch (choice.do) {
    case 'step': {
      const call = world.processes[choice.process]?.parked.what ?? '';
      return `${processWords(world, choice.process)}: ${call}${outcomeWords(choice.outcome)}`;
    }
    case 'work':
      return `a worker ${begins} takes the job that is due`;
    case 'poll':
      return `the poller ${begins} looks for invoices that are due`;
    case 'deliver': {
      const message = world.gateway.messages.find(({ id }) => id === choice.message);
      const again = choice.cost > 0 ? ' again' : '';
      return `the gateway sends ${choice.message} ("${message?.says.id} is ${message?.says.state}")${again} ${begins}`;
    }
    case 'lose':
      return `the gateway gives ${choice.message} up: it is never delivered`;
    case 'crash':
      return `CRASH of ${processWords(world, choice.process)}, before: ${world.processes[choice.process]?.parked.what}`;
    case 'power-cut':
      return `POWER CUT: ${world.processes.map((_, index) => processWords(world, index)).join(', ')} are gone`;
    case 'arrive':
      return 'the call that was given up reaches the shop after all';
    case 'pay':
      return `the shopper pays ${choice.invoice}`;
    case 'show':
      return `money for ${choice.invoice} is seen, not final`;
    case 'confirm':
      return `the money for ${choice.invoice} becomes final`;
    case 'drop':
      return `the money for ${choice.invoice} is dropped before it was final`;
    case 'checkout':
      return `a shopper ${begins} checks out ${world.checkouts[choice.planned]?.orderKey}`;
    case 'refund': {
      const planned = world.refunds[choice.planned];
      return `the owner ${begins} asks for the refund ${planned?.refundId} of ${planned?.orderKey}`;
    }
    case 'decide':
      return `a person ${decisionWords(choice.decision)} order ${choice.order} in the shop`;
    case 'resolve':
      return `an operator decides to ${choice.decision} the ${world.ledger.reviews.get(choice.review)?.kind} item ${begins}`;
    case 'wait':
      return `time passes until ${timeWords(choice.until)}${choice.cost > 0 ? ', although there is work to do' : ''}`;
    default: {
      const never: never = choice;
      return never;
    }
  }
};
