import { type AccountId, type Money, type Offer, offerAccounts, refusalText } from '@gatewright/payment-core';
import { notPossibleNow, type Problem } from '../wire/problem.ts';
import { refuse } from './call.ts';
import type { CallingStore, PluginApi } from './plugin-route.ts';

export type Choice =
  | { readonly ok: true; readonly account: AccountId }
  | { readonly ok: false; readonly problem: Problem };

const unprocessable = (code: string, owner: string, shopper: string, more?: Problem['more']): Choice =>
  refuse({ status: 422, code, ownerMessage: owner, shopperMessage: shopper, ...(more ? { more } : {}) });

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

/**
 * The account a checkout goes to. A gateway that is named is taken; without one the only account that can take the
 * order is, and where there are several the shopper has to choose.
 * @param wanted a gateway's id or an account's
 */
export const chooseAccount = async (
  { ports }: PluginApi,
  store: CallingStore,
  amount: Money,
  wanted: string | undefined,
): Promise<Choice> => {
  const offers = await offerAccounts(ports, store.id, amount);
  const fitting =
    wanted === undefined
      ? offers
      : offers.filter((item) => item.account === wanted || item.gateway === wanted);
  if (wanted !== undefined && fitting.length === 0) {
    const text = refusalText('account-unknown');
    return unprocessable('gateway-unknown', text.owner, text.shopper);
  }
  const available = fitting.filter((item) => item.available);
  const [first] = available;
  if (first === undefined) return noneAvailable(fitting);
  if (wanted === undefined && available.length > 1) {
    return unprocessable(
      'gateway-required',
      'Several gateways can take this order. Let the shopper choose one at checkout.',
      'Please choose how you want to pay.',
      { gateways: available.map(({ account, gateway, title }) => ({ account, gateway, title })) },
    );
  }
  return { ok: true, account: first.account };
};
