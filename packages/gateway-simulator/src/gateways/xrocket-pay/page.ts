import type { Route } from '../../kernel/http/router.ts';
import { isoSeconds } from '../../kernel/instant.ts';
import { type PageAction, type PayPageView, payPageRoutes } from '../../kernel/pay-page.ts';
import type { Shopper } from '../../kernel/shopper.ts';
import type { FoundInvoice } from './shopper.ts';
import { expiresAt, type Invoice, statusOf } from './state.ts';

const actionsOf = (invoice: Invoice, now: number): readonly PageAction[] => {
  if (statusOf(invoice, now) !== 'active') return [];
  const pay: PageAction = { action: 'pay', label: `Pay ${invoice.amount} ${invoice.currency}` };
  const expire: PageAction = { action: 'expire', label: 'Let it expire (moves the clock)' };
  return expiresAt(invoice) === undefined ? [pay] : [pay, expire];
};

const viewOf = ({ app, invoice }: FoundInvoice, now: number): PayPageView => {
  const end = expiresAt(invoice);
  const status = statusOf(invoice, now);
  return {
    paymentId: invoice.id,
    gateway: 'xRocket Pay',
    title: `Invoice from ${app.name}`,
    status,
    facts: [
      ['Amount', `${invoice.amount} ${invoice.currency}`],
      ['Description', invoice.description ?? 'none'],
      ['Expires', end === undefined ? 'never' : isoSeconds(end)],
      ...(status === 'paid' ? [['Message', invoice.hiddenMessage ?? 'none'] as const] : []),
    ],
    actions: actionsOf(invoice, now),
    back:
      status !== 'paid' || invoice.callbackUrl === undefined
        ? undefined
        : { label: 'Return', url: invoice.callbackUrl },
  };
};

/** Where the bot's link leads: there is no Telegram here. */
export const invoicePages = (
  findByHash: (hash: string) => FoundInvoice | undefined,
  now: () => number,
  shopper: Shopper,
): readonly Route[] =>
  payPageRoutes({
    path: '/xrocket',
    shopper,
    view: ({ query }) => {
      const start = query.get('start') ?? '';
      const found = start.startsWith('inv_') ? findByHash(start.slice(4)) : undefined;
      return found && viewOf(found, now());
    },
  });
