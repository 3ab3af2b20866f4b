/** Runs `work` when everybody who came before it under this key has ended, well or badly. */
export type OneAtATime<Key> = <T>(key: Key, work: () => Promise<T>) => Promise<T>;

/**
 * Those of one process wait for each other here, so that only processes meet at a lease.
 * @example const inOrder = createOneAtATime<LeaseName>();
 *   const turn = await inOrder(name, () => inTurn(name, work));
 */
export const createOneAtATime = <Key>(): OneAtATime<Key> => {
  const last = new Map<Key, Promise<unknown>>();
  return (key, work) => {
    const before = last.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    last.set(key, mine);
    const leave = (): void => {
      if (last.get(key) === mine) last.delete(key);
    };
    mine.then(leave, leave);
    return mine;
  };
};
