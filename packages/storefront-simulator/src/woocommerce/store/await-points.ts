/**
 * WordPress serves requests in processes that share only the database, and WooCommerce locks nothing
 * (woocommerce.md section 3). The double runs in one thread, so the places where another request may come in
 * between are these await points.
 */
export interface AwaitPoints {
  /** One turn of the event loop: a database query during which other requests move on. */
  query(): Promise<void>;
  /** After a write request has read its order and before it writes. */
  orderRead(orderId: number): Promise<void>;
  /** The next `writers` write requests to this order all read it before the first of them writes. */
  gather(orderId: number, writers: number): void;
}

interface Gathering {
  missing: number;
  readonly release: (() => void)[];
}

export const createAwaitPoints = (): AwaitPoints => {
  const gatherings = new Map<number, Gathering>();
  const query = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    query,
    gather: (orderId, writers) => {
      gatherings.set(orderId, { missing: writers, release: [] });
    },
    orderRead: async (orderId) => {
      await query();
      const gathering = gatherings.get(orderId);
      if (gathering === undefined) return;
      gathering.missing -= 1;
      if (gathering.missing > 0) {
        await new Promise<void>((resolve) => gathering.release.push(resolve));
        return;
      }
      gatherings.delete(orderId);
      for (const release of gathering.release) release();
    },
  };
};
