import { formatMoney, type Ports } from '@gatewright/payment-core';
import { type FollowUpKind, followUpKinds } from '../sessions/follow-up.ts';
import { answerPerson, askPerson } from '../sessions/person.ts';
import type { SessionBook } from '../sessions/session-book.ts';
import type { ShopDomain } from '../sessions/session-headers.ts';
import type { FollowUpKey, FollowUpRow } from './follow-up-book.ts';

const itemsOf = (shop: ShopDomain): string => `follow_up_untold:${shop}:`;

const keyOf = ({ shop, kind, id }: FollowUpKey): string => `${itemsOf(shop)}${kind}:${id}`;

/** What an item is about that was opened here; undefined: it is about something else, or another shop's. */
export const followUpOfItem = (
  shop: ShopDomain,
  key: string,
): { readonly kind: FollowUpKind; readonly id: string } | undefined => {
  if (!key.startsWith(itemsOf(shop))) return undefined;
  const [word, ...id] = key.slice(itemsOf(shop).length).split(':');
  const kind = followUpKinds.find((known) => known === word);
  return kind && { kind, id: id.join(':') };
};

type Asking = { readonly ports: Ports; readonly sessions: SessionBook };

const whatOf = ({ kind, amount, state }: FollowUpRow): string =>
  `the ${kind}${amount ? ` of ${formatMoney(amount)}` : ''} was ${state === 'done' ? 'made' : 'declined'}`;

/** Shopify has refused for the whole schedule: a person hears what it did not take. */
export const askAboutRefusal = async (
  { ports, sessions }: Asking,
  row: FollowUpRow,
  code: string,
): Promise<void> => {
  const session = await sessions.byId(row.shop, row.payment);
  if (!session) return;
  const detail = `Shopify did not take that ${whatOf(row)} (${code}): it holds another end of it, or has not got our answer to its request. Look at the order in Shopify. Where it still waits for the ${row.kind}, ask for it there once more, then have Shopify told again.`;
  const item = { kind: 'storefront_refused', key: keyOf(row), detail } as const;
  await ports.ledger.transact((tx) => askPerson(tx, ports, session, item));
};

/** Shopify knows it: whatever a person was asked about it is answered. */
export const answerAboutRefusal = async ({ ports, sessions }: Asking, row: FollowUpRow): Promise<void> => {
  const session = await sessions.byId(row.shop, row.payment);
  if (!session) return;
  await ports.ledger.transact((tx) =>
    answerPerson(tx, ports, session.store, keyOf(row), 'Shopify has been told.'),
  );
};
