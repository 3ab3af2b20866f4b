const replayed = new Set<string>();

/** Said of a recording once the double's own answer was compared with it, and was the same. */
export const asRecorded = (name: string): void => void replayed.add(name);

export const replayedSoFar = (): ReadonlySet<string> => replayed;
