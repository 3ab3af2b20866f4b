import { type Directory, defaultPolicy, type Policy } from '@gatewright/payment-core';
import type { Seat } from './seats.ts';

/** The stores and accounts of the seats taken so far. */
export const directoryOf = (seats: () => readonly Seat[], policy: Partial<Policy>): Directory => ({
  store: async (id) => {
    const seat = seats().find(({ store }) => store === id);
    return seat && { id, name: `Shop ${id}`, mode: seat.mode, policy: { ...defaultPolicy, ...policy } };
  },
  account: async (id) =>
    seats()
      .map(({ account }) => account)
      .find((account) => account.id === id),
  accountsOf: async (id) =>
    seats()
      .filter(({ store }) => store === id)
      .map(({ account }) => account),
});
