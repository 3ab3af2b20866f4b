import { orderKeySchema } from '../../../src/identity/identity.ts';
import { bringToLife, type LiveProcess } from '../process/live-process.ts';
import type { Outcome } from '../process/port-call.ts';
import type { Process, Task } from '../process/process.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { Choice } from '../search/choice.ts';
import { choicesIn } from '../search/choices.ts';
import { bodyOf } from './body.ts';
import { accountOf, price } from './cast.ts';
import { changeOutside } from './outside.ts';
import { openStage } from './stage.ts';
import type { World } from './world.ts';

/** Plays choices, one after another. */
export interface Player {
  /** The world before the first choice: orders placed, the scenario's first checkouts done. */
  begin(): Promise<World>;
  /**
   * What follows from one choice in `world`. In the world that was played last, processes are alive and go on; in any
   * other one they are run again from their logs.
   */
  play(world: World, choice: Choice): Promise<World>;
}

export const createPlayer = (scenario: Scenario): Player => {
  const stage = openStage(scenario);
  const alive = new Map<number, LiveProcess>();
  let onStage: World | undefined;

  const enter = (world: World): void => {
    if (world === onStage) return;
    alive.clear();
    stage.memory.restore(world.ledger);
    stage.now = world.now;
    stage.gateway = world.gateway;
    stage.shop = world.shop;
    stage.thrown = world.thrown;
  };
  const leave = (
    rest: Pick<World, 'processes' | 'started' | 'faults' | 'decisions' | 'checkouts' | 'refunds'>,
  ): World => {
    onStage = {
      ...rest,
      now: stage.now,
      ledger: stage.memory.snapshot(),
      gateway: stage.gateway,
      shop: stage.shop,
      thrown: stage.thrown,
    };
    return onStage;
  };

  const wake = async (process: Omit<Process, 'parked'>): Promise<LiveProcess> => {
    const known = alive.get(process.id);
    if (known) return known;
    const live = await bringToLife(process, bodyOf(stage, process.task), () => stage.now);
    alive.set(process.id, live);
    return live;
  };
  const stepProcess = async (world: World, index: number, outcome: Outcome): Promise<World> => {
    const process = world.processes[index];
    if (!process) throw new Error('model: no such process');
    const live = await wake(process);
    const next = await live.step(outcome);
    if (!next) alive.delete(process.id);
    return leave({
      ...world,
      processes: world.processes.with(index, next ?? process).filter((_, at) => at !== index || next),
    });
  };
  /** Before its first call a process is the same as one that has not begun, so most make that call at once. */
  const start = async (world: World, task: Task, andStep: boolean): Promise<World> => {
    const id = world.started + 1;
    const live = await wake({ id, task, startedAt: stage.now, log: [] });
    const standing = live.standing();
    const processes = standing ? [...world.processes, standing] : world.processes;
    const begun = leave({ ...world, processes, started: id });
    return standing && andStep ? stepProcess(begun, processes.length - 1, 'ok') : begun;
  };

  const without = (world: World, index: number): World => {
    const process = world.processes[index];
    if (process) alive.delete(process.id);
    return leave({ ...world, processes: world.processes.filter((_, at) => at !== index) });
  };

  const carryOut = async (world: World, choice: Choice): Promise<World> => {
    switch (choice.do) {
      case 'step':
        return stepProcess(world, choice.process, choice.outcome);
      case 'work':
      case 'poll':
        return start(world, { kind: choice.do }, true);
      case 'deliver':
        return start(world, { kind: 'deliver', message: choice.message }, true);
      case 'checkout': {
        const planned = world.checkouts[choice.planned];
        if (!planned) throw new Error('model: no such checkout');
        const checkouts = world.checkouts.filter((_, at) => at !== choice.planned);
        return start({ ...world, checkouts }, { kind: 'checkout', ...planned }, true);
      }
      case 'refund': {
        const planned = world.refunds[choice.planned];
        if (!planned) throw new Error('model: no such refund');
        const refunds = world.refunds.filter((_, at) => at !== choice.planned);
        return start({ ...world, refunds }, { kind: 'refund', ...planned }, true);
      }
      case 'crash':
        return without(world, choice.process);
      case 'power-cut':
        alive.clear();
        return leave({ ...world, processes: [] });
      case 'decide': {
        changeOutside(stage, choice);
        const decided = { ...world, decisions: world.decisions + 1 };
        const orderKey = orderKeySchema.parse(choice.order);
        return scenario.notices ? start(decided, { kind: 'notice', orderKey }, false) : leave(decided);
      }
      case 'resolve': {
        const { review, decision } = choice;
        const decisions = world.decisions + 1;
        return start({ ...world, decisions }, { kind: 'resolve', review, decision }, true);
      }
      case 'lose':
      case 'arrive':
      case 'pay':
      case 'show':
      case 'confirm':
      case 'drop':
      case 'wait':
        changeOutside(stage, choice);
        return leave(world);
      default: {
        const never: never = choice;
        return never;
      }
    }
  };

  const play = (world: World, choice: Choice): Promise<World> => {
    enter(world);
    return carryOut({ ...world, faults: world.faults + choice.cost }, choice);
  };

  /** Straight on: everybody does what there is to do, and nothing fails. */
  const payAndFulfil = async (opened: World): Promise<World> => {
    const [first] = opened.gateway.invoices;
    if (!first) throw new Error('model: there is no invoice to pay');
    let world = await play(opened, { do: 'pay', invoice: first.id, cost: 0 });
    for (;;) {
      const next = choicesIn(world, { ...scenario, faults: 0 }).find(
        (choice) => choice.do === 'step' || choice.do === 'deliver' || choice.do === 'work',
      );
      if (!next) return world;
      world = await play(world, next);
    }
  };

  return {
    play,
    async begin() {
      const planned = (pairs: Scenario['checkouts']) =>
        pairs.map(([order, gateway]) => ({
          orderKey: orderKeySchema.parse(order),
          account: accountOf(gateway),
        }));
      const orders = scenario.orders.map(
        (key) =>
          ({
            key,
            status: 'pending',
            own: 'pending',
            total: price.amount,
            claim: null,
            fulfilments: 0,
            decided: null,
          }) as const,
      );
      stage.shop = { orders, underWay: [] };
      let world = leave({
        processes: [],
        started: 0,
        faults: 0,
        decisions: 0,
        checkouts: planned(scenario.opened),
        refunds: [],
      });
      while (world.checkouts.length > 0) {
        world = await play(world, { do: 'checkout', planned: 0, cost: 0 });
        while (world.processes.length > 0)
          world = await play(world, { do: 'step', process: 0, outcome: 'ok', cost: 0 });
      }
      if (scenario.paidBefore) world = await payAndFulfil(world);
      const refunds = scenario.refunds.map(([order, refundId]) => ({
        orderKey: orderKeySchema.parse(order),
        refundId,
      }));
      return leave({ ...world, checkouts: planned(scenario.checkouts), refunds });
    },
  };
};
