import {
  type AccountId,
  type Money,
  type Offer,
  offerAccounts,
  type PageChoice,
  refusalText,
} from '@gatewright/payment-core';
import { notPossibleNow, type Problem } from '../wire/problem.ts';
import { refuse } from './call.ts';
import type { CallingStore, PluginApi } from './plugin-route.ts';

/** What a checkout has decided; the rest is the shopper's, on the page. */
export interface Chosen {
  readonly ok: true;
  /** The account the shop named: the page offers no other. */
  readonly account: AccountId | null;
  /** What can be started without asking anybody. */
  readonly start: PageChoice | null;
}

export type Choice = Chosen | { readonly ok: false; readonly problem: Problem };

const unprocessable = (code: string, owner: string, shopper: string): Choice =>
  refuse({ status: 422, code, ownerMessage: owner, shopperMessage: shopper });

const noneAvailable = (offers: readonly Offer[]): Choice => {
  const [first] = offers;
  if (first && !first.available && offers.length === 1)
    return unprocessable(first.reason, first.text.owner, first.text.shopper);
  return unprocessable(
    'no-gateway-available',
    'No account of this store can take this order now. `GET /v1/offer` says for each why.',
    notPossibleNow,
  );
};

/** Nothing is started where the shopper has to choose a network first. */
const startOf = ({ account, methods }: Offer, network: string | null): PageChoice | null =>
  methods.length > 0 && network === null ? null : { account, method: network };

export interface Wish {
  /** A gateway's id or an account's. */
  readonly gateway: string | null;
  readonly network: string | null;
}

/**
 * What a checkout goes to. A gateway that is named is taken; without one the only account that can take the order is,
 * and where there are several the shopper chooses on the page.
 */
export const chooseAccount = async (
  { ports }: PluginApi,
  store: CallingStore,
  amount: Money,
  { gateway, network }: Wish,
): Promise<Choice> => {
  const offers = await offerAccounts(ports, store.id, amount);
  const fitting =
    gateway === null ? offers : offers.filter((item) => item.account === gateway || item.gateway === gateway);
  if (gateway !== null && fitting.length === 0) {
    const text = refusalText('account-unknown');
    return unprocessable('gateway-unknown', text.owner, text.shopper);
  }
  const available = fitting.filter((item) => item.available);
  const [first] = available;
  if (first === undefined) return noneAvailable(fitting);
  if (gateway !== null) return { ok: true, account: first.account, start: startOf(first, network) };
  return { ok: true, account: null, start: available.length === 1 ? startOf(first, network) : null };
};
