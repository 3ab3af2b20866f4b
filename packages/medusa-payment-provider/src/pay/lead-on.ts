import { shopperState } from '@gatewright/pay-page';
import { type PageId, pageIdSchema, readPage } from '@gatewright/payment-core';
import { type MedusaEngine, payBasePath } from '../engine/engine.ts';

const address = new RegExp(`^${payBasePath}/([A-Za-z0-9_-]{22})(/choose)?$`);

const seeOther = (page: PageId): Response =>
  new Response(null, {
    status: 303,
    headers: {
      location: `${payBasePath}/${page}`,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    },
  });

/** Whether the page still has something to say of its own: money that came, or was taken back. */
const showsMoney = async ({ ports }: Pick<MedusaEngine, 'ports'>, page: PageId): Promise<boolean> => {
  const snapshot = await readPage(ports, page);
  if (!snapshot) return false;
  const state = shopperState(snapshot, ports.clock.now(), ports.gateway);
  switch (state.kind) {
    case 'seen':
    case 'underpaid':
    case 'paid':
    case 'overpaid':
    case 'refunded':
    case 'late':
    case 'held':
      return true;
    case 'choose':
    case 'preparing':
    case 'waiting':
    case 'time-up':
    case 'expired':
    case 'cancelled':
    case 'failed':
    case 'ended':
      return false;
    default: {
      const never: never = state;
      return never;
    }
  }
};

/**
 * Medusa has thrown away the session of a page that the shopper still has open. Nothing new is made on it; where the
 * cart has another session, its page takes its place.
 * @returns undefined: the page itself answers
 */
export const leadOn = async (
  engine: Pick<MedusaEngine, 'sessions' | 'ports'>,
  method: string,
  pathname: string,
): Promise<Response | undefined> => {
  const [, name, choose] = address.exec(pathname) ?? [];
  const id = pageIdSchema.safeParse(name);
  if (!id.success || (method === 'POST') !== (choose !== undefined)) return undefined;
  const session = await engine.sessions.byPage(id.data);
  if (!session || session.state === 'living') return undefined;
  const newest = (await engine.sessions.ofOrder(session.orderKey)).findLast(
    ({ state }) => state === 'living',
  );
  if (method === 'POST') return seeOther((newest ?? session).page);
  return newest && !(await showsMoney(engine, id.data)) ? seeOther(newest.page) : undefined;
};
