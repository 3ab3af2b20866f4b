import { form, type HttpCall, type ServedAnswer, seeOther } from '../http/call.ts';
import type { FollowUpSession } from '../sessions/follow-up-session.ts';
import { requestFollowUp, retryFollowUp } from '../sessions/request-follow-up.ts';
import type { Platform, ShopState } from '../store/platform.ts';
import { escapeHtml, page } from './html.ts';
import type { Order } from './order.ts';

const PATH = '/admin/orders';

const followUpText = ({ type, amount = '', delivery, state }: FollowUpSession): string =>
  `${type} ${amount} ${delivery === 'failed' ? 'failed: try again' : state}`;

const followUpItem = (session: FollowUpSession): string => {
  const retry =
    session.delivery === 'failed'
      ? `<form method="post"><input type="hidden" name="retry" value="${session.id}"><button>Try again</button></form>`
      : '';
  return `<li data-follow-up="${session.state}">${escapeHtml(followUpText(session))}${retry}</li>`;
};

const orderItem = (shop: ShopState, order: Order): string => {
  const followUps = [...shop.followUps.values()].filter(({ orderId }) => orderId === order.id);
  const cancelled = order.cancelledAt === undefined ? '' : ', cancelled';
  return `<section data-order="${order.id}" data-financial-status="${order.financialStatus}">
<h2>${order.name}</h2><p>${escapeHtml(`${order.amount} ${order.currency}: ${order.financialStatus}${cancelled}`)}</p>
<ul>${followUps.map(followUpItem).join('')}</ul>
<form method="post"><input type="hidden" name="refund" value="${order.id}"><label>Refund <input name="amount" inputmode="decimal"></label>
<button>Refund</button></form></section>`;
};

const ordersPage = (shop: ShopState, problem?: string): ServedAnswer =>
  page(
    problem === undefined ? 200 : 422,
    'Orders',
    `${problem === undefined ? '' : `<p role="alert">${escapeHtml(problem)}</p>`}
${[...shop.orders.values()].map((order) => orderItem(shop, order)).join('\n')}`,
  );

/** `/admin/orders`: what the merchant sees of the orders, with refunds and their repeats. */
export const serveOrders = async (
  platform: Platform,
  shop: ShopState,
  call: HttpCall,
): Promise<ServedAnswer> => {
  if (call.method !== 'POST') return ordersPage(shop);
  const fields = form(call);
  const retry = fields.get('retry');
  if (retry !== null && !shop.followUps.has(retry)) return ordersPage(shop, 'There is no such refund.');
  const amount = fields.get('amount') ?? '';
  const orderId = Number(fields.get('refund'));
  const outcome =
    retry === null
      ? await requestFollowUp(platform, shop, { type: 'refund', orderId, amount: amount || undefined })
      : await retryFollowUp(platform, shop, retry);
  return outcome.ok ? seeOther(PATH) : ordersPage(shop, `The refund was not possible: ${outcome.reason}.`);
};
