import type { MedusaEngine } from '../engine/engine.ts';
import { returnUrlOf } from '../settings/return-url.ts';

/** Where `GET /gatewright/return/:session` stands. */
export const returnBasePath = '/gatewright/return';

/**
 * Where the shopper of a session goes back to: what its page says, held against the allow-list as it is today. Null:
 * this shop has named no storefront. Undefined: no session of ours.
 */
export const returnAddress = async (
  { sessions, ledger, settings }: Pick<MedusaEngine, 'sessions' | 'ledger' | 'settings'>,
  id: string,
): Promise<string | null | undefined> => {
  const session = await sessions.byId(id);
  if (!session) return undefined;
  const page = await ledger.transact((tx) => tx.pages.byId(session.page));
  const named = returnUrlOf(settings, page?.returnUrl);
  const back = named.ok ? named.url : settings.storefrontUrls[0];
  if (back === undefined) return null;
  const url = new URL(back);
  url.searchParams.set('gatewright_session', id);
  return url.href;
};
