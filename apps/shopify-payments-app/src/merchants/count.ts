/** How much waits, counted up to a limit: pages show it, and nobody reads a thousand rows for a number. */
export interface Count {
  readonly counted: number;
  /** There are, or may be, more than were counted. */
  readonly more: boolean;
}

/** @param read how many were found when one more than `most` was asked for */
export const countUpTo = (most: number, read: number): Count => ({
  counted: Math.min(read, most),
  more: read > most,
});

export const plus = (one: Count, other: Count): Count => ({
  counted: one.counted + other.counted,
  more: one.more || other.more,
});

/** "7", or "100+". */
export const countText = ({ counted, more }: Count): string => `${counted}${more ? '+' : ''}`;
