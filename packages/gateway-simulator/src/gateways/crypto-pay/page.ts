import { htmlReply, seeOther } from '../../kernel/http/reply.ts';
import type { Route } from '../../kernel/http/router.ts';
import { isoSeconds } from '../../kernel/instant.ts';
import { type PageAction, type PayPageView, payPageRoutes } from '../../kernel/pay-page.ts';
import type { Shopper } from '../../kernel/shopper.ts';
import type { FoundInvoice } from './shopper.ts';
import { type Invoice, type Network, statusOf } from './state.ts';

const actionsOf = (invoice: Invoice, now: number): readonly PageAction[] => {
  if (statusOf(invoice, now) !== 'active') return [];
  const price = `${invoice.amount} ${invoice.currency}`;
  const choices = invoice.acceptedAssets;
  const pay: PageAction =
    invoice.currencyType === 'crypto'
      ? { action: 'pay', label: `Pay ${price}` }
      : { action: 'pay', label: `Pay ${price}`, inputs: [{ name: 'asset', label: 'with', choices }] };
  const expire: PageAction = { action: 'expire', label: 'Let it expire (moves the clock)' };
  return invoice.expiresAt === undefined ? [pay] : [pay, expire];
};

const viewOf = ({ app, invoice }: FoundInvoice, now: number): PayPageView => ({
  paymentId: invoice.id,
  gateway: 'Crypto Pay',
  title: `Invoice from ${app.name}`,
  status: statusOf(invoice, now),
  facts: [
    ['Amount', `${invoice.amount} ${invoice.currency}`],
    ['Description', invoice.description ?? 'none'],
    ['Expires', invoice.expiresAt === undefined ? 'never' : isoSeconds(invoice.expiresAt)],
    ...(invoice.payment === undefined
      ? []
      : [
          ['Paid', `${invoice.payment.amount} ${invoice.payment.asset}`] as const,
          ['Message', invoice.hiddenMessage ?? 'none'] as const,
        ]),
  ],
  actions: actionsOf(invoice, now),
  back:
    invoice.payment === undefined || invoice.paidButton === undefined
      ? undefined
      : { label: invoice.paidButton.name, url: invoice.paidButton.url },
});

/** The web page of an invoice, and the two bot links, which lead to it: there is no Telegram here. */
export const invoicePages = (
  { botUsername }: Network,
  findByHash: (hash: string) => FoundInvoice | undefined,
  now: () => number,
  shopper: Shopper,
): readonly Route[] => {
  const botLink = (path: string, parameter: string): Route => ({
    name: 'bot-link',
    methods: ['GET'],
    path,
    handle: ({ query }) => {
      const hash = (query.get(parameter) ?? '').replace(/^invoice-/, '');
      return findByHash(hash) === undefined
        ? htmlReply(404, '<!doctype html><title>Not found</title><p>No such invoice.</p>')
        : seeOther(`/invoices/${hash}`);
    },
  });
  return [
    ...payPageRoutes({
      path: '/invoices/:hash',
      shopper,
      view: ({ params }) => {
        const found = findByHash(params.hash ?? '');
        return found === undefined ? undefined : viewOf(found, now());
      },
    }),
    botLink(`/${botUsername}`, 'start'),
    botLink(`/${botUsername}/app`, 'startapp'),
  ];
};
