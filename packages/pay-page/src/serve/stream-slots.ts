/** How many streams may be open: in this process, and for one client. */
export interface StreamLimits {
  readonly inAll: number;
  readonly perClient: number;
}

export interface StreamSlots {
  /**
   * @param client null: not known, so only the sum counts
   * @returns gives the slot back, once; undefined when there is none
   */
  take(client: string | null): (() => void) | undefined;
  readonly taken: number;
}

/** A stream costs a socket for as long as a tab is open, so nobody may have them all. */
export const createStreamSlots = ({ inAll, perClient }: StreamLimits): StreamSlots => {
  const byClient = new Map<string, number>();
  let taken = 0;
  const count = (client: string | null, change: 1 | -1): void => {
    taken += change;
    if (client === null) return;
    const own = (byClient.get(client) ?? 0) + change;
    if (own > 0) byClient.set(client, own);
    else byClient.delete(client);
  };
  return {
    take(client) {
      const own = client === null ? 0 : (byClient.get(client) ?? 0);
      if (taken >= inAll || own >= perClient) return undefined;
      count(client, 1);
      let given = false;
      return () => {
        if (!given) count(client, -1);
        given = true;
      };
    },
    get taken() {
      return taken;
    },
  };
};
