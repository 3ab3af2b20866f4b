import { htmlReply, seeOther } from '../../kernel/http/reply.ts';
import type { SimulatorRequest } from '../../kernel/http/request.ts';
import type { Route, Routes } from '../../kernel/http/router.ts';
import { isoSeconds } from '../../kernel/instant.ts';
import { type PageAction, type PayPageView, payPageRoutes } from '../../kernel/pay-page.ts';
import type { Shopper } from '../../kernel/shopper.ts';
import type { FoundBill } from './shopper.ts';
import type { Bill } from './state.ts';

const actionsOf = (bill: Bill): readonly PageAction[] => {
  const price = `${bill.amount} ${bill.currency}`;
  switch (bill.status) {
    case 'pending':
      return [
        {
          action: 'pay',
          label: `Pay ${price}`,
          inputs: [{ name: 'method', label: 'by', choices: bill.methods }],
        },
        { action: 'underpay', label: 'Pay too little' },
        { action: 'overpay', label: 'Pay too much' },
        { action: 'cancel', label: 'Cancel' },
        { action: 'fail', label: 'Let the payment fail' },
        { action: 'expire', label: 'Let it expire (moves the clock)' },
      ];
    case 'expired':
      return [{ action: 'pay', label: `Pay ${price} all the same`, late: true }];
    case 'manual_confirmation':
      return [
        { action: 'confirm', label: "Confirm (Teleport's people)" },
        { action: 'reject', label: "Reject (Teleport's people)" },
      ];
    case 'paid':
    case 'cancelled':
    case 'failed':
      return [];
  }
};

/** Where the browser goes by itself when the bill has ended. */
const redirectOf = ({ status, returnUrl, cancelUrl }: Bill): string | undefined => {
  if (status === 'paid') return returnUrl;
  return status === 'cancelled' ? cancelUrl : undefined;
};

const viewOf = ({ key, bill }: FoundBill): PayPageView => {
  const url = redirectOf(bill);
  return {
    paymentId: bill.id,
    gateway: 'Teleport Pay',
    title: `Invoice from ${key.name}`,
    status: bill.status,
    facts: [
      ['Amount', `${bill.amount} ${bill.currency}`],
      ['Order', bill.orderId ?? 'none'],
      ['Description', bill.description ?? 'none'],
      ['Expires', isoSeconds(bill.expiresAt)],
      ...(bill.received === undefined ? [] : [['Received', `${bill.received} ${bill.currency}`] as const]),
    ],
    actions: actionsOf(bill),
    back: url === undefined ? undefined : { label: 'Back to the shop', url },
  };
};

/** The pay page, on a host of its own. A click that ends the bill leads back to the shop. */
export const billPages = (
  findByUid: (uid: string | undefined) => FoundBill | undefined,
  shopper: Shopper,
): Routes => {
  const find = ({ params }: SimulatorRequest): FoundBill | undefined => findByUid(params.uid);
  const pages = payPageRoutes({
    path: '/bill/:uid',
    shopper,
    view: (request) => {
      const found = find(request);
      return found === undefined ? undefined : viewOf(found);
    },
  });
  const leadBack = (route: Route): Route => ({
    ...route,
    handle: async (request) => {
      const reply = await route.handle(request);
      const found = find(request);
      const url = reply.status === 303 && found !== undefined ? redirectOf(found.bill) : undefined;
      return url === undefined ? reply : seeOther(url);
    },
  });
  return {
    routes: pages.map((route) => (route.methods.includes('POST') ? leadBack(route) : route)),
    fallback: () => htmlReply(404, '<!doctype html><title>Not found</title><p>No such page.</p>'),
  };
};
