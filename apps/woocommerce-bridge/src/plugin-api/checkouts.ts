import { type CheckoutResult, type PaymentRequest, startCheckout } from '@gatewright/payment-core';
import * as z from 'zod';
import { askTheShop, notPossibleNow, type Problem } from '../wire/problem.ts';
import { type Answer, answer, parseBody, refuse } from './call.ts';
import { chooseAccount } from './choose-account.ts';
import { amountField, currencyField, orderIdField, shortText, unixSeconds } from './fields.ts';
import type { CallingStore, PluginApi, PluginRoute } from './plugin-route.ts';
import { belongsToStore } from './shop-urls.ts';

const urlField = z.string().max(2_048);

const checkoutBody = z.object({
  order_id: orderIdField,
  order_number: shortText(64).optional(),
  amount: amountField,
  currency: currencyField,
  gateway: shortText(64).nullish(),
  network: shortText(32).nullish(),
  return_url: urlField,
  cancel_url: urlField,
  order_pay_url: urlField.optional(),
  description: z.string().max(1_024).optional(),
  customer_email: z.email().max(254).nullish(),
});
type CheckoutBody = z.output<typeof checkoutBody>;

/** Another request of the same order is being answered: its invoice is worth a short wait. */
const busyWaitsMs = [150, 300, 600, 900] as const;

const startPatiently = async (api: PluginApi, request: PaymentRequest): Promise<CheckoutResult> => {
  let result = await startCheckout(api.ports, request);
  for (const waitMs of busyWaitsMs) {
    if (result.outcome !== 'busy') break;
    await api.sleep(waitMs);
    result = await startCheckout(api.ports, request);
  }
  return result;
};

const conflictText = (reason: Extract<CheckoutResult, { outcome: 'conflict' }>['reason']): Problem => {
  const text = (ownerMessage: string, shopperMessage: string): Problem => ({
    status: 409,
    code: reason,
    ownerMessage,
    shopperMessage,
  });
  switch (reason) {
    case 'order-paid':
      return text('The order has been paid. No second invoice is made.', 'This order has already been paid.');
    case 'payment-in-progress':
      return text(
        'Money for this order has been seen and is being confirmed. No second invoice is made.',
        'Your payment has been seen and is being confirmed.',
      );
    default: {
      const never: never = reason;
      return never;
    }
  }
};

const busy: Problem = {
  status: 409,
  code: 'checkout-busy',
  ownerMessage: 'The same checkout is being started at this moment. Ask again in two seconds.',
  shopperMessage: 'Your payment is being prepared. Please try again in a moment.',
  retryAfterSeconds: 2,
};

const unavailable = (reason: string): Problem => ({
  status: 503,
  code: 'gateway-unavailable',
  ownerMessage: `The gateway did not answer (${reason}). Nothing was created that could be paid twice; try again.`,
  shopperMessage: notPossibleNow,
  retryAfterSeconds: 5,
});

const foreignUrl = (field: string): Problem => ({
  status: 422,
  code: 'url-not-of-this-store',
  ownerMessage: `${field} does not lead to the address this store was paired with. If the shop has moved, pair it again.`,
  shopperMessage: askTheShop,
});

const toAnswer = (api: PluginApi, result: CheckoutResult): Answer => {
  switch (result.outcome) {
    case 'ready':
      return answer({
        invoice: result.invoice.id,
        redirect_url: `${api.publicUrl()}/pay/${result.invoice.id}`,
        expires_at: unixSeconds(result.invoice.expiresAt),
      });
    case 'conflict':
      return refuse(conflictText(result.reason));
    case 'refused':
      return refuse({
        status: 422,
        code: result.reason,
        ownerMessage: result.text.owner,
        shopperMessage: result.text.shopper,
      });
    case 'busy':
      return refuse(busy);
    case 'unavailable':
      return refuse(unavailable(result.reason));
    default: {
      const never: never = result;
      return never;
    }
  }
};

const foreignField = (body: CheckoutBody, store: CallingStore): string | undefined =>
  (['return_url', 'cancel_url', 'order_pay_url'] as const).find((field) => {
    const url = body[field];
    return url !== undefined && !belongsToStore(url, store);
  });

/** `POST /v1/checkouts`: idempotent by attempt; the shopper is sent to the bridge's own address of the invoice. */
export const checkouts =
  (api: PluginApi): PluginRoute =>
  async ({ store, body: bytes }) => {
    const asked = parseBody(checkoutBody, bytes);
    if (!asked.ok) return asked;
    const body = asked.value;
    const foreign = foreignField(body, store);
    if (foreign !== undefined) return refuse(foreignUrl(foreign));
    const amount = { amount: body.amount, currency: body.currency };
    const choice = await chooseAccount(api, store, amount, body.gateway ?? undefined);
    if (!choice.ok) return choice;
    const result = await startPatiently(api, {
      store: store.id,
      orderKey: body.order_id,
      orderNumber: body.order_number ?? body.order_id,
      amount,
      account: choice.account,
      method: body.network ?? null,
      description: body.description ?? `Order ${body.order_number ?? body.order_id}`,
      returnUrl: body.return_url,
      cancelUrl: body.cancel_url,
      customerEmail: body.customer_email ?? null,
      orderDeadline: null,
    });
    // A superseded attempt is cancelled at its gateway by a job.
    api.kick();
    return toAnswer(api, result);
  };
