import type { Progress } from '../plan/kill-point.ts';
import type { ShopFault } from '../plan/plan.ts';
import { type Call, type Fate, type Front, openFront, plain, type Relayed, relay } from './relay.ts';

export interface WayToShop extends Front {
  /** The shop is started after it, because it has to know its own address. */
  lead(to: { readonly port: number }): void;
  /** It spoils nothing until this is true. */
  spoil(on: boolean): void;
  readonly counts: { calls: number; spoilt: number };
}

export interface WayToShopOptions {
  readonly faults: readonly (ShopFault | null)[];
  readonly progress: Progress;
  /** In place of asking the shop: a bug that is planted on purpose. */
  readonly planted?: ((call: Call) => Relayed | undefined) | undefined;
}

const wordPressError = (status: number, code: string): Relayed =>
  plain(
    status,
    JSON.stringify({ code, message: 'There has been a critical error.', data: { status } }),
    'application/json',
  );

/** What stands between a bridge and a shop: it answers errors, cuts connections, and loses answers of things that were done. */
export const openWayToShop = async (options: WayToShopOptions): Promise<WayToShop> => {
  const { faults, progress, planted } = options;
  const counts = { calls: 0, spoilt: 0 };
  let port = 0;
  let spoils = false;

  const asked = async (call: Call): Promise<Relayed> => {
    const lie = planted?.(call);
    if (lie !== undefined) return lie;
    progress('shop-asked');
    const answer = await relay(port, call);
    progress('shop-answered');
    return answer;
  };

  const decide = async (call: Call): Promise<Fate> => {
    const fault = spoils ? (faults[counts.calls % Math.max(1, faults.length)] ?? null) : null;
    counts.calls += 1;
    if (fault === null) return asked(call);
    counts.spoilt += 1;
    switch (fault) {
      case 'error-500':
        return wordPressError(500, 'internal_server_error');
      case 'busy-503':
        return wordPressError(503, 'service_unavailable');
      case 'page-502':
        return plain(502, '<html><body>Bad Gateway</body></html>', 'text/html');
      case 'cut-before':
        return 'cut';
      case 'answer-lost':
        await asked(call);
        return 'cut';
      default: {
        const never: never = fault;
        return never;
      }
    }
  };

  return {
    ...(await openFront(decide)),
    lead: (to) => {
      port = to.port;
    },
    spoil: (on) => {
      spoils = on;
    },
    counts,
  };
};
