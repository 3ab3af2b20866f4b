import { pageAddress, payPatiently } from '@gatewright/pay-page';
import { type Invoice, openPage, type PageChoice, type PageRow, readPage } from '@gatewright/payment-core';
import * as z from 'zod';
import { orderKeyHash } from '../woocommerce/order-identities.ts';
import { type Answer, answer, parseBody, refuse } from './call.ts';
import { checkoutProblem, conflict, foreignUrl } from './checkout-problem.ts';
import { type Chosen, chooseAccount } from './choose-account.ts';
import { amountField, currencyField, orderIdField, shortText, unixSeconds } from './fields.ts';
import type { CallingStore, PluginApi, PluginRoute } from './plugin-route.ts';
import { belongsToStore } from './shop-urls.ts';

const urlField = z.string().max(2_048);

const checkoutBody = z.object({
  order_id: orderIdField,
  /** Absent from plugins of before; empty for an order that has none. */
  order_key: z.string().max(200).nullish(),
  order_number: shortText(64).optional(),
  amount: amountField,
  currency: currencyField,
  gateway: shortText(64).nullish(),
  network: shortText(32).nullish(),
  return_url: urlField,
  cancel_url: urlField,
  order_pay_url: urlField.optional(),
  locale: shortText(35).nullish(),
  description: z.string().max(1_024).optional(),
  customer_email: z.email().max(254).nullish(),
});
type CheckoutBody = z.output<typeof checkoutBody>;

const foreignField = (body: CheckoutBody, store: CallingStore): string | undefined =>
  (['return_url', 'cancel_url', 'order_pay_url'] as const).find((field) => {
    const url = body[field];
    return url !== undefined && !belongsToStore(url, store);
  });

/** WordPress writes `de_DE`, the page's row BCP 47. */
const localeOf = (text: string | null | undefined): string | null => text?.replaceAll('_', '-') ?? null;

const pageOf = async (
  { ports, identities }: PluginApi,
  store: CallingStore,
  body: CheckoutBody,
  chosen: Chosen,
): Promise<PageRow> =>
  openPage(ports, {
    store: store.id,
    page: null,
    orderKey: await identities.open(store.id, body.order_id, orderKeyHash(body.order_key ?? '')),
    orderNumber: body.order_number ?? body.order_id,
    amount: { amount: body.amount, currency: body.currency },
    description: body.description ?? `Order ${body.order_number ?? body.order_id}`,
    returnUrl: body.return_url,
    cancelUrl: body.cancel_url,
    customerEmail: body.customer_email ?? null,
    locale: localeOf(body.locale),
    account: chosen.account,
    method: chosen.account === null ? null : (body.network ?? null),
    orderDeadline: null,
  });

const shown = (api: PluginApi, page: PageRow, invoice: Invoice | null): Answer =>
  answer({
    invoice: invoice?.id ?? null,
    redirect_url: pageAddress(api.pages, page),
    expires_at: invoice === null ? null : unixSeconds(invoice.expiresAt),
  });

const start = async (api: PluginApi, page: PageRow, choice: PageChoice): Promise<Answer> => {
  const result = await payPatiently(api.pages, page, choice);
  // A superseded attempt is cancelled at its gateway by a job.
  api.kick();
  return result.outcome === 'ready' ? shown(api, page, result.invoice) : refuse(checkoutProblem(result));
};

/** The shopper has the choice. What they chose before stands while it can be paid, at the amount of now. */
const show = async (api: PluginApi, page: PageRow): Promise<Answer> => {
  const snapshot = await readPage(api.pages.ports, page.id);
  const attempts = snapshot?.attempts ?? [];
  if (snapshot?.claim) return refuse(conflict('order-paid'));
  if (attempts.some(({ status }) => status === 'processing')) return refuse(conflict('payment-in-progress'));
  const now = api.ports.clock.now();
  const open = attempts.findLast((one) => one.status === 'open' && !one.superseded && now < one.expiresAt);
  return open === undefined ? shown(api, page, null) : start(api, page, open);
};

/**
 * `POST /v1/checkouts`: idempotent by order and attempt. The shopper is sent to the page of the order; its payment is
 * started where nothing is left to choose, because a page that is only looked at makes nothing at a gateway.
 */
export const checkouts =
  (api: PluginApi): PluginRoute =>
  async ({ store, body: bytes }) => {
    const asked = parseBody(checkoutBody, bytes);
    if (!asked.ok) return asked;
    const body = asked.value;
    const foreign = foreignField(body, store);
    if (foreign !== undefined) return refuse(foreignUrl(foreign));
    const amount = { amount: body.amount, currency: body.currency };
    const wish = { gateway: body.gateway ?? null, network: body.network ?? null };
    const chosen = await chooseAccount(api, store, amount, wish);
    if (!chosen.ok) return chosen;
    const page = await pageOf(api, store, body, chosen);
    return chosen.start === null ? show(api, page) : start(api, page, chosen.start);
  };
