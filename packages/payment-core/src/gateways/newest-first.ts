/**
 * Ends a walk through a gateway's list at what is too old to matter. No gateway documents the order of its list, so
 * age counts only while every entry was at most as new as the one before it; otherwise the walk goes on to the end.
 * @param since ms; entries created before it do not matter
 * @returns takes the creation time of the next entry, null where it has none; true once the rest is too old
 */
export const createAgeCheck = (since: number): ((createdAt: number | null) => boolean) => {
  let previous = Number.POSITIVE_INFINITY;
  return (createdAt) => {
    // NaN compares as false for ever, which is the end of all conclusions.
    previous = createdAt !== null && createdAt <= previous ? createdAt : Number.NaN;
    return previous < since;
  };
};
