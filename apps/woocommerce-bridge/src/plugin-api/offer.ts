import { checkoutAnswer } from '@gatewright/pay-page';
import { type Offer, offerAccounts } from '@gatewright/payment-core';
import * as z from 'zod';
import { answer, parseQuery } from './call.ts';
import { amountField, currencyField, shortText } from './fields.ts';
import type { PluginApi, PluginRoute } from './plugin-route.ts';

const query = z.object({ amount: amountField, currency: currencyField, locale: shortText(35).optional() });

/** `GET /v1/offer?amount&currency&locale`: which accounts can take the amount, and why the others cannot. */
export const offer =
  ({ ports }: PluginApi): PluginRoute =>
  async ({ store, target }) => {
    const asked = parseQuery(query, target);
    if (!asked.ok) return asked;
    const { amount, currency, locale } = asked.value;
    const offers = await offerAccounts(ports, store.id, { amount, currency });
    return answer({
      accounts: offers.flatMap((item) => (item.available ? [about(item)] : [])),
      unavailable: offers.flatMap((item) =>
        item.available
          ? []
          : [
              {
                ...about(item),
                reason: item.reason,
                owner_message: item.text.owner,
                shopper_message: checkoutAnswer(item.text.shopper, { locale: locale ?? null }),
              },
            ],
      ),
    });
  };

const about = ({ account, gateway, title, methods }: Offer) => ({ account, gateway, title, methods });
