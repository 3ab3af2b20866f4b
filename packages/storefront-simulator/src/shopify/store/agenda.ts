import type { Clock } from '@gatewright/payment-core';

/** Work that waits for the clock. It runs in `runDue` only, earliest first, one after the other. */
export interface Agenda {
  /** @param time ms since the epoch */
  at(time: number, run: () => void | Promise<void>): void;
  runDue(): Promise<void>;
}

interface Item {
  readonly time: number;
  readonly run: () => void | Promise<void>;
}

export const createAgenda = (clock: Clock): Agenda => {
  let items: Item[] = [];
  let turn: Promise<void> = Promise.resolve();

  const takeDue = (): Item | undefined => {
    const due = items.filter(({ time }) => time <= clock.now());
    const first = due.reduce<Item | undefined>(
      (earliest, item) => (earliest === undefined || item.time < earliest.time ? item : earliest),
      undefined,
    );
    items = items.filter((item) => item !== first);
    return first;
  };

  const run = async (): Promise<void> => {
    for (let item = takeDue(); item !== undefined; item = takeDue()) await item.run();
  };

  return {
    at: (time, work) => {
      items.push({ time, run: work });
    },
    runDue: () => {
      const done = turn.then(run);
      turn = done.catch(() => undefined);
      return done;
    },
  };
};
