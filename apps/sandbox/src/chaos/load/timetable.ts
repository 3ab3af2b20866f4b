export type Action = () => Promise<void>;

/** What is to be done in which minute. Actions may put further ones in. */
export interface Timetable {
  at(minute: number, action: Action): void;
  /** Takes what is due until this minute out, in the order in which it was put in. */
  take(minute: number): readonly Action[];
  readonly isEmpty: () => boolean;
}

export const createTimetable = (): Timetable => {
  const minutes = new Map<number, Action[]>();
  return {
    at: (minute, action) => {
      minutes.set(minute, [...(minutes.get(minute) ?? []), action]);
    },
    take: (minute) => {
      const due = [...minutes.keys()].filter((each) => each <= minute).sort((a, b) => a - b);
      return due.flatMap((each) => {
        const actions = minutes.get(each) ?? [];
        minutes.delete(each);
        return actions;
      });
    },
    isEmpty: () => minutes.size === 0,
  };
};
