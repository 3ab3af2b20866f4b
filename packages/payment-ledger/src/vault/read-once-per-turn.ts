/**
 * What is asked for again in one turn of the event loop is read once: in a burst every webhook asks for the same
 * account. Nothing is kept longer, and nothing beyond a change that this process has made.
 */
export const readOncePerTurn = <Key, Value>(read: (key: Key) => Promise<Value>) => {
  const known = new Map<Key, Promise<Value>>();
  const forget = (): void => known.clear();
  return {
    forget,
    read(key: Key): Promise<Value> {
      const before = known.get(key);
      if (before !== undefined) return before;
      const reading = read(key);
      if (known.size === 0) setImmediate(forget);
      known.set(key, reading);
      return reading;
    },
  };
};
