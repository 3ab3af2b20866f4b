/** What the harness did and saw, in order. */
export interface Entry {
  /** Ms since the epoch, of the simulators' clock. */
  readonly at: number;
  readonly text: string;
}

export interface Journal {
  /** @param order its number in the plan; without one it concerns all */
  note(text: string, order?: number): void;
  /** What concerns one order. */
  about(order: number): readonly Entry[];
  /** What concerns all: kills. */
  general(): readonly Entry[];
}

export const createJournal = (now: () => number): Journal => {
  const orders = new Map<number, Entry[]>();
  const general: Entry[] = [];
  return {
    note: (text, order) => {
      const entry = { at: now(), text };
      if (order === undefined) general.push(entry);
      else orders.set(order, [...(orders.get(order) ?? []), entry]);
    },
    about: (order) => orders.get(order) ?? [],
    general: () => general,
  };
};
