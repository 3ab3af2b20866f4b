/**
 * MySQL's GET_LOCK for one process: whoever asks for a name waits for all who asked before.
 * The plugin's names carry database and table prefix, so that two shops on one server do not wait for each other.
 */
export type NamedLock = <Result>(name: string, work: () => Promise<Result>) => Promise<Result>;

export const createNamedLock = (): NamedLock => {
  const tails = new Map<string, Promise<unknown>>();
  return (name, work) => {
    const before = tails.get(name) ?? Promise.resolve();
    const run = before.then(work, work);
    const tail = run.then(
      () => undefined,
      () => undefined,
    );
    tails.set(name, tail);
    void tail.then(() => {
      if (tails.get(name) === tail) tails.delete(name);
    });
    return run;
  };
};
