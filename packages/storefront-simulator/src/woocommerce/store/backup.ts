import type { Plugin } from '../plugin/plugin.ts';
import type { Store } from './store.ts';

const put = <Key, Value>(into: Map<Key, Value>, rows: ReadonlyMap<Key, Value>): void => {
  into.clear();
  for (const [key, value] of rows) into.set(key, value);
};

/**
 * Copies what a host's nightly backup of the database copies of the orders, the plugin's tables among them.
 * @returns puts it back, so that the numbers of orders which came later are given again
 */
export const backUp = (store: Store, plugin: Plugin): (() => void) => {
  const { orders, refunds, notes } = store;
  const { claims, payments } = plugin;
  const kept = structuredClone({ orders, refunds, notes, claims, payments });
  const instructions = [...plugin.instructions];
  const next = store.peekId('post');
  return () => {
    put(orders, structuredClone(kept.orders));
    put(refunds, structuredClone(kept.refunds));
    notes.splice(0, notes.length, ...structuredClone(kept.notes));
    put(claims, kept.claims);
    put(payments, kept.payments);
    plugin.instructions.clear();
    for (const id of instructions) plugin.instructions.add(id);
    store.restartId('post', next);
  };
};
